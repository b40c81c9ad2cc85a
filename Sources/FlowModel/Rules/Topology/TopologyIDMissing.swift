package import Source

/// A topology node has no `id`.
///
/// Range: the empty value, or the node's first key. Source: docs/reference/template.md, "Topology nodes".
package enum TopologyIDMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "topology-id-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      if let id = node.value["id"], !id.isBlank { continue }
      findings.add(
        TopologyIDMissing.self, at: node.value["id"]?.range ?? node.placeOfMissing,
        "\(node.path) has no id", path: node.path + "id")
    }
  }
}
