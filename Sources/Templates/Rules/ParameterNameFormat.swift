import FlowModel
package import Source

/// A parameter's name cannot be referred to.
///
/// Range: the name. Source: docs/reference/template.md, "Parameters".
package enum ParameterNameFormat: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-name-format")
}
