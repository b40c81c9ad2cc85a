package import Source

/// A route leads to a node that does not exist.
///
/// Range: the name. Fix-it: the nearest node id. Source: docs/reference/template.md, "router".
package enum RouterTargetUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-target-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for route in Route.all(model) {
      guard let target = route.value["target"] else { continue }
      model.checkNode(target, RouterTargetUnknown.self, path: route.path + "target", &findings)
    }
  }
}
