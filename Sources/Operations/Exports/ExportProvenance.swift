import FlowModel
package import JSON
package import Source
import Templates

/// A record in, with or without its model and template; a document of an outside format out.
///
/// Source: docs/reference/exports.md.
package enum ExportProvenance {
  package enum Format: String, CaseIterable, Sendable {
    case inToto = "in-toto"
    case slsa
    case prov
    case roCrate = "ro-crate"
    case openLineage = "openlineage"

    package var mediaType: String {
      switch self {
      case .inToto: "application/vnd.in-toto+json"
      case .slsa, .prov: "application/json"
      case .roCrate: "application/ld+json"
      case .openLineage: "application/x-ndjson"
      }
    }
  }

  package struct Request: Sendable {
    package var format: Format
    /// In either spelling, of any producer.
    package var record: RecordInput
    package var model: SourceText?
    package var template: TemplateChoice?
    /// Who made the model, as a URI; nil for the program that the record names.
    package var builder: String?

    package init(
      format: Format, record: RecordInput, model: SourceText?, template: TemplateChoice? = nil,
      builder: String? = nil
    ) {
      self.format = format
      self.record = record
      self.model = model
      self.template = template
      self.builder = builder
    }
  }

  /// A file that a document speaks of and that must stand beside it.
  package struct File: Hashable, Sendable {
    package let path: String
    package let text: SourceText
  }

  package struct Result: Sendable {
    /// An array where the format is lines of JSON.
    package let document: JSONValue
    /// Empty but for an RO-Crate.
    package let files: [File]
    /// What the document cannot say or does not show, a sentence each.
    package let notes: [String]
  }

  /// Nothing is said of a model or a template that the record contradicts: with another `model_hash` or `template_hash`
  /// there is no document.
  package static func run(
    _ request: Request, in snapshot: Snapshot
  ) throws(OperationFailure) -> Result {
    let (record, model) = try subject(of: request)
    var notes: [String] = []
    if let model { try check(model, against: record, &notes) }
    var template: SourceText?
    if let choice = request.template {
      let document = try snapshot.template(choice)
      template = document.text
      try check(document.hash, id: document.metadata.id, against: record, &notes)
    }
    let exported = ExportedRecord(
      record, model: model, template: template, builder: request.builder)
    notes += exported.notes
    switch request.format {
    case .inToto:
      guard model != nil else {
        throw .provenanceInvalid([
          "an in-toto statement is about the bytes of a model, and there is only its record"
        ])
      }
      return Result(document: InTotoStatement.json(of: exported), files: [], notes: notes)
    case .slsa:
      return Result(document: InTotoStatement.predicate(of: exported), files: [], notes: notes)
    case .prov:
      return Result(document: ProvDocument.json(of: exported), files: [], notes: notes)
    case .roCrate:
      let crate = try ResearchCrate(exported)
      return Result(document: crate.metadata, files: crate.files, notes: notes)
    case .openLineage:
      return Result(
        document: .array(try LineageEvents.json(of: exported)), files: [], notes: notes)
    }
  }

  /// The record, and the model without one.
  private static func subject(
    of request: Request
  ) throws(OperationFailure) -> (record: RecordClaim, model: SourceText?) {
    let extraction = try request.model.map { text throws(OperationFailure) in
      try ExtractProvenance.run(text)
    }
    guard !request.record.isSeparate, let text = request.model, let extraction else {
      return (try claim(request.record), extraction?.model)
    }
    guard let record = extraction.record else {
      throw .provenanceInvalid(["the model has no provenance in it, and no record is given"])
    }
    guard extraction.diagnostics.isEmpty else {
      throw .modelInvalid(
        text,
        extraction.diagnostics.map { diagnostic in
          var error = diagnostic
          error.severity = .error
          return error
        })
    }
    return (try claim(.value(.object(record))), extraction.model)
  }

  private static func claim(_ record: RecordInput) throws(OperationFailure) -> RecordClaim {
    do throws(RecordClaim.Malformed) {
      return try record.claim(nil)
    } catch {
      throw .provenanceInvalid(error.problems)
    }
  }

  private static func check(
    _ model: SourceText, against record: RecordClaim, _ notes: inout [String]
  ) throws(OperationFailure) {
    guard let stated = record.text("model_hash") else {
      notes.append("the record has no 'model_hash': nothing ties it to this model")
      return
    }
    let tree = try CompareModels.tree(of: model)
    guard let actual = ModelHash.of(tree) else { throw .modelInvalid(model, []) }
    guard stated == actual else {
      throw .provenanceInvalid([
        "the record is not of this model: 'model_hash' is \(stated), and the model's is \(actual)"
      ])
    }
  }

  private static func check(
    _ hash: String, id: String?, against record: RecordClaim, _ notes: inout [String]
  ) throws(OperationFailure) {
    if let stated = record.text("template_hash") {
      guard stated == hash else {
        throw .provenanceInvalid([
          "the record is not of this template: 'template_hash' is \(stated), and the template's is \(hash)"
        ])
      }
      return
    }
    let stated = record.templateID
    guard let id, ExactString(id) == ExactString(stated) else {
      throw .provenanceInvalid([
        "the record is not of this template: 'template_id' is \(quoted(stated)), and the template's is \(quoted(id ?? ""))"
      ])
    }
    notes.append("the record has no 'template_hash': the template may be another version")
  }
}
