package import Source

/// A serviceWithBuffer node lacks `inflow` or `outflow`, between which it keeps its queue.
///
/// Range: the key of an empty one, or the node's id. Source: docs/reference/template.md, "serviceWithBuffer".
package enum BufferFlowMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "buffer-flow-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.buffers {
      let missing: [ExactString] = ["inflow", "outflow"].filter {
        node.value[$0].map { $0.isBlank } ?? true
      }
      guard let first = missing.first else { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        BufferFlowMissing.self, at: node.value.entry(first)?.keyRange ?? node.placeOfMissing,
        "\(path) is serviceWithBuffer and needs \(missing.map(\.text).joined(separator: " and "))",
        path: path + first)
    }
  }
}
