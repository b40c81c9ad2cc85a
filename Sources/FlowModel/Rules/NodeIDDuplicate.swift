package import Source

/// Two nodes have one id.
///
/// Range: the later id. Related: the first. Source: docs/reference/model.md, "Keys".
package enum NodeIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.nodeIDs.hasDuplicates else { return }
    for node in model.nodes {
      guard let id = node.value["id"], let text = id.string, !id.isBlank,
        let first = model.nodeIDs[ExactString(text)], first != id.range
      else { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        NodeIDDuplicate.self, at: id.range, "the id \(quoted(text)) is taken", path: path + "id",
        related: [Related(first, "first used here")])
    }
  }
}
