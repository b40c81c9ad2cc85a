import FlowModel
package import Source

/// A parameter has no name.
///
/// Range: the entry, or the empty value. Source: docs/reference/template.md, "Parameters".
package enum ParameterNameMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-name-missing")
}
