package import Source

/// A pmf node has no `pmf`.
///
/// Range: the `pmf` key, or the node's id. Source: docs/reference/model.md, "Keys".
package enum PMFMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      let pmf = node.value.entry("pmf")
      if let value = pmf?.value, !value.isNull { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        PMFMissing.self, at: pmf?.keyRange ?? node.value["id"]?.range ?? node.value.range,
        "\(path) is pmf and needs a pmf with values and probabilities", path: path + "pmf")
    }
  }
}
