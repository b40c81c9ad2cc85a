package import Source

/// In a simulation, a dependency lacks `arrivals` or `served`.
///
/// Range: the key of an empty one, or the `semantics` key. Source: docs/reference/template.md, "Mode".
package enum DependencyArrivalsServedRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "dependency-arrivals-served-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.mode == .simulation else { return }
    for (node, kind, semantics) in NeededSeries.all(model) where kind == .dependency {
      let missing = [SemanticsField.arrivals, .served].filter { !semantics.gives($0) }
      NeededSeries.report(
        DependencyArrivalsServedRequired.self, node, semantics, lacking: missing,
        "is a dependency and needs \(missing.map(\.rawValue).joined(separator: " and "))",
        &findings)
    }
  }
}
