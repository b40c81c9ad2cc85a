import FlowModel
package import Source

/// A value is above the parameter's maximum.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ParameterAboveMax: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-above-max")
}
