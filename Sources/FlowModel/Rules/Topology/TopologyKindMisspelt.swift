package import Source

/// A topology node's kind is nearly one that has a meaning. Other kinds are allowed, and mean nothing to generation: no
/// queue is made for a `Queue`. An error where something names the queue that would be made.
///
/// Range: the kind. Fix-it: the kind that is meant. Source: docs/reference/template.md, "Topology nodes".
package enum TopologyKindMisspelt: ModelRule {
  package static let code = DiagnosticCode(rawValue: "topology-kind-misspelt")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard case .misspelt(let meant)? = node.kind.reading, let kind = node.value["kind"] else {
        continue
      }
      findings.add(
        TopologyKindMisspelt.self, at: kind.range,
        "the kind \(quoted(kind.string ?? "")) has no meaning; did you mean \(quoted(meant.rawValue))?",
        path: node.path + "kind", fixIts: kind.fixes(meant.rawValue))
    }
  }
}
