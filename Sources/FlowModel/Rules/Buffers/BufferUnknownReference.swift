package import Source

/// `inflow`, `outflow` or `loss` of a serviceWithBuffer node names no node.
///
/// Range: the name. Fix-it: the nearest node id. Source: docs/reference/template.md, "serviceWithBuffer".
package enum BufferUnknownReference: ModelRule {
  package static let code = DiagnosticCode(rawValue: "buffer-unknown-reference")

  private static let keys: [ExactString] = ["inflow", "outflow", "loss"]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.buffers {
      for key in keys {
        guard let value = node.value[key] else { continue }
        model.checkNode(
          value, BufferUnknownReference.self, path: "nodes" + node.index + key, &findings)
      }
    }
  }
}
