import FlowModel
package import Source

/// The template is a list or a single value.
///
/// Range: the document. Source: docs/reference/template.md.
package enum TemplateNotMapping: Rule {
  package static let code = DiagnosticCode(rawValue: "template-not-mapping")
}
