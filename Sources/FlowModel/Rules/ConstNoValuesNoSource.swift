package import Source

/// A const node of the newest level has neither values nor a `source` that they come from.
///
/// Range: the `values` key, or the node's id. At the base level the rule is `const-values-missing`.
/// Source: docs/reference/template.md, "const".
package enum ConstNoValuesNoSource: ModelRule {
  package static let code = DiagnosticCode(rawValue: "const-no-values-no-source")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.level == .newest else { return }
    for node in model.consts {
      let values = node.value.entry("values")
      if let value = values?.value, value.isUnknown || !value.items.isEmpty { continue }
      if let source = node.value["source"], !source.isBlank { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        ConstNoValuesNoSource.self, at: values?.keyRange ?? node.placeOfMissing,
        "\(path) is const and needs values, one number a bin, or a source",
        path: path + "values")
    }
  }
}
