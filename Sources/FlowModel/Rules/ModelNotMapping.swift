package import Source

/// The document is not a mapping.
///
/// Range: the document. Source: docs/reference/model.md.
package enum ModelNotMapping: Rule {
  package static let code = DiagnosticCode(rawValue: "model-not-mapping")
}
