package import Source

/// A template has several topology nodes and no edge between them.
///
/// Range: the `edges` key, or the `topology` key. Source: docs/reference/template.md, "Edges".
package enum EdgesRequired: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edges-required")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.origin == .template, model.topologyNodes.count > 1,
      let topology = model.root.entry("topology")
    else { return }
    let edges = topology.value.entry("edges")
    if let value = edges?.value, value.isUnknown || !value.items.isEmpty { return }
    findings.add(
      EdgesRequired.self, at: edges?.keyRange ?? topology.keyRange,
      "\(model.topologyNodes.count) topology nodes and no edges between them",
      path: "topology" + "edges")
  }
}
