package import Source

/// `parallelism` is neither a number from 1 nor a series.
///
/// Range: the value. Source: docs/reference/template.md, "Semantics".
package enum ParallelismRange: ModelRule {
  package static let code = DiagnosticCode(rawValue: "parallelism-range")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked(), kind == .serviceWithBuffer,
        let value = semantics[.parallelism]?.value, !value.isUnknown, !value.isBlank,
        value.string == nil
      else { continue }
      if let number = value.number, number.double >= 1 { continue }
      findings.add(
        ParallelismRange.self, at: value.range,
        "parallelism is a number from 1 or a series, not \(value.described)",
        path: node.path + "semantics" + "parallelism")
    }
  }
}
