package import Source

/// In a simulation, a topology node does not say which series arrives at it.
///
/// Range: the `arrivals` key of an empty one, or the `semantics` key. Sinks, dependencies and queues that are made have
/// rules of their own. Source: docs/reference/template.md, "Mode".
package enum SemanticsArrivalsRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "semantics-arrivals-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.mode == .simulation else { return }
    for (node, kind, semantics) in NeededSeries.all(model)
    where kind != .sink && kind != .dependency && !semantics.gives(.arrivals) {
      NeededSeries.report(
        SemanticsArrivalsRequired.self, node, semantics, lacking: [.arrivals],
        "has no arrivals, which a simulation starts from", &findings)
    }
  }
}
