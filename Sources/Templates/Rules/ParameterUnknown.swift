import FlowModel
package import Source

/// A value is given for a name that no parameter has.
///
/// Range: the `parameters` key; the name stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ParameterUnknown: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-unknown")
}
