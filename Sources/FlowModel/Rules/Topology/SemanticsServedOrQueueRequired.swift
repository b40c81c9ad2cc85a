package import Source

/// In a simulation, a topology node has neither `served` nor `queueDepth`, so that nothing comes of what arrives.
///
/// Range: the `served` or `queueDepth` key of an empty one, or the `semantics` key. Dependencies have a rule of their
/// own, and so have sinks without arrivals. In a template a sink's `served` is made; not so where there are `errors` and
/// these or the arrivals are a file or a class. Source: docs/reference/template.md, "Mode".
package enum SemanticsServedOrQueueRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "semantics-served-or-queue-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.mode == .simulation else { return }
    for (node, kind, semantics) in NeededSeries.all(model)
    where kind != .dependency && !semantics.gives(.served) && !semantics.gives(.queueDepth) {
      guard kind == .sink else {
        NeededSeries.report(
          SemanticsServedOrQueueRequired.self, node, semantics, lacking: [.served, .queueDepth],
          "has neither served nor queueDepth, which a simulation computes", &findings)
        continue
      }
      guard semantics.gives(.arrivals) else { continue }
      NeededSeries.report(
        SemanticsServedOrQueueRequired.self, node, semantics, lacking: [.served],
        model.origin == .template
          ? "has no served, which is made only where arrivals and errors are the series of nodes"
          : "has no served, which a simulation computes", &findings)
    }
  }
}
