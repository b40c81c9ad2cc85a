package import Source

/// An output names no series.
///
/// Range: the output, or the empty value. Source: docs/reference/model.md, "Keys".
package enum OutputSourceMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "output-source-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.outputs {
      if let series = node.value["series"], !series.isBlank { continue }
      let path: DataPath = "outputs" + node.index
      findings.add(
        OutputSourceMissing.self, at: node.value["series"]?.range ?? node.value.range,
        "\(path) names no series", path: path + "series")
    }
  }
}
