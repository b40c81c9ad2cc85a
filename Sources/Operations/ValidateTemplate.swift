package import FlowModel
package import JSON
package import Source
package import Templates

/// Everything that is wrong with a template, or with values for it.
package enum ValidateTemplate {
  package struct Result: Sendable {
    package let template: TemplateDocument
    /// Effective values in declared order, as far as they are known.
    package let parameters: JSONObject
    package let diagnostics: [Diagnostic]

    package var isValid: Bool { !diagnostics.hasErrors }
  }

  /// - Parameter parameters: values to be checked as generation would; nil looks at the template by itself, where a
  ///   parameter may still be without a value.
  /// - Parameter mode: stands in for the template's own.
  /// - Parameter lint: weights of warnings.
  package static func run(
    _ choice: TemplateChoice, parameters: JSONObject?, mode: Mode? = nil,
    lint: LintSettings = LintSettings(), in snapshot: Snapshot,
    _ monitor: WorkMonitor = .unwatched
  ) throws(OperationFailure) -> Result {
    let template = try snapshot.template(choice, monitor)
    try monitor.begin(.checking)
    let rendering = template.render(
      parameters ?? JSONObject(), mode: mode, lint: lint,
      for: parameters == nil ? .inspection : .generation)
    try monitor.check()
    return Result(
      template: template, parameters: rendering.parameters, diagnostics: rendering.diagnostics)
  }
}
