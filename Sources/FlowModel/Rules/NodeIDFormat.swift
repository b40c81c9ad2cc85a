package import Source

/// A node's id is not an identifier, so that no expression can name it.
///
/// Range: the id. Source: docs/reference/model.md, "Keys".
package enum NodeIDFormat: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-id-format")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.nodeIDs.hasInvalid else { return }
    for node in model.nodes {
      guard let id = node.value["id"], !id.isUnknown, !id.isBlank else { continue }
      if let text = id.string, Identifier.isValid(text) { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        NodeIDFormat.self, at: id.range,
        "a node's id must begin with a letter or '_' and go on with letters, digits or '_', unlike \(id.described)",
        path: path + "id")
    }
  }
}
