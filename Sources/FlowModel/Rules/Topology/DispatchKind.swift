package import Source

/// A schedule's kind is not `time-based`, the only one there is; it may be left out.
///
/// Range: the kind. Fix-it: `time-based` where it is nearly written. Source: docs/reference/template.md, "Schedules".
package enum DispatchKind: ModelRule {
  package static let code = DiagnosticCode(rawValue: "dispatch-kind")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for schedule in model.schedules {
      guard let kind = schedule.entry.value["kind"], let text = kind.string, !kind.isBlank,
        ExactString(text) != "time-based"
      else { continue }
      findings.addUnlisted(
        DispatchKind.self, kind, known: ["time-based"], path: schedule.path + "kind",
        "a schedule's kind")
    }
  }
}
