package import Source

/// The limit of a queue, `wipLimitSeries`, names no node.
///
/// Range: the reference. Fix-it: the nearest node id. Source: docs/reference/template.md, "Limits".
package enum WIPLimitUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "wip-limit-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let value = node.value["wipLimitSeries"] else { continue }
      model.checkSeries(value, WIPLimitUnknown.self, path: node.path + "wipLimitSeries", &findings)
    }
  }
}
