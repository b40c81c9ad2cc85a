import FlowModel
package import Source

/// The lists that array parameters fill have too many values together, or the texts that references stand in are too
/// long together.
///
/// Range: the reference that goes beyond the bound. Source: docs/reference/template.md, "Fit".
package enum ModelTooLarge: Rule {
  package static let code = DiagnosticCode(rawValue: "model-too-large")

  static func reportValues(at range: ByteRange, _ path: DataPath, _ findings: inout Findings) {
    findings.add(
      ModelTooLarge.self, at: range,
      "the lists of this model have more than \(RenderingLimits.valueCountMax) values", path: path)
  }

  static func reportText(at range: ByteRange, _ path: DataPath, _ findings: inout Findings) {
    findings.add(
      ModelTooLarge.self, at: range,
      "the texts with references in this model have more than \(RenderingLimits.textLengthMax) bytes",
      path: path)
  }
}
