package import Source

/// An output names a node that does not exist.
///
/// Range: the name. Fix-it: the nearest node id. Source: docs/reference/model.md, "Keys".
package enum OutputUnknownNode: ModelRule {
  package static let code = DiagnosticCode(rawValue: "output-unknown-node")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.outputs {
      guard let series = node.value["series"], !series.isUnknown, !series.isBlank else { continue }
      let name = series.string ?? ""
      if name == "*" || model.nodeIDs.mayHave(ExactString(name)) { continue }
      let near = findings.isLong ? nil : model.nodeIDs.near(name)
      let path: DataPath = "outputs" + node.index
      findings.add(
        OutputUnknownNode.self, at: series.range,
        "no node \(series.string.map { quoted($0) } ?? series.described)"
          + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
        path: path + "series",
        fixIts: series.fixes(near))
    }
  }
}
