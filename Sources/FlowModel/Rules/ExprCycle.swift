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
        "\(names.joined(separator: " -> ")) is a cycle within one bin; \(advice(cycle))",
        path: model.path(of: first),
        related: cycle.dropFirst().prefix(shownMax).map { step in
          Related(
            step.range,
            "\(quoted(name(of: step.from, model))) reads \(quoted(name(of: step.to, model))) here")
        })
    }
  }

  /// Only an expression can look back.
  private static func advice(_ cycle: [SameBinDependency]) -> String {
    cycle.contains { $0.reader == .expression }
      ? "put a reference of it into SHIFT(x, 1)"
      : "put a node between them whose expression is SHIFT(x, 1)"
  }

  private static func name(of node: Int, _ model: ModelView) -> String {
    model.node(at: node)?.value["id"]?.string ?? ""
  }
}
