package import Source

/// A constraint has no `id`.
///
/// Range: the empty value, or the constraint's first key. Source: docs/reference/template.md, "Constraints".
package enum ConstraintIDMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-id-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for constraint in Constraint.all(model) {
      if let id = constraint.value["id"], !id.isBlank { continue }
      findings.add(
        ConstraintIDMissing.self,
        at: constraint.value["id"]?.range ?? constraint.placeOfMissing,
        "\(constraint.path) has no id", path: constraint.path + "id")
    }
  }
}
