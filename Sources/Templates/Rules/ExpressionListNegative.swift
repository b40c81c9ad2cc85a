import FlowModel
package import Source

/// A list parameter with a negative number stands in an expression, whose lists hold no signs.
///
/// Range: the expression. Source: docs/reference/template.md, "Expressions".
package enum ExpressionListNegative: Rule {
  package static let code = DiagnosticCode(rawValue: "expr-list-negative")
}
