package import Source

/// A node has no `kind`.
///
/// Range: the node's id, or the empty value. Source: docs/reference/model.md, "Keys".
package enum NodeKindMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-kind-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.nodes where node.kind == nil {
      if let kind = node.value["kind"], !kind.isBlank { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        NodeKindMissing.self,
        at: node.value["kind"]?.range ?? node.value["id"]?.range ?? node.value.range,
        "\(path) has no kind: it is one of \(NodeKindUnknown.kinds)", path: path + "kind")
    }
  }
}
