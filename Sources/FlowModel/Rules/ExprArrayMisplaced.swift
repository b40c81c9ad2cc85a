import Expressions
package import Source

/// A list stands elsewhere than as the second argument of CONV, or CONV has none there.
///
/// Range: the list, or what stands in its place. Fix-it: a list of one number.
/// Source: docs/reference/expressions.md, "Functions".
package enum ExprArrayMisplaced: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-array-misplaced")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.listMisplaced, as: ExprArrayMisplaced.self, &findings)
  }
}
