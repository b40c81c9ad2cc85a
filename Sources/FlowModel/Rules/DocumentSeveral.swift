package import Source

/// The text holds more than one YAML document; a template or a model is exactly one.
///
/// Range: the second document. Source: docs/reference/model.md.
package enum DocumentSeveral: Rule {
  package static let code = DiagnosticCode(rawValue: "yaml-document-several")
}
