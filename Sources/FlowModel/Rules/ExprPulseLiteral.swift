import Expressions
package import Source

/// The period or the phase of PULSE is not a whole number that is written out, or the period is 0.
///
/// Range: the argument. Source: docs/reference/expressions.md, "Functions".
package enum ExprPulseLiteral: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-pulse-literal")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.pulseLiteral, as: ExprPulseLiteral.self, &findings)
  }
}
