package import Source

/// A template of the newest level has no topology, or a topology has no nodes.
///
/// Range: the `nodes` key, the `topology` key, or the start of the document.
/// Source: docs/reference/template.md, "Topology".
package enum TopologyNodesEmpty: ModelRule {
  package static let code = DiagnosticCode(rawValue: "topology-nodes-empty")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let topology = model.root.entry("topology")
    guard model.origin == .template ? model.level == .newest : topology != nil else { return }
    if topology?.value.isUnknown == true { return }
    let nodes = topology?.value.entry("nodes")
    if let value = nodes?.value, value.isUnknown || !value.items.isEmpty { return }
    findings.add(
      TopologyNodesEmpty.self,
      at: nodes?.keyRange ?? topology?.keyRange ?? ByteRange(at: model.root.range.start),
      topology == nil
        ? "no topology: what uses \(newest(model)) needs at least one topology node"
        : "the topology has no nodes",
      path: "topology" + "nodes")
  }

  private static func newest(_ model: ModelView) -> String {
    let keys = ModelView.newestKeys.filter { model.root.entry($0) != nil }
    return keys.map { quoted($0.text) }.joined(separator: ", ")
  }
}
