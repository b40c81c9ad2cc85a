package import Source

/// Two topology nodes have one id.
///
/// Range: the later id. Related: the first, unless an alias brings both from one place.
/// Source: docs/reference/template.md, "Topology nodes".
package enum TopologyIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "topology-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.checkUnique(
      model.topologyNodes, model.topologyIDs, TopologyIDDuplicate.self, in: "topology" + "nodes",
      &findings)
  }
}
