package import Source

/// The series that a router splits names no node.
///
/// Range: the name. Fix-it: the nearest node id. Source: docs/reference/template.md, "router".
package enum RouterQueueUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-queue-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.routers {
      guard let queue = node.value["inputs"]?["queue"] else { continue }
      model.checkNode(
        queue, RouterQueueUnknown.self, path: "nodes" + node.index + "inputs" + "queue", &findings)
    }
  }
}
