package import Source

/// Two constraints have one id. Case does not matter.
///
/// Range: the later id. Related: the first, unless an alias brings both from one place.
/// Source: docs/reference/template.md, "Constraints".
package enum ConstraintIDDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-id-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    var seen: [ExactString: ByteRange] = [:]
    for constraint in Constraint.all(model) {
      guard let id = constraint.value["id"], let text = id.string, !id.isBlank else { continue }
      let name = ExactString(text).lowercased
      if let first = seen[name] {
        let isAlias = first == id.range
        findings.add(
          ConstraintIDDuplicate.self, at: id.range, Findings.taken(text, isAlias: isAlias),
          path: constraint.path + "id",
          related: isAlias ? [] : [Related(first, "first used here")])
      } else {
        seen[name] = id.range
      }
    }
  }
}
