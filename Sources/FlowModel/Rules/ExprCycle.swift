package import Source

/// Nodes wait for one another in the same bin, so that none of them can be computed.
///
/// Range: the reference by which the first node of the cycle reads the next. Related: the other references of the cycle.
/// Source: docs/reference/expressions.md, "Cycles".
package enum ExprCycle: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-cycle")

  /// A longer cycle is cut in the message, and among the related places.
  private static let shownMax = 10

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let edges = model.nodes.indices.map(model.sameBinDependencies(of:))
    for cycle in SameBinGraph(edges).cycles {
      guard let first = cycle.first else { continue }
      var names = cycle.prefix(shownMax).map { name(of: $0.from, model) }
      if cycle.count > shownMax { names.append("…") }
      names.append(name(of: first.from, model))
      findings.add(
        ExprCycle.self, at: first.range,
        "\(names.joined(separator: " -> ")) is a cycle within one bin; put a reference of it into SHIFT(x, 1)",
        path: model.expressions.of(first.from)?.path ?? DataPath(),
        related: cycle.dropFirst().prefix(shownMax).map { step in
          Related(
            step.range,
            "\(quoted(name(of: step.from, model))) reads \(quoted(name(of: step.to, model))) here")
        })
    }
  }

  private static func name(of node: Int, _ model: ModelView) -> String {
    model.nodes[node].value["id"]?.string ?? ""
  }
}
