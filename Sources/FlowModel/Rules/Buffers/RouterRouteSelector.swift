package import Source

/// A route says neither which classes take it nor how much weight it has.
///
/// Range: the target, or the route's first key. Source: docs/reference/template.md, "router".
package enum RouterRouteSelector: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-route-selector")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for route in Route.all(model) where !route.hasClasses {
      if let weight = route.value["weight"], !weight.isBlank { continue }
      let target = route.value["target"].flatMap { $0.isBlank ? nil : $0.range }
      findings.add(
        RouterRouteSelector.self,
        at: target ?? route.value.entries.first?.keyRange ?? route.value.range,
        "\(route.path) needs classes or a weight", path: route.path)
    }
  }
}
