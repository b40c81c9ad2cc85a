import FlowModel
package import Source

/// Two parameters have one name.
///
/// Range: the later name. Related: the first. Source: docs/reference/template.md, "Parameters".
package enum ParameterNameDuplicate: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-name-duplicate")
}
