import FlowModel
package import Source

/// A template of the newest level has no `metadata.title`.
///
/// Range: the empty value, or the `metadata` key. Source: docs/reference/template.md, "Metadata".
package enum MetadataTitleMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "metadata-title-missing")

  static func check(_ section: DataEntry, _ findings: inout Findings) {
    let title = section.value["title"]
    if let title, !title.isBlank { return }
    findings.add(
      MetadataTitleMissing.self, at: title?.range ?? section.keyRange,
      "the template has no metadata.title, by which people know it", path: "metadata" + "title")
  }
}
