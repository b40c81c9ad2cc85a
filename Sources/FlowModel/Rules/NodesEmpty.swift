package import Source

/// There are no nodes.
///
/// Range: the `nodes` key, or the start of the document. Source: docs/reference/model.md, "Keys".
package enum NodesEmpty: ModelRule {
  package static let code = DiagnosticCode(rawValue: "nodes-empty")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let nodes = model.root.entry("nodes")
    if let value = nodes?.value, value.isUnknown || !value.items.isEmpty { return }
    findings.add(
      NodesEmpty.self, at: nodes?.keyRange ?? ByteRange(at: model.root.range.start),
      "no nodes: a model needs at least one", path: "nodes")
  }
}
