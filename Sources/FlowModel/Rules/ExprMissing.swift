package import Source

/// An expr node has no expression.
///
/// Range: the `expr` key, or the node's id. Source: docs/reference/model.md, "Keys".
package enum ExprMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.exprs {
      let expr = node.value.entry("expr")
      if let value = expr?.value, !value.isBlank { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        ExprMissing.self, at: expr?.keyRange ?? node.value["id"]?.range ?? node.value.range,
        "\(path) is expr and needs an expression under 'expr'", path: path + "expr")
    }
  }
}
