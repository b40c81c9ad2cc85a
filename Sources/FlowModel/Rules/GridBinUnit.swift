package import Source

/// `grid.binUnit` is missing or not one of minutes, hours, days, weeks.
///
/// Range: the value, or the `grid` key where there is none. Fix-it: the nearest unit.
/// Source: docs/reference/model.md, "Keys".
package enum GridBinUnit: ModelRule {
  package static let code = DiagnosticCode(rawValue: "grid-bin-unit")

  package static let units = ["minutes", "hours", "days", "weeks"]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let grid = model.root.entry("grid"), case .mapping = grid.value.content else { return }
    let path: DataPath = "grid" + "binUnit"
    guard let unit = grid.value["binUnit"], !unit.isBlank else {
      findings.add(
        GridBinUnit.self, at: grid.value["binUnit"]?.range ?? grid.keyRange,
        "no binUnit: it is one of \(units.joined(separator: ", "))", path: path)
      return
    }
    if unit.isUnknown { return }
    if let text = unit.string, units.contains(where: { ExactString($0) == ExactString(text) }) {
      return
    }
    findings.addUnlisted(GridBinUnit.self, unit, known: units, path: path, "binUnit")
  }
}
