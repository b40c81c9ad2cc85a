package import Source

/// A constraint does not say which demand it limits.
///
/// Range: the `arrivals` key of an empty one, the `semantics` key, or the constraint's id.
/// Source: docs/reference/template.md, "Constraints".
package enum ConstraintArrivalsMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-arrivals-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for constraint in Constraint.all(model) {
      constraint.check(
        "arrivals", ConstraintArrivalsMissing.self, "the demand it limits", &findings)
    }
  }
}
