package import Source

/// `window.timezone` is not `UTC`, the only zone in which bins are counted; it may be left out.
///
/// Range: the value, or the key of an empty one. Fix-it: `UTC`, where another name of it is written.
/// Source: docs/reference/template.md, "Window".
package enum WindowTimezone: ModelRule {
  package static let code = DiagnosticCode(rawValue: "window-timezone")

  private static let synonyms: [ExactString] = [
    "z", "gmt", "zulu", "etc/utc", "utc+0", "+00:00", "universal",
  ]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let entry = model.root["window"]?.entry("timezone"), !entry.value.isUnknown else {
      return
    }
    let name = entry.value.string.map { ExactString($0).lowercased }
    if name == "utc" { return }
    let isSame = name.map { synonyms.contains($0) } ?? false
    findings.add(
      WindowTimezone.self, at: entry.value.isNull ? entry.keyRange : entry.value.range,
      "timezone must be UTC, not \(entry.value.described)", path: "window" + "timezone",
      fixIts: entry.value.fixes(isSame ? "UTC" : nil))
  }
}
