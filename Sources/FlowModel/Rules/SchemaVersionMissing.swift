package import Source

/// A model does not say which schema it follows.
///
/// Range: the start of the document. Fix-it: `schemaVersion: 1` as its first entry. Templates may leave it out.
/// Source: docs/reference/model.md, "Keys".
package enum SchemaVersionMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "schema-version-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.origin == .model, model.root["schemaVersion"] == nil else { return }
    let start = ByteRange(at: model.root.range.start)
    findings.add(
      SchemaVersionMissing.self, at: start, "the model has no 'schemaVersion'; it must be 1",
      path: "schemaVersion",
      fixIts: model.source?.opening.map {
        [FixIt("add 'schemaVersion: 1'", [$0.inserting("schemaVersion", "1")])]
      } ?? [])
  }
}
