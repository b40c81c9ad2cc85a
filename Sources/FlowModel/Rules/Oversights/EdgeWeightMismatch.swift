import Expressions
package import Source

/// The edges of a topology node share out what it serves otherwise than the expressions of their targets do.
///
/// Looked at where the arrivals of every target are what the node serves times a number. One finding for each node.
/// Range: the weight that is furthest off, or the end of an edge without one. Related: the expressions.
/// Source: docs/reference/template.md, "Lint". Complexity: linear in edges and expressions.
package enum EdgeWeightMismatch: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edge-weight-mismatch")
  package static let severity = Severity.warning

  /// Shares that differ by no more are the same: 1/3 may be written 0.3333333.
  private static let toleranceMax = 1e-6

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.origin == .template, !findings.hasErrors, model.edges.count > 1 else { return }
    let names = EdgeNames(model)
    for source in Split.all(model, names) {
      guard let source, source.branches.count > 1, let served = names.served(by: source.node) else {
        continue
      }
      let factors = source.branches.compactMap { names.factor(of: served, in: $0.target) }
      guard factors.count == source.branches.count else { continue }
      report(source, factors, source.branches.map(\.weight), &findings)
    }
  }

  /// Whether edges share out what some topology node serves, so that numbers in expressions may be looked at.
  static func appliesTo(_ model: ModelView) -> Bool {
    model.edges.count > 1
      && Split.all(model, EdgeNames(model)).contains { ($0?.branches.count ?? 0) > 1 }
  }

  private static func report(
    _ source: Split, _ factors: [Factor], _ weights: [Double], _ findings: inout Findings
  ) {
    let factorSum = factors.reduce(0) { $0 + $1.value }
    let weightSum = weights.reduce(0, +)
    guard factors.allSatisfy({ $0.value >= 0 }), factorSum > 0, factorSum.isFinite, weightSum > 0,
      weightSum.isFinite
    else { return }
    let differences = zip(weights, factors).map { weight, factor in
      let share = weight / weightSum
      return factor.isRounded(share) ? 0 : abs(share - factor.value / factorSum)
    }
    guard let most = differences.max(), most > toleranceMax,
      // Of two that are equally far off the first.
      let place = differences.firstIndex(where: { $0 >= most - toleranceMax })
    else { return }
    let branch = source.branches[place]
    findings.add(
      EdgeWeightMismatch.self, at: branch.range,
      "the weights give \(quoted(branch.name)) \(spelled(weights[place] / weightSum)) of what \(quoted(source.name)) shares out, the expressions \(spelled(factors[place].value / factorSum))",
      path: Edge.path(branch.edge) + (branch.edge.value["weight"] == nil ? "to" : "weight"),
      related: zip(source.branches, factors).prefix(relatedMax).compactMap { branch, factor in
        factor.range.map { range in
          Related(range, "\(quoted(branch.name)) gets \(spelled(factor.value)) of it here")
        }
      })
  }

  /// To six decimals.
  private static func spelled(_ share: Double) -> String {
    let rounded = (share * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && rounded < 1e6
      ? String(Int(rounded)) : rounded.description
  }

  /// Most expressions that are named.
  private static let relatedMax = 10
}

/// By how much a series is multiplied.
private struct Factor {
  let value: Double
  /// How far rounding may have moved ``value``; 0 where it is written with fewer than two digits after the point: what
  /// is written as 0.3 is hardly meant as 1/3.
  let rounding: Double
  /// The expression; nil where the series is taken as it is.
  let range: ByteRange?

  /// Whether it is a share, rounded to the digits that it is written with.
  func isRounded(_ share: Double) -> Bool {
    // The sums of doubles are off by less than that.
    rounding > 0 && abs(share - value) <= rounding * (1 + 1e-9)
  }
}

/// What one topology node shares out over its edges.
private struct Split {
  struct Branch {
    /// The first edge that leads there.
    let edge: ModelView.Item
    let name: String
    /// Place in ``ModelView/topology``.
    let target: Int
    var weight: Double

    var range: ByteRange {
      edge.value["weight"].flatMap { $0.isBlank ? nil : $0.range } ?? edge.value["to"]?.range
        ?? edge.value.range
    }
  }

  /// Between which places in ``ModelView/topology`` an edge leads.
  private struct Ends: Hashable {
    let from: Int
    let to: Int
  }

  /// Place in ``ModelView/topology``.
  let node: Int
  let name: String
  var branches: [Branch] = []

  /// Those of all nodes, in the order of their first edges; nil where an edge is not known.
  static func all(_ model: ModelView, _ names: EdgeNames) -> [Split?] {
    var splits: [Split?] = []
    var places: [Int: Int] = [:]
    var branches: [Ends: Int] = [:]
    for edge in model.edges {
      guard let from = names.topologyNode(edge.value["from"]) else { continue }
      let place = places[from.place] ?? splits.count
      if place == splits.count {
        places[from.place] = place
        splits.append(Split(node: from.place, name: from.name))
      }
      guard carriesServed(edge) else { continue }
      guard let weight = weight(of: edge), let to = names.topologyNode(edge.value["to"]) else {
        splits[place] = nil
        continue
      }
      guard let count = splits[place]?.branches.count else { continue }
      let ends = Ends(from: from.place, to: to.place)
      if let known = branches[ends] {
        splits[place]?.branches[known].weight += weight
      } else {
        branches[ends] = count
        splits[place]?.branches.append(
          Branch(edge: edge, name: to.name, target: to.place, weight: weight))
      }
    }
    return splits
  }

