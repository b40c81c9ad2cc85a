package import Source

/// An edge lacks `from` or `to`.
///
/// Range: the key of an empty one, or the edge's first key. Source: docs/reference/template.md, "Edges".
package enum EdgeEndpointMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edge-endpoint-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for edge in model.edges {
      let missing = Edge.ends.filter { edge.value[$0].map { $0.isBlank } ?? true }
      guard let first = missing.first else { continue }
      let written = missing.lazy.compactMap { edge.value.entry($0)?.keyRange }.first
      findings.add(
        EdgeEndpointMissing.self,
        at: written ?? edge.value.entries.first?.keyRange ?? edge.value.range,
        "\(Edge.path(edge)) needs \(missing.map(\.text).joined(separator: " and ")), a topology node",
        path: Edge.path(edge) + first)
    }
  }
}
