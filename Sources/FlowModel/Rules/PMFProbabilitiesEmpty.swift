package import Source

/// A pmf has no probabilities.
///
/// Range: the list, or the `pmf` key's value. Source: docs/reference/model.md, "Keys".
package enum PMFProbabilitiesEmpty: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-probabilities-empty")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      let list = pmf.entry("probabilities")
      if let value = list?.value, value.isUnknown || !value.items.isEmpty { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        PMFProbabilitiesEmpty.self, at: list?.keyRange ?? pmf.range,
        "the pmf of \(path) has no probabilities", path: path + "pmf" + "probabilities")
    }
  }
}
