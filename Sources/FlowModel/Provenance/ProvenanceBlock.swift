package import JSON
package import Source
import YAML

/// The `provenance` block inside a model's text.
///
/// Putting it in and taking it out are inverse to one another, and every other byte stays as it was: comments, line
/// breaks of either kind, byte order mark, a missing final newline, a root in flow style.
package enum ProvenanceBlock {
  /// Why a text takes no block, or gives none.
  package enum Failure: Error, Hashable, Sendable {
    /// The text is no model: broken YAML, no mapping, no `schemaVersion`.
    case model([Diagnostic])
    /// The text has a block already; `range` is its key.
    case exists(ByteRange)
    /// A number in the record cannot be written exactly.
    case record(message: String)
  }

  /// Writes a record after `schemaVersion`.
  ///
  /// - Parameter replacing: whether a block that is there gives way; otherwise it is a failure.
  package static func embed(
    _ record: JSONObject, in text: SourceText, replacing: Bool = false
  ) throws(Failure) -> SourceText {
    let value: DataNode
    do throws(Number.Problem) {
      value = try DataNode(json: .object(record))
    } catch {
      throw .record(
        message:
          "a number in the record is \(error == .notFinite ? "not finite" : "beyond ±2^53 - 1")")
    }
    var document = try document(text)
    if let present = document.find("provenance"), let root = document.root {
      guard replacing else { throw .exists(present.entry.key.range) }
      document = try self.document(try removing(present, of: root, from: document))
    }
    guard let root = document.root else { throw .model(document.findings.sorted) }
    guard let version = document.find("schemaVersion") else {
      throw .model([
        Diagnostic(
          SchemaVersionMissing.code, at: ByteRange(at: root.range.start),
          "the model has no 'schemaVersion', after which provenance stands", path: "schemaVersion")
      ])
    }
    let edit = document.tree.insertion(ofKey: "provenance", after: version.index, in: root) {
      $0.write(value)
    }
    guard let embedded = document.tree.text.applying([edit]) else {
      throw .model(document.findings.sorted)
    }
    return embedded
  }

  /// A model without its block, and the record that was in it.
  package struct Extraction: Hashable, Sendable {
    /// nil where the model has none.
    package let record: JSONObject?
    package let model: SourceText
    /// What is wrong with the record: it is handed out as it stands.
    package let diagnostics: [Diagnostic]
  }

  package static func extract(from text: SourceText) throws(Failure) -> Extraction {
    try extract(from: try document(text))
  }

  /// Out of a model that was read already.
  package static func extract(from document: ModelDocument) throws(Failure) -> Extraction {
    let text = document.tree.text
    guard let root = document.root, let present = document.find("provenance") else {
      return Extraction(record: nil, model: text, diagnostics: [])
    }
    let entry = present.entry
    var reader = DataReader(meaning: CoreMeaning())
    let value = reader.read(entry.value, at: "provenance")
    guard !reader.findings.hasErrors else { throw .model(reader.findings.sorted) }
    guard case .object(let record)? = value.json else {
      throw .model([
        Diagnostic(
          ProvenanceMalformed.code, at: value.isNull ? entry.key.range : value.range,
          "provenance must be a mapping, not \(value.described)", path: "provenance")
      ])
    }
    let model = try removing(present, of: root, from: document)
    let diagnostics = Provenance.problems(in: record).map { problem in
      let place = problem.field.flatMap { value[ExactString($0)]?.range } ?? entry.key.range
      return Diagnostic(
        ProvenanceMalformed.code, .warning, at: place, problem.message, path: "provenance")
    }
    return Extraction(record: record, model: model, diagnostics: diagnostics)
  }

  /// The text without a block. What the rest of the model refers to cannot be taken out.
  private static func removing(
    _ present: (index: Int, entry: YAMLEntry), of root: YAMLNode, from document: ModelDocument
  ) throws(Failure) -> SourceText {
    let removal = document.tree.removal(ofEntry: present.index, in: root)
    guard let bare = document.tree.text.applying([removal]) else {
      throw .model(document.findings.sorted)
    }
    if document.tree.hasAliases,
      YAMLTree(parsing: bare).diagnostics.contains(where: { $0.code == .yamlAliasUndefined })
    {
      throw .model([
        Diagnostic(
          ProvenanceMalformed.code, at: present.entry.key.range,
          "provenance cannot be taken out: the model uses an anchor that stands in it",
          path: "provenance")
      ])
    }
    return bare
  }

  private static func document(_ text: SourceText) throws(Failure) -> ModelDocument {
    let document = ModelDocument(text)
    if document.root == nil || document.findings.hasErrors {
      throw .model(document.findings.sorted)
    }
    return document
  }
}
