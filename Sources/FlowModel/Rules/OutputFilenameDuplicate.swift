package import Source

/// Two outputs write one file.
///
/// Range: the later name. Related: the first. Source: docs/reference/model.md, "Keys".
package enum OutputFilenameDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "output-filename-duplicate")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    var seen: [ExactString: ByteRange] = [:]
    seen.reserveCapacity(model.outputs.count)
    for output in model.outputs {
      guard let file = output.value["as"], let name = file.string.map({ ExactString($0) }) else {
        continue
      }
      if let first = seen[name] {
        findings.add(
          OutputFilenameDuplicate.self, at: file.range,
          "the file \(quoted(name.text)) is written twice",
          path: "outputs" + output.index + "as", related: [Related(first, "first written here")])
      } else {
        seen[name] = file.range
      }
    }
  }
}
