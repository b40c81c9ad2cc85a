package import Source

/// The text holds no document.
///
/// Range: the start of the text. Source: docs/reference/model.md.
package enum ModelEmpty: Rule {
  package static let code = DiagnosticCode(rawValue: "model-empty")
}
