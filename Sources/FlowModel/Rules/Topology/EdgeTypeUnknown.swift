package import Source

/// An edge's type is none of `throughput`, `effort`, `terminal`, `dependency`.
///
/// Range: the type. Fix-it: the nearest type. Source: docs/reference/template.md, "Edges".
package enum EdgeTypeUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edge-type-unknown")

  package static let types = ["throughput", "effort", "terminal", "dependency"]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    Edge.check("type", EdgeTypeUnknown.self, known: types, model, &findings)
  }
}
