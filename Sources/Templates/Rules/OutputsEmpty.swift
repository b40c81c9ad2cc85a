import FlowModel
package import Source

/// The template has no outputs.
///
/// Range: the `outputs` key, or the start of the document.
/// Source: docs/reference/template.md, "Outputs".
package enum OutputsEmpty: Rule {
  package static let code = DiagnosticCode(rawValue: "outputs-empty")

  /// - Parameter isMeant: whether a misspelt key, which is blamed for that, seems to be `outputs`.
  static func check(_ body: DataNode, isMeant: Bool, _ findings: inout Findings) {
    let outputs = body.entry("outputs")
    let isEmpty = outputs.map { $0.value.isNull || $0.value.content == .sequence([]) } ?? true
    guard isEmpty, !isMeant else { return }
    findings.add(
      OutputsEmpty.self, at: outputs?.keyRange ?? ByteRange(at: body.range.start),
      "no outputs: a template writes at least one series", path: "outputs")
  }
}
