package import Source

/// A const node has no values.
///
/// Range: the `values` key, or the node's id. At the newest level the rule is `const-no-values-no-source`.
/// Source: docs/reference/model.md, "Keys".
package enum ConstValuesMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "const-values-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.level == .base else { return }
    for node in model.consts {
      let values = node.value.entry("values")
      if let value = values?.value, value.isUnknown || !value.items.isEmpty { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        ConstValuesMissing.self,
        at: values?.keyRange ?? node.value["id"]?.range ?? node.value.range,
        "\(path) is const and needs values: one number a bin", path: path + "values")
    }
  }
}
