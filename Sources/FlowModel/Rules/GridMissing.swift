package import Source

/// There is no `grid`.
///
/// Range: the start of the document. Source: docs/reference/model.md, "Keys".
package enum GridMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "grid-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let grid = model.root["grid"], !grid.isNull else {
      let range = model.root.entry("grid")?.keyRange ?? ByteRange(at: model.root.range.start)
      findings.add(
        GridMissing.self, at: range, "no grid: it needs 'bins', 'binSize' and 'binUnit'",
        path: "grid")
      return
    }
  }
}
