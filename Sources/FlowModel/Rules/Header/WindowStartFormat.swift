package import Source

/// `window.start` is no date and time.
///
/// Range: the value. Fix-it: midnight, where it is a date. Source: RFC 3339 section 5.6;
/// docs/reference/template.md, "Window".
package enum WindowStartFormat: ModelRule {
  package static let code = DiagnosticCode(rawValue: "window-start-format")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let start = model.root["window"]?["start"], !start.isUnknown, !start.isBlank else {
      return
    }
    if let text = start.string, Timestamp.Reading(rfc3339: text) != nil { return }
    findings.add(
      WindowStartFormat.self, at: start.range,
      "start must be a time such as 2025-01-01T00:00:00Z, not \(start.described)",
      path: "window" + "start", fixIts: start.fixes(start.string.flatMap(Timestamp.utc(of:))))
  }
}
