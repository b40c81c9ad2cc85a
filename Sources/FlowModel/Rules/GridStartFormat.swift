package import Source

/// `grid.start` is not a date and time in UTC.
///
/// Range: the value. Fix-it: the same moment in UTC, or the start of a date. Source: RFC 3339 section 5.6; docs/reference/model.md, "Keys".
package enum GridStartFormat: ModelRule {
  package static let code = DiagnosticCode(rawValue: "grid-start-format")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let start = model.root["grid"]?["start"], !start.isUnknown else { return }
    if let text = start.string, let reading = Timestamp.Reading(rfc3339: text),
      reading.offsetMinutes == 0
    {
      return
    }
    findings.add(
      GridStartFormat.self, at: start.range,
      "start must be a time in UTC such as 2025-01-01T00:00:00Z, not \(start.described)",
      path: "grid" + "start", fixIts: start.fixes(start.string.flatMap(Timestamp.utc(of:))))
  }
}
