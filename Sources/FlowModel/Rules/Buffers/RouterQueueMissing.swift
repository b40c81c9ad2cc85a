package import Source

/// A router does not say which series it splits.
///
/// Range: the `queue` key of an empty one, the `inputs` key, or the node's id.
/// Source: docs/reference/template.md, "router".
package enum RouterQueueMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "router-queue-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.routers {
      let inputs = node.value.entry("inputs")
      if inputs?.value.isUnknown == true { continue }
      let queue = inputs?.value.entry("queue")
      if let value = queue?.value, !value.isBlank { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        RouterQueueMissing.self, at: queue?.keyRange ?? inputs?.keyRange ?? node.placeOfMissing,
        "\(path) is a router and needs inputs.queue, the series it splits",
        path: path + "inputs" + "queue")
    }
  }
}
