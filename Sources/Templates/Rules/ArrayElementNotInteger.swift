import FlowModel
package import Source

/// An element of an array with `arrayOf: int` is not whole.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ArrayElementNotInteger: Rule {
  package static let code = DiagnosticCode(rawValue: "array-element-not-integer")
}
