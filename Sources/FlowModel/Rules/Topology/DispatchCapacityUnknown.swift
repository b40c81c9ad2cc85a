package import Source

/// The capacity of a schedule names no node, so that a dispatch is not limited.
///
/// Range: the reference. Fix-it: the nearest node id. Source: docs/reference/template.md, "Schedules".
package enum DispatchCapacityUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "dispatch-capacity-unknown")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for schedule in model.schedules {
      guard let value = schedule.entry.value["capacitySeries"] else { continue }
      model.checkSeries(
        value, DispatchCapacityUnknown.self, path: schedule.path + "capacitySeries", &findings)
    }
  }
}
