package import Source

/// A route is for a class that is not declared, so that nothing ever takes it.
///
/// Range: the class. Fix-its: the nearest class, a declaration. Source: docs/reference/template.md, "router".
package enum RouterClassUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-class-unknown")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for route in Route.all(model) {
      for (index, name) in (route.value["classes"]?.items ?? []).enumerated() {
        model.checkClass(
          name, RouterClassUnknown.self, path: route.path + "classes" + index, &findings)
      }
    }
  }
}
