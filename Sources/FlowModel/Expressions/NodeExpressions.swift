import Expressions
import Source

/// The expressions of a model's nodes, each read once for all rules.
package struct NodeExpressions: Sendable {
  /// In the order of the nodes.
  package private(set) var all: [NodeExpression]
  /// Those of ``all`` of which there is something to say.
  let doubtful: [NodeExpression]
  /// For each node the place of its expression in ``all``; -1 for none.
  private let places: [Int32]

  /// Complexity: O(bytes of the expressions + values of the const nodes that they name).
  ///
  /// - Parameter ids: those of the nodes, and of others that follow them.
  init(of nodes: [ModelView.Item], _ ids: ModelView.Names, origin: ModelView.Origin) {
    var all: [NodeExpression] = []
    var places = [Int32](repeating: -1, count: nodes.count)
    var bounds: [Int: Interval] = [:]
    for (node, item) in nodes.enumerated() {
      guard item.kind == .expr, let value = item.value["expr"], !value.isBlank,
        let text = value.string
      else { continue }
      let expression = Expression(text)
      let references = expression.references
      let targets = references.map { reference in
        ids.item(reference.name).flatMap { nodes.indices.contains($0) ? $0 : nil } ?? -1
      }
      var problems = value.placed(
        expression.syntaxProblems + expression.callProblems, of: text)
      if problems.isEmpty {
        problems = NodeExpressions.doubts(of: expression, value, origin) { name in
          guard let target = ids.item(name), nodes.indices.contains(target) else { return nil }
          if let known = bounds[target] { return known }
          let interval = nodes[target].bounds
          bounds[target] = interval
          return interval
        }
      }
      places[node] = Int32(truncatingIfNeeded: all.count)
      all.append(
        NodeExpression(
          node: node, index: item.index, value: value, expression: expression,
          references: references, targets: targets, problems: problems))
    }
    self.all = all
    doubtful = all.filter { !$0.problems.isEmpty }
    self.places = places
  }

  /// What is doubtful in an expression that has no other problem.
  ///
  /// - Parameter bounds: between which numbers a node lies, where that is known.
  static func doubts(
    of expression: Expression, _ value: DataNode, _ origin: ModelView.Origin,
    bounds: (ExactString) -> Interval?
  ) -> [ExpressionProblem] {
    var problems = expression.doubts(bounds: bounds)
    // Other values of a parameter may give other results, and a model does not say where a parameter stood.
    if origin == .model || !value.causes.isEmpty {
      problems.removeAll { $0.kind == .branchIdle || $0.kind == .alwaysNegative }
    }
    return problems
  }

  /// The same with other expressions in place of some, which have the same references and no problems either.
  func replacing(_ others: [NodeExpression]) -> NodeExpressions {
    var expressions = self
    for other in others {
      guard places.indices.contains(other.node), places[other.node] >= 0 else { continue }
      expressions.all[Int(places[other.node])] = other
    }
    return expressions
  }

  /// The expression of a node, which is named by its place among ``ModelView/nodes``.
  package func of(_ node: Int) -> NodeExpression? {
    guard places.indices.contains(node), places[node] >= 0 else { return nil }
    return all[Int(places[node])]
  }
}

extension ModelView.Item {
  /// Between which numbers the values of a const node lie; unbounded where they are not known.
  var bounds: Interval {
    guard kind == .const, let items = value["values"]?.items, !items.isEmpty else {
      return .unbounded
    }
    let numbers = items.compactMap(\.number)
    return numbers.count == items.count ? Interval(around: numbers) : .unbounded
  }
}

extension Interval {
  /// The smallest one that holds all of some numbers.
  init(around numbers: [Number]) {
    var low = Double.infinity
    var high = -Double.infinity
    for number in numbers {
      low = min(low, number.double)
      high = max(high, number.double)
    }
    self.init(low, high)
  }
}
