import FlowModel
package import Source

/// What a text is, told by its top-level keys, whatever else is wrong with it.
package enum DocumentKind: Hashable, Sendable {
  /// It has `metadata` or `parameters`, which a model has not.
  case template
  /// It has `provenance`, or says its `schemaVersion` and what is to be run.
  case model
  /// A provenance record that stands alone: it names a model and is none.
  case record

  /// - Returns: nil for a text that cannot be read, and for one that has the keys of none.
  /// Complexity: that of parsing the text.
  package init?(_ text: SourceText) {
    let document = ModelDocument(text, references: true)
    func has(_ key: String) -> Bool { document.has(ExactString(key)) }
    if has("model_id") || has("modelId"), !has("metadata"), !document.hasModelKey {
      self = .record
    } else if has("metadata") || has("parameters") {
      self = .template
    } else if has("provenance") || (has("schemaVersion") && has("grid") && has("nodes")) {
      self = .model
    } else {
      return nil
    }
  }
}
