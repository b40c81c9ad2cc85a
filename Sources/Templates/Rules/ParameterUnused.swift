import FlowModel
package import Source

/// A parameter is declared and nothing refers to it.
///
/// Range: the name. Source: docs/reference/template.md, "Parameters".
package enum ParameterUnused: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-unused")
  package static let severity = Severity.warning
}
