import FlowModel
package import Source

/// An element of an array is above the parameter's maximum.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ArrayElementAboveMax: Rule {
  package static let code = DiagnosticCode(rawValue: "array-element-above-max")
}
