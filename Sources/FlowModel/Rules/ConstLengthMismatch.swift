package import Source

/// A const node has not one value a bin.
///
/// Range: the list. Related: `grid.bins`. An array parameter of the wrong length is `array-length-grid`.
/// Source: docs/reference/model.md, "Keys".
package enum ConstLengthMismatch: ModelRule {
  package static let code = DiagnosticCode(rawValue: "const-length-mismatch")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.consts {
      guard let values = node.value["values"], !values.items.isEmpty,
        values.wholeCause == nil,
        let bins = model.bins, values.items.count != bins
      else { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        ConstLengthMismatch.self, at: values.range,
        "\(counted(values.items.count, "value")) for \(counted(bins, "bin"))",
        path: path + "values",
        related: model.root["grid"]?["bins"].map { [Related($0.range, "the number of bins")] } ?? []
      )
    }
  }
}
