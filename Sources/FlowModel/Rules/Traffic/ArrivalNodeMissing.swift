package import Source

/// An arrival does not say where it arrives.
///
/// Range: the `nodeId` key of an empty one, or the arrival's first key. Source: docs/reference/template.md, "Traffic".
package enum ArrivalNodeMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-node-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for arrival in Arrival.all(model) {
      let node = arrival.value.entry("nodeId")
      if let value = node?.value, !value.isBlank { continue }
      findings.add(
        ArrivalNodeMissing.self, at: node?.keyRange ?? arrival.placeOfMissing,
        "\(arrival.path) has no nodeId, the node at which it arrives", path: arrival.path + "nodeId"
      )
    }
  }
}
