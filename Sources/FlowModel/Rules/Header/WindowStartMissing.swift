package import Source

/// A template of the newest level does not say when its first bin begins: neither `window.start` nor `grid.start`.
///
/// Range: the `start` key of an empty one, the `window` key, or the start of the document.
/// Source: docs/reference/template.md, "Window".
package enum WindowStartMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "window-start-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.origin == .template, model.level == .newest else { return }
    let window = model.root.entry("window")
    if window?.value.isUnknown == true { return }
    let start = window?.value.entry("start")
    if let value = start?.value, !value.isBlank { return }
    let grid = model.root["grid"]
    // A grid that is missing, or broken, is blamed for that.
    guard case .mapping? = grid?.content, grid?["start"].map({ $0.isBlank }) ?? true else { return }
    findings.add(
      WindowStartMissing.self,
      at: start?.keyRange ?? window?.keyRange ?? ByteRange(at: model.root.range.start),
      "no window.start: the time of the first bin, such as 2025-01-01T00:00:00Z",
      path: "window" + "start")
  }
}
