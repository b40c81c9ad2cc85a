package import Source

/// A pmf has no values.
///
/// Range: the list, or the `pmf` key's value. Source: docs/reference/model.md, "Keys".
package enum PMFValuesEmpty: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-values-empty")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      let list = pmf.entry("values")
      if let value = list?.value, value.isUnknown || !value.items.isEmpty { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        PMFValuesEmpty.self, at: list?.keyRange ?? pmf.range, "the pmf of \(path) has no values",
        path: path + "pmf" + "values")
    }
  }
}
