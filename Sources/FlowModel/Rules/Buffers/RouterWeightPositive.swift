package import Source

/// The weight of a route without classes is not above 0.
///
/// Range: the weight. Source: docs/reference/template.md, "router".
package enum RouterWeightPositive: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-weight-positive")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for route in Route.all(model) where !route.hasClasses {
      guard let weight = route.value["weight"], let number = weight.number, number.double <= 0
      else { continue }
      findings.add(
        RouterWeightPositive.self, at: weight.range,
        "a weight is a number above 0, not \(number.spelling)", path: route.path + "weight")
    }
  }
}
