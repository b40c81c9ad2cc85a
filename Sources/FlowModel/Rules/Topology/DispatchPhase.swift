package import Source

/// A schedule's phase is not a whole number.
///
/// Range: the value. Source: docs/reference/template.md, "Schedules".
package enum DispatchPhase: ModelRule {
  package static let code = DiagnosticCode(rawValue: "dispatch-phase")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for schedule in model.schedules {
      guard let phase = schedule.entry.value["phaseOffset"], !phase.isUnknown, !phase.isBlank,
        phase.number?.integer == nil
      else { continue }
      findings.add(
        DispatchPhase.self, at: phase.range,
        "phaseOffset, the bin of the first dispatch, is a whole number, not \(phase.described)",
        path: schedule.path + "phaseOffset")
    }
  }
}
