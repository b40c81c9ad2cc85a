package import Source

/// An arrival is at something that is neither a node nor a topology node.
///
/// Range: the name. Fix-it: the nearest of both. Source: docs/reference/template.md, "Traffic".
package enum ArrivalNodeUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-node-unknown")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for arrival in Arrival.all(model) {
      guard let node = arrival.value["nodeId"], let name = node.string, !node.isBlank,
        !model.nodeIDs.mayHave(ExactString(name)), !model.topologyIDs.mayHave(ExactString(name))
      else { continue }
      let near = findings.isLong ? nil : model.topologyIDs.near(name) ?? model.nodeIDs.near(name)
      findings.addUnknown(
        ArrivalNodeUnknown.self, "node or topology node", name, at: node, near: near,
        path: arrival.path + "nodeId")
    }
  }
}
