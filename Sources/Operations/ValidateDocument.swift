import FlowModel
import JSON
package import Source
import Templates

/// Everything that is wrong with a text that somebody writes: a template, or a model if that is what it looks like.
package enum ValidateDocument {
  package static func run(_ text: SourceText) -> [Diagnostic] {
    isModel(text)
      ? ValidateModel.run(text) : TemplateDocument(text).render([:], for: .inspection).diagnostics
  }

  /// A model says its `schemaVersion` and what is to be run, and has nothing of what only templates have.
  package static func isModel(_ text: SourceText) -> Bool {
    let document = ModelDocument(text, references: true)
    if document.has("metadata") || document.has("parameters") { return false }
    if document.has("provenance") { return true }
    return document.has("schemaVersion") && document.has("grid") && document.has("nodes")
  }
}
