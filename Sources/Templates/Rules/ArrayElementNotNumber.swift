import FlowModel
package import Source

/// An element of an array is not a number.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ArrayElementNotNumber: Rule {
  package static let code = DiagnosticCode(rawValue: "array-element-not-number")
}
