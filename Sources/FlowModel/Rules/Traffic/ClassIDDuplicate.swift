package import Source

/// Two classes have one id.
///
/// Range: the later id. Related: the first. Source: docs/reference/template.md, "Classes".
package enum ClassIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "class-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for item in model.classes {
      guard let id = item.value["id"], let text = id.string, !id.isBlank,
        let first = model.classIDs[ExactString(text)], first != id.range
      else { continue }
      findings.add(
        ClassIDDuplicate.self, at: id.range, "the id \(quoted(text)) is taken",
        path: "classes" + item.index + "id", related: [Related(first, "first used here")])
    }
  }
}
