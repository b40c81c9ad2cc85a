import Expressions
package import Source

/// An expression is not of the language: a bracket that is not closed, an operand that is missing, a sign that does not
/// exist.
///
/// Range: the smallest text that must change, or the reference that brought it. Fix-it: the same in this language, where
/// it is certain. Source: docs/reference/expressions.md, "Grammar".
package enum ExprSyntax: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-syntax")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.syntax, as: ExprSyntax.self, &findings)
  }
}
