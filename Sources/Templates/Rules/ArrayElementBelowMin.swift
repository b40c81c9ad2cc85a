import FlowModel
package import Source

/// An element of an array is below the parameter's minimum.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ArrayElementBelowMin: Rule {
  package static let code = DiagnosticCode(rawValue: "array-element-below-min")
}