  /// Whether it is one of those that share out what is served: an edge that says nothing else is.
  private static func carriesServed(_ edge: ModelView.Item) -> Bool {
    func says(_ key: ExactString, _ usual: ExactString) -> Bool {
      guard let value = edge.value[key], !value.isBlank else { return true }
      return value.string.map { ExactString($0) == usual } ?? true
    }
    return says("type", "throughput") && says("measure", "served")
  }

  /// nil where it is not known.
  private static func weight(of edge: ModelView.Item) -> Double? {
    if edge.value["type"]?.isUnknown == true || edge.value["measure"]?.isUnknown == true {
      return nil
    }
    guard let value = edge.value["weight"], !value.isBlank else { return 1 }
    guard let number = value.number, !number.isNegative else { return nil }
    return number.double
  }
}

/// Ids with their places.
private struct EdgeNames {
  private let model: ModelView
  /// Nodes whose series a router makes, whatever they say themselves.
  private var routed: Set<ExactString> = []

  init(_ model: ModelView) {
    self.model = model
    for route in Route.all(model) {
      if let target = route.value["target"]?.string { routed.insert(ExactString(target)) }
    }
  }

  /// The topology node at an end of an edge, its port left out.
  func topologyNode(_ end: DataNode?) -> (place: Int, name: String)? {
    guard let text = end?.string else { return nil }
    let name = String(text[..<(text.utf8.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex)])
    return model.topologyIDs.item(ExactString(name)).map { ($0, name) }
  }

  /// The node whose series a topology node serves.
  func served(by place: Int) -> ExactString? { series(.served, of: place) }

  private func series(_ field: SemanticsField, of place: Int) -> ExactString? {
    guard let text = model.topology[place].semantics?[field]?.value.string,
      case .node(let id, class: nil) = SeriesReference(text)
    else { return nil }
    return id
  }

  /// By how much `series` is multiplied in the arrivals of a topology node; nil where these are something else.
  func factor(of series: ExactString, in target: Int) -> Factor? {
    guard let arrivals = self.series(.arrivals, of: target) else { return nil }
    if arrivals == series { return Factor(value: 1, rounding: 0, range: nil) }
    guard !routed.contains(arrivals), let place = model.nodeIDs.item(arrivals),
      let expression = model.expressions.of(place), expression.isReadable,
      let (value, rounding) = expression.expression.factor(of: series)
    else { return nil }
    return Factor(value: value, rounding: rounding, range: expression.value.range)
  }
}

extension Expression {
  /// The number by which `series` is multiplied, where that is all that the expression does, and how far the rounding of
  /// its numbers may have moved it.
  fileprivate func factor(of series: ExactString) -> (value: Double, rounding: Double)? {
    /// `value`, times the series if `hasSeries`.
    struct Term {
      let value: Double
      var rounding = 0.0
      var hasSeries = false
    }
    var terms: [Term] = []
    terms.reserveCapacity(nodes.count)
    for (place, node) in nodes.enumerated() {
      let operands = children(of: place).map { terms[$0] }
      switch node.kind {
      case .number: terms.append(Term(value: node.value, rounding: rounding(of: node)))
      case .reference:
        guard ExactString(name(of: node)) == series else { return nil }
        terms.append(Term(value: 1, hasSeries: true))
      case .add, .subtract, .multiply, .divide:
        guard operands.count == 2 else { return nil }
        let (left, right) = (operands[0], operands[1])
        switch node.kind {
        case .add, .subtract:
          guard left.hasSeries == right.hasSeries else { return nil }
          let value = node.kind == .add ? left.value + right.value : left.value - right.value
          terms.append(
            Term(
              value: value, rounding: left.rounding + right.rounding, hasSeries: left.hasSeries))
        case .multiply:
          guard !(left.hasSeries && right.hasSeries) else { return nil }
          terms.append(
            Term(
              value: left.value * right.value,
              rounding: abs(left.value) * right.rounding + abs(right.value) * left.rounding,
              hasSeries: left.hasSeries || right.hasSeries))
        default:
          guard !right.hasSeries, right.value != 0 else { return nil }
          terms.append(
            Term(
              value: left.value / right.value, rounding: left.rounding / abs(right.value),
              hasSeries: left.hasSeries))
        }
      case .call, .list, .broken: return nil
      }
    }
    guard let whole = terms.last, whole.hasSeries, whole.value.isFinite else { return nil }
    return (whole.value, whole.rounding)
  }

  /// Half of the last digit of a number with two digits or more after its point, else 0.
  private func rounding(of number: ExpressionNode) -> Double {
    let written = text(in: number.range).utf8
    guard let point = written.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    let digits = written[point...].dropFirst()
    // What has an exponent is no share that somebody rounded.
    guard digits.count >= 2, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return 0 }
    var half = 0.5
    for _ in digits.prefix(20) { half /= 10 }
    return half
  }
}
