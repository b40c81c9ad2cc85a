import FlowModel
package import Source

/// A value is below the parameter's minimum.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ParameterBelowMin: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-below-min")
}
