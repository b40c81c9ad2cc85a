package import Source

/// `schemaVersion` is not 1.
///
/// Range: the value. Source: docs/reference/model.md, "Keys".
package enum SchemaVersionUnsupported: ModelRule {
  package static let code = DiagnosticCode(rawValue: "schema-version-unsupported")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let version = model.root["schemaVersion"], !version.isUnknown,
      version.number != .integer(1)
    else { return }
    findings.add(
      SchemaVersionUnsupported.self, at: version.range,
      "schemaVersion must be 1, not \(version.described)",
      path: "schemaVersion")
  }
}
