import Expressions
package import Source

/// A divisor is always 0. The result is then 0, which is hardly meant.
///
/// Range: the divisor. Source: docs/reference/expressions.md, "What is checked".
package enum ExprDivisionByZero: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-division-by-zero")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.divisionByZero, as: ExprDivisionByZero.self, &findings)
  }
}
