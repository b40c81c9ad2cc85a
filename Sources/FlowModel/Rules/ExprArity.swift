import Expressions
package import Source

/// A function has too many or too few arguments.
///
/// Range: the arguments that are too many, or the function's name. Fix-it: nested calls, for MIN and MAX.
/// Source: docs/reference/expressions.md, "Functions".
package enum ExprArity: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-arity")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.argumentCount, as: ExprArity.self, &findings)
  }
}
