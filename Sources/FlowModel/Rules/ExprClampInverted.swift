import Expressions
package import Source

/// The lower bound of CLAMP is always above the upper one. Engines differ in what comes of it.
///
/// Range: both bounds. Source: docs/reference/expressions.md, "What is checked".
package enum ExprClampInverted: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-clamp-inverted")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.clampInverted, as: ExprClampInverted.self, &findings)
  }
}
