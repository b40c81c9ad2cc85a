package import Source

/// `grid.bins` is missing or not a whole number from 1 to 10_000.
///
/// Range: the value, or the `grid` key where there is none. Source: docs/reference/model.md, "Keys".
package enum GridBinsRange: ModelRule {
  package static let code = DiagnosticCode(rawValue: "grid-bins-range")

  package static let range = 1...10_000

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    GridNumber.check("bins", range, "the number of bins", GridBinsRange.self, model, &findings)
  }
}
