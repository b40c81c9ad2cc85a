package import Source

/// An output's file name is not letters, digits, `_` and `-` with `.csv` or `.txt` at the end, or is missing.
///
/// Range: the name, or the series where there is none. Source: docs/reference/model.md, "Outputs".
package enum OutputFilenameFormat: ModelRule {
  package static let code = DiagnosticCode(rawValue: "output-filename-format")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.outputs {
      let path: DataPath = "outputs" + node.index
      guard let file = node.value["as"], !file.isNull else {
        // Templates have always been free to leave it out; a model has not.
        guard model.origin == .model, let series = node.value["series"] else { continue }
        findings.add(
          OutputFilenameFormat.self, at: series.range,
          "\(path) has no 'as': a file name such as 'orders.csv'",
          path: path + "as")
        continue
      }
      if file.isUnknown { continue }
      if let text = file.string, isValid(text) { continue }
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
