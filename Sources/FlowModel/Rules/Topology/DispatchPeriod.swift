package import Source

/// A schedule's period is missing or not a whole number from 1.
///
/// Range: the value, or the `dispatchSchedule` key where there is none.
/// Source: docs/reference/template.md, "Schedules".
package enum DispatchPeriod: ModelRule {
  package static let code = DiagnosticCode(rawValue: "dispatch-period")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for schedule in model.schedules {
      let period = schedule.entry.value.entry("periodBins")
      if let value = period?.value, value.isUnknown { continue }
      if let number = period?.value.number?.integer, number >= 1 { continue }
      let isBlank = period?.value.isBlank ?? true
      findings.add(
        DispatchPeriod.self,
        at: (isBlank ? period?.keyRange : period?.value.range) ?? schedule.entry.keyRange,
        "periodBins, the bins from one dispatch to the next, is a whole number from 1, not "
          + (period?.value.described ?? "nothing"),
        path: schedule.path + "periodBins")
    }
  }
}
