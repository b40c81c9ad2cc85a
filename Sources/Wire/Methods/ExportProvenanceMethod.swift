package import JSON

/// `exportProvenance`: a record or a model that has one in, a document of an outside format out.
package enum ExportProvenanceMethod: Method {
  package static let name = "exportProvenance"
  package static let members = [
    "as", "provenance", "model", "templateId", "template", "uri", "builder", "workDoneToken",
  ]

  package struct Params: WireParams {
    /// The name of the format.
    package var format: String
    /// An object, or the text of a JSON file; nil for the record that stands in the model.
    package var provenance: JSONValue?
    package var model: String?
    package var template: WireTemplate?
    package var builder: String?

    package init(params: WireObject) throws(WireError) {
      format = try params.string("as")
      let provenance = params.object["provenance"] ?? .null
      self.provenance = provenance.isNull ? nil : provenance
      model = try params.optionalString("model")
      if self.provenance == nil, model == nil {
        throw WireError("params: expected provenance, or a model that has it")
      }
      let hasTemplate = ["templateId", "template", "uri"].contains {
        !(params.object[$0]?.isNull ?? true)
      }
      template = hasTemplate ? try WireTemplate(params: params) : nil
      builder = try params.optionalString("builder")
    }
  }

  /// A file that must stand beside the document.
  package struct File: Sendable {
    package var path: String
    package var text: String

    package init(path: String, text: String) {
      self.path = path
      self.text = text
    }

    var json: JSONValue { ["path": .string(path), "text": .string(text)] }
  }

  package struct Result: WireResult {
    /// An array where the media type is lines of JSON.
    package var document: JSONValue
    package var mediaType: String
    package var files: [File]
    package var notes: [String]

    package init(document: JSONValue, mediaType: String, files: [File], notes: [String]) {
      self.document = document
      self.mediaType = mediaType
      self.files = files
      self.notes = notes
    }

    package var json: JSONValue {
      .object([
        "document": document, "mediaType": .string(mediaType),
        "files": .array(files.map(\.json)), "notes": .array(notes.map(JSONValue.string)),
      ])
    }
  }
}
