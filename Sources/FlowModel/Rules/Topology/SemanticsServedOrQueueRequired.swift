package import Source

/// In a simulation, a topology node has neither `served` nor `queueDepth`, so that nothing comes of what arrives.
///
/// Range: the `served` or `queueDepth` key of an empty one, or the `semantics` key. Dependencies have a rule of their
/// own, and in a template a sink's `served` is made. Source: docs/reference/template.md, "Mode".
package enum SemanticsServedOrQueueRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "semantics-served-or-queue-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.mode == .simulation else { return }
    for (node, kind, semantics) in NeededSeries.all(model)
    where kind != .dependency && !(kind == .sink && model.origin == .template)
      && !semantics.gives(.served) && !semantics.gives(.queueDepth)
    {
      NeededSeries.report(
        SemanticsServedOrQueueRequired.self, node, semantics, lacking: [.served, .queueDepth],
        "has neither served nor queueDepth, which a simulation computes", &findings)
    }
  }
}
