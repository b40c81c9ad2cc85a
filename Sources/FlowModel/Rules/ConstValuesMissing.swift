package import Source

/// A const node has no values.
///
/// Range: the `values` key, or the node's id. Source: docs/reference/model.md, "Keys".
package enum ConstValuesMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "const-values-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.nodes {
      let path: DataPath = "nodes" + node.index
      guard node.kind == .const else { continue }
      let values = node.value.entry("values")
      if let value = values?.value, value.isUnknown || !value.items.isEmpty { continue }
      findings.add(
        ConstValuesMissing.self,
        at: values?.keyRange ?? node.value["id"]?.range ?? node.value.range,
        "\(path) is const and needs values: one number a bin", path: path + "values")
    }
  }
}
