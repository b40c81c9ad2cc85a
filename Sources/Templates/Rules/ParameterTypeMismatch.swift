import FlowModel
package import Source

/// A value is not of the parameter's type.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ParameterTypeMismatch: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-type-mismatch")
}
