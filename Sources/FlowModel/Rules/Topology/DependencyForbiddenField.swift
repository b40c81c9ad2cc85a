package import Source

/// A dependency has a field of queues or of retries: it is only called, and what it does inside is not modelled.
///
/// Range: the key. Related: the kind. Fix-it: remove the entry. Source: docs/reference/template.md, "Semantics".
package enum DependencyForbiddenField: ModelRule {
  package static let code = DiagnosticCode(rawValue: "dependency-forbidden-field")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    ForbiddenField.check(
      DependencyForbiddenField.self, .dependency, "is not for a dependency", model, &findings)
  }
}
