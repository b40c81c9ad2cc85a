import FlowModel
package import Source

/// An element of an array is null.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ArrayElementNull: Rule {
  package static let code = DiagnosticCode(rawValue: "array-element-null")
}
