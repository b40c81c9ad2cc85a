package import Source

/// Two constraints have one id. Case does not matter.
///
/// Range: the later id. Related: the first. Source: docs/reference/template.md, "Constraints".
package enum ConstraintIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    var seen: [ExactString: ByteRange] = [:]
    for constraint in Constraint.all(model) {
      guard let id = constraint.value["id"], let text = id.string, !id.isBlank else { continue }
      let name = ExactString(text).lowercased
      if let first = seen[name] {
        findings.add(
          ConstraintIDDuplicate.self, at: id.range, "the id \(quoted(text)) is taken",
          path: constraint.path + "id", related: [Related(first, "first used here")])
      } else {
        seen[name] = id.range
      }
    }
  }
}
