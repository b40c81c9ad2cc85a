package import Source

/// A node has no `id`.
///
/// Range: the node, or the empty value. Source: docs/reference/model.md, "Keys".
package enum NodeIDMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-id-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.nodeIDs.isIncomplete else { return }
    for node in model.nodes {
      if let id = node.value["id"], !id.isBlank { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        NodeIDMissing.self,
        at: node.value["id"]?.range ?? node.value.entries.first?.keyRange ?? node.value.range,
        "\(path) has no id", path: path + "id")
    }
  }
}
