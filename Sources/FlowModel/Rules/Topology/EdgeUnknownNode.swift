package import Source

/// An edge begins or ends at a topology node that does not exist. What follows a `:` is a port and not looked at.
///
/// Range: the name with its port. Fix-it: the nearest topology node. Source: docs/reference/template.md, "Edges".
package enum EdgeUnknownNode: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edge-unknown-node")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for edge in model.edges {
      for end in Edge.ends {
        guard let value = edge.value[end], let text = value.string, !value.isBlank else { continue }
        let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
        let name = String(text[..<colon])
        if model.topologyIDs.mayHave(ExactString(name)) { continue }
        let near = findings.isLong ? nil : model.topologyIDs.near(name)
        findings.addUnknown(
          EdgeUnknownNode.self, "topology node", name, at: value, near: near,
          replacement: near.map { $0 + text[colon...] }, path: Edge.path(edge) + end)
      }
    }
  }
}
