package import Source

/// A topology node has no `kind`.
///
/// Range: the empty value, or the node's id. Source: docs/reference/template.md, "Topology nodes".
package enum TopologyKindMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "topology-kind-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      if let kind = node.value["kind"], !kind.isBlank { continue }
      findings.add(
        TopologyKindMissing.self, at: node.value["kind"]?.range ?? node.placeOfMissing,
        "\(node.path) has no kind, such as \(alternatives(TopologyKind.allCases.map(\.rawValue)))",
        path: node.path + "kind")
    }
  }
}
