package import Source

/// A route does not say where it leads.
///
/// Range: the `target` key of an empty one, or the route's first key. Source: docs/reference/template.md, "router".
package enum RouterTargetMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-target-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for route in Route.all(model) {
      let target = route.value.entry("target")
      if let value = target?.value, !value.isBlank { continue }
      findings.add(
        RouterTargetMissing.self,
        at: target?.keyRange ?? route.value.entries.first?.keyRange ?? route.value.range,
        "\(route.path) has no target, the node that takes its share", path: route.path + "target")
    }
  }
}
