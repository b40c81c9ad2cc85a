import FlowModel
package import Source

/// The template has no `metadata.id`.
///
/// Range: the `metadata` key, or the start of the document. Source: docs/reference/template.md, "Metadata".
package enum MetadataIDMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "metadata-id-missing")
}
