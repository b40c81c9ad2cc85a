import FlowModel
package import Source

/// A parameter has neither a value nor a default.
///
/// Range: the declared name. Source: docs/reference/template.md, "Parameters".
package enum ParameterRequired: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-required")
}
