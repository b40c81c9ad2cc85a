import JSON
import Source
import YAML

/// A place of a model at which another value leaves all the rest of the model as it is: rules and generation look at what
/// stands there by its ``Form`` alone.
///
/// A rule that looks at the value of such a place by more than that has its own line in ``ModelPattern``, or the place is
/// no slot. Tests give other values to all rules and see that they say the same.
package struct ModelSlot: Sendable {
  /// What must stand there.
  package enum Form: Hashable, Sendable {
    /// The expression of a node, by the node's place in the list: the same references, each lagged or not as before,
    /// and no problem.
    case expression(node: Int)
    /// The numbers of a `const` node, by its place in the list: as many as before.
    case values(node: Int)
    /// A number from the one to the other.
    case number(from: Double, to: Double, isWhole: Bool)
  }

  package let path: DataPath
  package let form: Form

  /// - Returns: nil for a place at which a value may change more.
  package init?(at path: DataPath) {
    guard let form = ModelSlot.form(of: path.steps) else { return nil }
    self.path = path
    self.form = form
  }

  private static func form(of steps: [DataPath.Step]) -> Form? {
    if steps.count == 3, steps[0] == "nodes", case .index(let node) = steps[1] {
      if steps[2] == "expr" { return .expression(node: node) }
      if steps[2] == "values" { return .values(node: node) }
    }
    let keys = steps.map { if case .key(let key) = $0 { key.text } else { "#" } }
    return numbers[keys.joined(separator: ".")]
  }

  private static func number(from low: Double = -.infinity) -> Form {
    .number(from: low, to: .infinity, isWhole: false)
  }

  private static func whole(_ range: ClosedRange<Int>) -> Form {
    .number(from: Double(range.lowerBound), to: Double(range.upperBound), isWhole: true)
  }

  /// Places where numbers stand, with `#` for each place in a list.
  private static let numbers: [String: Form] = [
    "grid.binSize": whole(GridBinSizeRange.range),
    "rng.seed": whole(RNGSeedRange.range),
    "nodes.#.routes.#.weight": number(from: .leastNonzeroMagnitude),
    "traffic.arrivals.#.pattern.ratePerBin": number(from: 0),
    "traffic.arrivals.#.pattern.rate": number(from: 0),
    "topology.nodes.#.wipLimit": number(from: 0),
    "topology.nodes.#.initialCondition.queueDepth": number(),
    "topology.nodes.#.semantics.slaMin": number(from: 0),
    "topology.nodes.#.semantics.maxAttempts": number(from: 0),
    "topology.nodes.#.semantics.retryKernel.#": number(from: 0),
    "topology.edges.#.multiplier": number(),
  ]
}

/// What stands in a slot.
package enum SlotValue: Hashable, Sendable {
  case expression(String)
  case values([Number])
  case number(Number)

  /// - Returns: nil for a value that no slot of the form has.
  init?(_ node: DataNode, as form: ModelSlot.Form) {
    switch (form, node.content) {
    case (.expression, .string(let text)): self = .expression(text)
    case (.values, .sequence(let items)):
      let numbers = items.compactMap(\.number)
      guard !numbers.isEmpty, numbers.count == items.count else { return nil }
      self = .values(numbers)
    case (.number(let low, let high, let isWhole), .number(let number)):
      guard SlotValue.fits(number, low, high, isWhole: isWhole) else { return nil }
      self = .number(number)
    default: return nil
    }
  }

  static func fits(_ number: Number, _ low: Double, _ high: Double, isWhole: Bool) -> Bool {
    number.double >= low && number.double <= high && (!isWhole || number.integer != nil)
  }

  /// Its bytes in the text of a model.
  var yaml: [UInt8] {
    switch self {
    case .expression(let text): return YAMLWriter.blockValue(text)
    case .number(let number): return Array(number.yaml.utf8)
    case .values(let numbers):
      var bytes = [UInt8(ascii: "[")]
      for (place, number) in numbers.enumerated() {
        if place > 0 { bytes += [UInt8(ascii: ","), UInt8(ascii: " ")] }
        bytes += number.yaml.utf8
      }
      bytes.append(UInt8(ascii: "]"))
      return bytes
    }
  }

  /// Its bytes in what ``ModelHash`` is taken over.
  var canonical: [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .expression(let text): JSONWriter.append(string: text, to: &bytes)
    case .number(let number): ModelHash.append(number, to: &bytes)
    case .values(let numbers):
      bytes.append(UInt8(ascii: "["))
      for (place, number) in numbers.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        ModelHash.append(number, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
    return bytes
  }
}
