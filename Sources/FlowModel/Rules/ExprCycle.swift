import Expressions
package import Source

/// Nodes wait for one another in the same bin, so that none of them can be computed: expressions, queues (made ones too)
/// for what flows in and out, the targets of a router for what it splits.
///
/// Range: the reference by which the first node of the cycle reads the next. Related: the other references of the cycle.
/// Source: docs/reference/expressions.md, "Cycles".
package enum ExprCycle: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-cycle")

  /// A longer cycle is cut in the message, and among the related places.
  private static let shownMax = 10

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for cycle in SameBinGraph(model.sameBinDependencies).cycles {
      guard let first = cycle.first else { continue }
      var names = cycle.prefix(shownMax).map { name(of: $0.from, model) }
      if cycle.count > shownMax { names.append("…") }
      names.append(name(of: first.from, model))
      findings.add(
        ExprCycle.self, at: first.range,
        "\(names.joined(separator: " -> ")) is a cycle within one bin; \(advice(cycle, model))",
        path: model.path(of: first),
        related: cycle.dropFirst().prefix(shownMax).map { step in
          Related(
            step.range,
            "\(quoted(name(of: step.from, model))) reads \(quoted(name(of: step.to, model))) here")
        })
    }
  }

  /// Only an expression can look back.
  private static func advice(_ cycle: [SameBinDependency], _ model: ModelView) -> String {
    guard cycle.contains(where: { $0.reader == .expression }) else {
      return "put a node between them whose expression is SHIFT(x, 1)"
    }
    if cycle.contains(where: { isWeighedByZero($0, model) }) {
      return
        "a 0 as the first weight of CONV reads the same bin too; write CONV(SHIFT(x, 1), list) with the list without that 0"
    }
    return "put a reference of it into SHIFT(x, 1)" + (cycle.count == 1 ? start(in: model) : "")
  }

  /// A SHIFT around such a CONV, or in it beside its 0, would read one bin too late.
  private static func isWeighedByZero(_ step: SameBinDependency, _ model: ModelView) -> Bool {
    guard step.reader == .expression, let read = model.expressions.of(step.from) else {
      return false
    }
    return zip(read.references, read.targets).contains { reference, target in
      target == step.to && !reference.isLagged && read.expression.isWeighedByZero(reference)
    }
  }

  /// What a node that reads its own past needs besides: ``SelfShiftInitial`` would say it next.
  private static func start(in model: ModelView) -> String {
    guard let topology = model.root["topology"], case .mapping = topology.content else { return "" }
    return
      ", and let the topology node whose queueDepth it is say with initialCondition what it starts with"
  }

  private static func name(of node: Int, _ model: ModelView) -> String {
    model.node(at: node)?.value["id"]?.string ?? ""
  }
}
