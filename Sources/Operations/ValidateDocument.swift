import JSON
package import Source
import Templates

/// Everything that is wrong with a text that somebody writes: a template, or a model if that is what it looks like.
package enum ValidateDocument {
  package static func run(_ text: SourceText) -> [Diagnostic] {
    DocumentKind(text) == .model
      ? ValidateModel.run(text) : TemplateDocument(text).render([:], for: .inspection).diagnostics
  }

  /// - Throws: ``OperationFailure/stopped``.
  package static func run(
    _ text: SourceText, _ monitor: WorkMonitor
  ) throws(OperationFailure) -> [Diagnostic] {
    if DocumentKind(text) == .model { return try ValidateModel.run(text, monitor) }
    try monitor.begin(.readingTemplate)
    let template = TemplateDocument(text)
    try monitor.begin(.checking)
    let diagnostics = template.render([:], for: .inspection).diagnostics
    try monitor.check()
    return diagnostics
  }
}
