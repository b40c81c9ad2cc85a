package import Source

/// `grid.binSize` is missing or not a whole number from 1 to 1_000.
///
/// Range: the value, or the `grid` key where there is none. Source: docs/reference/model.md, "Keys".
package enum GridBinSizeRange: ModelRule {
  package static let code = DiagnosticCode(rawValue: "grid-bin-size-range")

  package static let range = 1...1_000

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    GridNumber.check("binSize", range, "the size of a bin", GridBinSizeRange.self, model, &findings)
  }
}
