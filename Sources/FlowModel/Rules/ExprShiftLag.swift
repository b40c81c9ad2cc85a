import Expressions
package import Source

/// The lag of SHIFT is not a whole number from 0 that is written out.
///
/// Range: the lag. Source: docs/reference/expressions.md, "Functions".
package enum ExprShiftLag: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-shift-lag")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    model.report(.shiftLag, as: ExprShiftLag.self, &findings)
  }
}
