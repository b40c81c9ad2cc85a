import Expressions
package import Source

/// A function does not exist.
///
/// Range: its name. Fix-it: the nearest function, or what does the same without it.
/// Source: docs/reference/expressions.md, "Functions".
package enum ExprFunctionUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-function-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.functionUnknown, as: ExprFunctionUnknown.self, &findings)
  }
}
