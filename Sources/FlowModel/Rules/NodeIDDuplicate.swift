package import Source

/// Two nodes have one id.
///
/// Range: the later id. Related: the first, unless an alias brings both from one place.
/// Source: docs/reference/model.md, "Keys".
package enum NodeIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.checkUnique(model.nodes, model.nodeIDs, NodeIDDuplicate.self, in: "nodes", &findings)
  }
}
