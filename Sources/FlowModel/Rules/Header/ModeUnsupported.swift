package import Source

/// `mode` is neither `simulation` nor `telemetry`, whatever the case.
///
/// Range: the value, or the key of an empty one. Fix-it: the nearest mode. Source: docs/reference/template.md, "Mode".
package enum ModeUnsupported: ModelRule {
  package static let code = DiagnosticCode(rawValue: "mode-unsupported")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let entry = model.root.entry("mode"), !entry.value.isUnknown else { return }
    if let text = entry.value.string, Mode(written: text) != nil { return }
    if entry.value.isNull {
      findings.add(
        ModeUnsupported.self, at: entry.keyRange, "mode is simulation or telemetry, not nothing",
        path: "mode")
    } else {
      findings.addUnlisted(
        ModeUnsupported.self, entry.value, known: Mode.allCases.map(\.rawValue), path: "mode",
        "mode")
    }
  }
}
