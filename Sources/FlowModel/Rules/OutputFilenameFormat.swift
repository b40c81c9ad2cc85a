package import Source

/// An output's file name is not letters, digits, `_` and `-` with `.csv` or `.txt` at the end.
///
/// Range: the name. Source: docs/reference/model.md, "Keys".
package enum OutputFilenameFormat: ModelRule {
  package static let code = DiagnosticCode(rawValue: "output-filename-format")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.outputs {
      guard let file = node.value["as"], !file.isNull, !file.isUnknown else { continue }
      if let text = file.string, isValid(text) { continue }
      let path: DataPath = "outputs" + node.index
      findings.add(
        OutputFilenameFormat.self, at: file.range,
        "a file name is letters, digits, '_' or '-' and then .csv or .txt, unlike \(file.described)",
        path: path + "as")
    }
  }

  private static func isValid(_ name: String) -> Bool {
    guard name.hasSuffix(".csv") || name.hasSuffix(".txt") else { return false }
    let stem = name.utf8.dropLast(4)
    return !stem.isEmpty && stem.allSatisfy { Identifier.isPart($0) || $0 == 0x2D }
  }
}
