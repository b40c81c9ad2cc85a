package import Source

/// A sink has a field of queues or of retries: everything ends there at once.
///
/// Range: the key. Related: the kind. Fix-it: remove the entry. Source: docs/reference/template.md, "Semantics".
package enum SinkForbiddenField: ModelRule {
  package static let code = DiagnosticCode(rawValue: "sink-forbidden-field")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    ForbiddenField.check(SinkForbiddenField.self, .sink, "is not for a sink", model, &findings)
  }
}
