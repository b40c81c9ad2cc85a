import FlowModel
package import Source

/// The template has no outputs.
///
/// Range: the `outputs` key, or the start of the document.
/// Source: docs/reference/template.md, "Outputs".
package enum OutputsEmpty: Rule {
  package static let code = DiagnosticCode(rawValue: "outputs-empty")
}
