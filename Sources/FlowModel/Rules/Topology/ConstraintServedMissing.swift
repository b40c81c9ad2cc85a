package import Source

/// A constraint does not say how much it lets through.
///
/// Range: the `served` key of an empty one, or the `semantics` key. A constraint without any semantics is
/// `constraint-arrivals-missing`. Source: docs/reference/template.md, "Constraints".
package enum ConstraintServedMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-served-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for constraint in Constraint.all(model) {
      guard case .mapping? = constraint.value["semantics"]?.content else { continue }
      constraint.check(
        "served", ConstraintServedMissing.self, "the capacity that is shared", &findings)
    }
  }
}
