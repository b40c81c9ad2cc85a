package import Source

/// A sink does not say which series ends in it.
///
/// Range: the `arrivals` key of an empty one, or the `semantics` key. Source: docs/reference/template.md, "Semantics".
package enum SinkArrivalsRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "sink-arrivals-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked(), kind == .sink, !semantics.gives(.arrivals)
      else { continue }
      NeededSeries.report(
        SinkArrivalsRequired.self, node, semantics, lacking: [.arrivals],
        "is a sink and needs arrivals", &findings)
    }
  }
}
