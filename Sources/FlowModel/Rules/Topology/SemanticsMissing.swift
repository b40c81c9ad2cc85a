package import Source

/// A topology node does not say which series it stands for.
///
/// Range: the `semantics` key of an empty one, or the node's id. Source: docs/reference/template.md, "Semantics".
package enum SemanticsMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "semantics-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology where node.semantics == nil {
      let entry = node.value.entry("semantics")
      if let value = entry?.value, !value.isNull { continue }
      findings.add(
        SemanticsMissing.self, at: entry?.keyRange ?? node.placeOfMissing,
        "\(node.path) has no semantics: the series it stands for", path: node.path + "semantics")
    }
  }
}
