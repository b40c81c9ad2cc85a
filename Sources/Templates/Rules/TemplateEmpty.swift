import FlowModel
package import Source

/// The text holds no template.
///
/// Range: the start of the text. Source: docs/reference/template.md.
package enum TemplateEmpty: Rule {
  package static let code = DiagnosticCode(rawValue: "template-empty")
}
