import FlowModel
import Source

/// Makes a `const` node of each `pmf` node that has a profile: the expected value, spread over the grid.
///
/// Value `i` is `E * weight[i]`, where `E` is the sum of value times probability and the weights have the mean 1.
/// Source: docs/reference/template.md, "Profiles".
struct ProfileApplication {
  func run(_ draft: inout ModelDraft, _ findings: inout Findings) {
    guard let bins = draft.bins, let count = draft.nodes?.count else { return }
    var curves: [DayCurve: [Double]] = [:]
    for index in 0..<count {
      guard let node = draft.nodes?[index], node["kind"]?.string == NodeKind.pmf.rawValue,
        let profile = node["profile"], case .mapping = profile.content,
        let expected = Expected(of: node["pmf"]),
        let spread = Spread(profile, over: bins, &curves)
      else { continue }
      guard
        draft.takeRoom(for: bins.count, at: profile.range, "nodes" + index + "profile", &findings)
      else { return }
      var causes = expected.causes
      causes.add(spread.causes.names)
      let origin = DataNode(.unknown, at: profile.range, causes: causes.names)
      var values: [DataNode] = []
      values.reserveCapacity(bins.count)
      for weight in spread.weights {
        guard let number = try? Number(expected.value * weight) else {
          findings.add(
            NumberOutOfRange.self, at: profile.range,
            "an expected value of \(expected.value) times a weight of \(weight) is not a finite number",
            path: "nodes" + index + "profile")
          break
        }
        values.append(DataNode(.number(number), from: origin))
      }
      draft.nodes?[index] = const(node, profile, expected, spread, values)
    }
  }

  private func const(
    _ node: DataNode, _ profile: DataNode, _ expected: Expected, _ spread: Spread,
    _ values: [DataNode]
  ) -> DataNode {
    let kind = node["kind"]
    let metadata = node["metadata"]
    let pmf = node["pmf"]
    let made: [(ExactString, DataNode)] =
      [
        ("origin.kind", DataNode(made: NodeKind.pmf.rawValue, at: (kind ?? node).range))
      ] + spread.metadata + [
        (
          "pmf.expected",
          DataNode(
            made: expected.value.seventeenDigits, at: (pmf ?? node).range,
            causes: expected.causes.names)
        )
      ]
    var entries = (metadata?.entries ?? []).filter { entry in
      !made.contains { $0.0 == entry.key }
    }
    entries += DataNode(made: made, at: profile.range).entries
    var result = node
    result.content = .mapping(node.entries.filter { $0.key != "pmf" && $0.key != "profile" })
    result.set(
      "kind",
      DataNode(
        made: NodeKind.const.rawValue, at: (kind ?? node).range, causes: kind?.causes ?? []))
    result.set(
      "values",
      DataNode(.sequence(values), at: profile.range, causes: values.first?.causes ?? []))
    result.set("metadata", DataNode(.mapping(entries), at: (metadata ?? profile).range))
    return result
  }
}

/// The expected value of a pmf and where it comes from.
private struct Expected {
  let value: Double
  let causes: Causes

  /// - Returns: nil where part of it is not known.
  init?(of pmf: DataNode?) {
    guard let values = pmf?["values"], let probabilities = pmf?["probabilities"],
      !values.items.isEmpty, values.items.count == probabilities.items.count
    else { return nil }
    var sum = 0.0
    for (value, probability) in zip(values.items, probabilities.items) {
      guard let value = value.number, let probability = probability.number else { return nil }
      sum += value.double * probability.double
    }
    self.value = sum
    causes = Causes(values, probabilities)
  }
}

/// How a profile spreads a value over the grid.
private struct Spread {
  /// One for each bin; their mean is 1.
  let weights: [Double]
  let causes: Causes
  /// What a node's metadata says of the profile.
  let metadata: [(ExactString, DataNode)]

  /// - Parameter curves: the weights of built-in profiles that were asked for before.
  /// - Returns: nil where part of the profile is not known, or wrong, which a rule says.
  init?(
    _ profile: DataNode, over bins: (count: Int, node: DataNode),
    _ curves: inout [DayCurve: [Double]]
  ) {
    let written = profile["kind"].flatMap { $0.isBlank ? nil : $0 }
    if written?.isUnknown == true { return nil }
    let place = written ?? profile
    let kind = DataNode(
      made: (written?.string ?? "builtin").asciiLowercased, at: place.range,
      causes: written?.causes ?? [])
    switch kind.string {
    case "builtin":
      guard let name = profile["name"], let curve = name.string.flatMap({ DayCurve(written: $0) })
      else { return nil }
      let known = curves[curve] ?? curve.weights(count: bins.count)
      curves[curve] = known
      weights = known
      causes = Causes(kind, name, bins.node)
      metadata = [
        ("profile.kind", kind),
        ("profile.name", DataNode(made: curve.rawValue, at: name.range, causes: name.causes)),
      ]
    case "inline":
      guard let list = profile["weights"], list.items.count == bins.count else { return nil }
      let numbers = list.items.compactMap { $0.number?.double }
      guard numbers.count == bins.count, let spread = DayCurve.normalized(numbers) else {
        return nil
      }
      weights = spread
      causes = Causes(kind, list)
      metadata = [("profile.kind", kind)]
    default: return nil
    }
  }
}
