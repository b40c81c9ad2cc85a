package import Source

/// `window.start` has an offset from UTC.
///
/// Range: the value. Fix-it: the same moment in UTC. Source: docs/reference/template.md, "Window".
package enum WindowStartNotUTC: ModelRule {
  package static let code = DiagnosticCode(rawValue: "window-start-not-utc")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let start = model.root["window"]?["start"], let text = start.string,
      let reading = Timestamp.Reading(rfc3339: text), reading.offsetMinutes != 0
    else { return }
    findings.add(
      WindowStartNotUTC.self, at: start.range, "start must be in UTC, unlike \(quoted(text))",
      path: "window" + "start", fixIts: start.fixes(Timestamp.utc(of: text)))
  }
}
