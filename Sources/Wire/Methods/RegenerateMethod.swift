package import JSON

/// `regenerate`: a record in, the model that it tells of out.
package enum RegenerateMethod: Method {
  package static let name = "regenerate"
  package static let members = [
    "provenance", "model", "parameters", "templateId", "template", "uri", "force", "generatedAt",
    "workDoneToken",
  ]

  package struct Params: WireParams {
    package enum Subject: Sendable {
      /// An object, or the text of a JSON file.
      case provenance(JSONValue)
      /// A text that has a record.
      case model(String)
    }

    package var subject: Subject
    /// Values that the record seals.
    package var parameters: JSONObject
    /// Absent: the one that the record names.
    package var template: WireTemplate?
    /// Whether a template or a version that has changed is taken all the same; nothing else can be forced.
    package var force: Bool
    /// RFC 3339. Fixes the clock for a new record.
    package var generatedAt: String?

    package init(params: WireObject) throws(WireError) {
      let model = try params.optionalString("model")
      switch (params.present("provenance"), model) {
      case (let provenance?, nil): subject = .provenance(provenance)
      case (nil, let model?): subject = .model(model)
      default: throw WireError("params: expected exactly one of provenance and model")
      }
      parameters = try params.optionalObject("parameters")?.object ?? JSONObject()
      template = try WireTemplate(ifPresent: params)
      force = try params.optionalBool("force") ?? false
      generatedAt = try params.optionalString("generatedAt")
    }
  }

  package typealias Result = GenerateMethod.Result
}
