package import Source

/// An edge has a lag. What is on its way is in no node then, and is lost from sight: a service in between shows it.
///
/// Range: the number. Source: docs/reference/template.md, "Edges".
package enum EdgeLagUsed: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edge-lag-used")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for edge in model.edges {
      guard let lag = edge.value["lag"], let number = lag.number, number.double != 0 else {
        continue
      }
      findings.add(
        EdgeLagUsed.self, at: lag.range,
        "a lag of \(number.spelling) hides what is on its way; put a service for the transit between the two",
        path: Edge.path(edge) + "lag")
    }
  }
}
