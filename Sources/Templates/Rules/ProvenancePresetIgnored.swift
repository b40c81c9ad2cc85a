import FlowModel
package import Source

/// The template presets `provenance`, which only generation may write.
///
/// Range: the key. Source: docs/reference/template.md.
package enum ProvenancePresetIgnored: Rule {
  package static let code = DiagnosticCode(rawValue: "provenance-preset-ignored")
  package static let severity = Severity.warning
}
