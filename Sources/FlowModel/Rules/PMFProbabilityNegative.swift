package import Source

/// A probability is below 0.
///
/// Range: the number. Source: docs/reference/model.md, "Keys".
package enum PMFProbabilityNegative: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-probability-negative")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      for (index, item) in (pmf["probabilities"]?.items ?? []).enumerated() {
        guard let number = item.number, number.isNegative else { continue }
        let path: DataPath = "nodes" + node.index
        findings.add(
          PMFProbabilityNegative.self, at: item.range,
          "a probability is a number from 0 to 1, not \(number.spelling)",
          path: path + "pmf" + "probabilities" + index)
      }
    }
  }
}
