import FlowModel
package import Source

/// An output in the old spelling (`source`) has no `id`. The present spelling (`series`) needs none.
///
/// Range: the output, or the empty value. Source: docs/reference/template.md, "Outputs".
package enum OutputIDMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "output-id-missing")

  /// - Parameter body: as it is spelled by its author.
  static func check(_ body: DataNode, _ findings: inout Findings) {
    for (index, item) in (body["outputs"]?.items ?? []).enumerated()
    where item.entry("source") != nil && item.entry("series") == nil {
      if let id = item["id"], !id.isBlank { continue }
      findings.add(
        OutputIDMissing.self, at: item["id"]?.range ?? item.entries.first?.keyRange ?? item.range,
        "outputs[\(index)] has no id", path: "outputs" + index + "id")
    }
  }
}
