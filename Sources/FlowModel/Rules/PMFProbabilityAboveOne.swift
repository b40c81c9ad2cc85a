package import Source

/// A probability is above 1.
///
/// Range: the number. Source: docs/reference/model.md, "Keys".
package enum PMFProbabilityAboveOne: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-probability-above-one")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      for (index, item) in (pmf["probabilities"]?.items ?? []).enumerated() {
        guard let number = item.number, number.double > 1 else { continue }
        let path: DataPath = "nodes" + node.index
        findings.add(
          PMFProbabilityAboveOne.self, at: item.range,
          "a probability is a number from 0 to 1, not \(number.spelling)",
          path: path + "pmf" + "probabilities" + index)
      }
    }
  }
}
