package import Source

/// A topology node lists a constraint without a name.
///
/// Range: the empty text. Source: docs/reference/template.md, "Constraints".
package enum ConstraintRefEmpty: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-ref-empty")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for reference in ConstraintReference.all(model) where reference.value.isBlank {
      findings.add(
        ConstraintRefEmpty.self, at: reference.value.range, "the name of a constraint is empty",
        path: reference.path)
    }
  }
}
