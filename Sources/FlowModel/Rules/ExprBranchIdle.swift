import Expressions
package import Source

/// An argument of MIN or MAX is never the result, whatever the nodes give that it refers to.
///
/// Range: the argument. Silent where a parameter has a part in it, since other values may give another result, and in a
/// model, which does not say where a parameter stood.
/// Source: docs/reference/expressions.md, "What is checked".
package enum ExprBranchIdle: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-branch-idle")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.branchIdle, as: ExprBranchIdle.self, &findings)
  }
}
