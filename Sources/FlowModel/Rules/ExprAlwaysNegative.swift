import Expressions
package import Source

/// The result of a subtraction is below 0 in every bin, which a count or an amount cannot be.
///
/// Range: the expression. Silent where ``ExprBranchIdle`` is.
/// Source: docs/reference/expressions.md, "What is checked".
package enum ExprAlwaysNegative: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-always-negative")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.alwaysNegative, as: ExprAlwaysNegative.self, &findings)
  }
}
