package import Source

/// Two topology nodes have one id.
///
/// Range: the later id. Related: the first. Source: docs/reference/template.md, "Topology nodes".
package enum TopologyIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "topology-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.topologyIDs.hasDuplicates else { return }
    for node in model.topology {
      guard let id = node.value["id"], let text = id.string, !id.isBlank,
        let first = model.topologyIDs[ExactString(text)], first != id.range
      else { continue }
      findings.add(
        TopologyIDDuplicate.self, at: id.range, "the id \(quoted(text)) is taken",
        path: node.path + "id", related: [Related(first, "first used here")])
    }
  }
}
