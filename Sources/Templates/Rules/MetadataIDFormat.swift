import FlowModel
package import Source

/// `metadata.id` is not lower-case letters, digits and `-`.
///
/// Range: the id. Source: docs/reference/template.md, "Metadata".
package enum MetadataIDFormat: Rule {
  package static let code = DiagnosticCode(rawValue: "metadata-id-format")
  package static let severity = Severity.warning
}
