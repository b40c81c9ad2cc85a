package import Source

/// `parallelism` names no node.
///
/// Range: the reference. Fix-it: the nearest node id. Source: docs/reference/template.md, "Semantics".
package enum ParallelismUnknownSeries: ModelRule {
  package static let code = DiagnosticCode(rawValue: "parallelism-unknown-series")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked(), kind == .serviceWithBuffer,
        let value = semantics[.parallelism]?.value
      else { continue }
      model.checkSeries(
        value, ParallelismUnknownSeries.self, path: node.path + "semantics" + "parallelism",
        &findings)
    }
  }
}
