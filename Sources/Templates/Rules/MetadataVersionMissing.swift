import FlowModel
package import Source

/// A template of the newest level has no `metadata.version`.
///
/// Range: the empty value, or the `metadata` key. Source: docs/reference/template.md, "Metadata".
package enum MetadataVersionMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "metadata-version-missing")

  static func check(_ section: DataEntry, _ findings: inout Findings) {
    let version = section.value["version"]
    if let version, !version.isBlank { return }
    findings.add(
      MetadataVersionMissing.self, at: version?.range ?? section.keyRange,
      "the template has no metadata.version, such as 1.0.0", path: "metadata" + "version")
  }
}
