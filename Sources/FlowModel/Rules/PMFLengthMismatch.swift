package import Source

/// A pmf has not one probability a value.
///
/// Range: the probabilities. Related: the values. Source: docs/reference/model.md, "Keys".
package enum PMFLengthMismatch: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-length-mismatch")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      guard let values = pmf["values"], let probabilities = pmf["probabilities"],
        !values.items.isEmpty,
        !probabilities.items.isEmpty, values.items.count != probabilities.items.count
      else { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        PMFLengthMismatch.self, at: probabilities.range,
        "\(counted(probabilities.items.count, "probability", "probabilities")) for "
          + counted(values.items.count, "value"),
        path: path + "pmf", related: [Related(values.range, "the values")])
    }
  }
}
