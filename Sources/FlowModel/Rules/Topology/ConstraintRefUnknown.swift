package import Source

/// A topology node lists a constraint that does not exist. Case does not matter.
///
/// Range: the name. Fix-it: the nearest constraint. Source: docs/reference/template.md, "Constraints".
package enum ConstraintRefUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-ref-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let references = ConstraintReference.all(model)
    // Without any constraint there is another rule.
    guard !references.isEmpty, !model.constraints.isEmpty else { return }
    let known = ModelView.Names(of: model.constraints, in: model.root["topology"]?["constraints"])
    let lowercased = known.lowercased
    for reference in references {
      guard let name = reference.value.string, !reference.value.isBlank,
        !known.isIncomplete, !lowercased.contains(ExactString(name).lowercased)
      else { continue }
      findings.addUnknown(
        ConstraintRefUnknown.self, "constraint", name, at: reference.value,
        near: findings.isLong ? nil : known.near(name), path: reference.path)
    }
  }
}
