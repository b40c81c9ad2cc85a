package import Source

/// A router has no routes.
///
/// Range: the `routes` key, or the node's id. Source: docs/reference/template.md, "router".
package enum RouterRoutesEmpty: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-routes-empty")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.routers {
      let routes = node.value.entry("routes")
      if let value = routes?.value, value.isUnknown || !value.items.isEmpty { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        RouterRoutesEmpty.self, at: routes?.keyRange ?? node.placeOfMissing,
        "\(path) is a router and needs at least one route", path: path + "routes")
    }
  }
}
