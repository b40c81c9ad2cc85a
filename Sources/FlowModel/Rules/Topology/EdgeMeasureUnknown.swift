package import Source

/// What an edge carries is none of `served`, `attempts`, `errors`, `failures`, `exhaustedFailures`, `load`.
///
/// Range: the measure. Fix-it: the nearest measure. Source: docs/reference/template.md, "Edges".
package enum EdgeMeasureUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "edge-measure-unknown")

  package static let measures = [
    "served", "attempts", "errors", "failures", "exhaustedFailures", "load",
  ]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    Edge.check("measure", EdgeMeasureUnknown.self, known: measures, model, &findings)
  }
}
