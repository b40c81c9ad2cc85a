package import Source

/// `schemaVersion` is not 1.
///
/// Range: the value. Fix-it: `1`, where that is written as text. Source: docs/reference/model.md, "Keys".
package enum SchemaVersionUnsupported: ModelRule {
  package static let code = DiagnosticCode(rawValue: "schema-version-unsupported")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let version = model.root["schemaVersion"], !version.isUnknown,
      version.number != .integer(1)
    else { return }
    let isOneAsText =
      version.string.map { ["1", "1.0", "v1"].contains(ExactString($0)) } ?? false
    findings.add(
      SchemaVersionUnsupported.self, at: version.range,
      "schemaVersion must be 1, not \(version.described)", path: "schemaVersion",
      fixIts: isOneAsText && version.causes.isEmpty
        ? [FixIt("change to 1", [TextEdit(version.range, "1")])] : [])
  }
}
