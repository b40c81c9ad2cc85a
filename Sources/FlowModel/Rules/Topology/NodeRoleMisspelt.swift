package import Source

/// A topology node's role is nearly `sink`, the only one that has a meaning. Other roles are allowed, for people.
///
/// Range: the role. Fix-it: `sink`. Source: docs/reference/template.md, "Topology nodes".
package enum NodeRoleMisspelt: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-role-misspelt")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let role = node.value["nodeRole"], let text = role.string,
        case .misspelt(.sink) = TopologyKind.Reading(text)
      else { continue }
      findings.add(
        NodeRoleMisspelt.self, at: role.range,
        "the role \(quoted(text)) has no meaning; did you mean 'sink'?",
        path: node.path + "nodeRole", fixIts: role.fixes(TopologyKind.sink.rawValue))
    }
  }
}
