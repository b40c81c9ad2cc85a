package import Source

/// `generator` is blank or does not begin with `flowtime-sim`: the template is for another program.
///
/// Range: the value, or the key of an empty one. Fix-it: `flowtime-sim` where that is nearly written.
/// Source: docs/reference/template.md, "Level and spellings".
package enum GeneratorInvalid: ModelRule {
  package static let code = DiagnosticCode(rawValue: "generator-invalid")

  private static let name = "flowtime-sim"

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let entry = model.root.entry("generator"), !entry.value.isUnknown else { return }
    let value = entry.value
    if let text = value.string, ExactString(text).lowercased.text.utf8.starts(with: name.utf8) {
      return
    }
    let near = value.string.flatMap { Suggestion.only($0, among: [name]) }
    findings.add(
      GeneratorInvalid.self, at: value.isNull ? entry.keyRange : value.range,
      "generator must be \(name), not \(value.described)", path: "generator",
      fixIts: value.fixes(near))
  }
}
