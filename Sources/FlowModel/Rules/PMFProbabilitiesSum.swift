package import Source

/// Probabilities do not add up to 1 within 1e-6. They are never rescaled in silence.
///
/// Range: the list. Source: docs/reference/model.md, "Keys".
package enum PMFProbabilitiesSum: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-probabilities-sum")

  static let tolerance = 1e-6

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.nodes {
      let path: DataPath = "nodes" + node.index
      guard node.kind == .pmf, let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      guard let list = pmf["probabilities"], !list.items.isEmpty else { continue }
      // A list that is too short is blamed for that alone.
      if let values = pmf["values"], values.items.count != list.items.count { continue }
      let numbers = list.items.compactMap(\.number)
      // A probability that is broken or out of range is blamed by its own rule.
      guard numbers.count == list.items.count,
        numbers.allSatisfy({ $0.double >= 0 && $0.double <= 1 })
      else {
        continue
      }
      let sum = numbers.reduce(0) { $0 + $1.double }
      guard abs(sum - 1) > tolerance else { continue }
      findings.add(
        PMFProbabilitiesSum.self, at: list.range, "the probabilities add up to \(sum), not to 1",
        path: path + "pmf" + "probabilities")
    }
  }
}
