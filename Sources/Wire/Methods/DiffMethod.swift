package import JSON

/// `diff`: two models, two records, or two sets of values for one template in; how they differ out.
package enum DiffMethod: Method {
  package static let name = "diff"
  package static let members = [
    "models", "provenances", "templateId", "template", "uri", "parameters", "workDoneToken",
  ]

  package struct Params: WireParams {
    package enum Subject: Sendable {
      case models(old: String, new: String)
      case provenances(old: JSONValue, new: JSONValue)
      /// Values by name.
      case template(WireTemplate, old: JSONObject, new: JSONObject)
    }

    package var subject: Subject

    package init(params: WireObject) throws(WireError) {
      let models = try params.optionalObject("models")
      let provenances = try params.optionalObject("provenances")
      let hasTemplate = ["templateId", "template", "uri"].contains {
        !(params.object[$0]?.isNull ?? true)
      }
      switch (models, provenances, hasTemplate) {
      case (let models?, nil, false):
        subject = .models(old: try models.string("old"), new: try models.string("new"))
      case (nil, let provenances?, false):
        subject = .provenances(
          old: try provenances.value("old", "an object"),
          new: try provenances.value("new", "an object"))
      case (nil, nil, true):
        let values = try params.object("parameters")
        subject = .template(
          try WireTemplate(params: params),
          old: try values.optionalObject("old")?.object ?? JSONObject(),
          new: try values.optionalObject("new")?.object ?? JSONObject())
      default:
        throw WireError(
          "params: expected exactly one of models, provenances, templateId, template and uri")
      }
    }
  }

  /// One difference.
  package struct Change: Sendable {
    package var path: String
    package var pointer: String
    /// `added`, `removed`, `changed` or `moved`.
    package var kind: String
    /// Where it stood; only of what moved.
    package var from: String?
    package var old: JSONValue?
    package var new: JSONValue?
    package var oldRange: WireRange?
    package var newRange: WireRange?

    package init(
      path: String, pointer: String, kind: String, from: String?, old: JSONValue?, new: JSONValue?,
      oldRange: WireRange?, newRange: WireRange?
    ) {
      self.path = path
      self.pointer = pointer
      self.kind = kind
      self.from = from
      self.old = old
      self.new = new
      self.oldRange = oldRange
      self.newRange = newRange
    }

    var json: JSONValue {
      JSONObject.present([
        ("path", .string(path)), ("pointer", .string(pointer)), ("kind", .string(kind)),
        ("from", from.map(JSONValue.string)), ("old", old), ("new", new),
        ("oldRange", oldRange?.json), ("newRange", newRange?.json),
      ])
    }
  }

  /// What generation adds to a comparison of models.
  package struct Generations: Sendable {
    /// What names a model whenever it is made.
    package struct Name: Sendable {
      package var modelIDHash: String
      package var modelHash: String

      package init(modelIDHash: String, modelHash: String) {
        self.modelIDHash = modelIDHash
        self.modelHash = modelHash
      }

      var json: JSONValue {
        .object(["model_id_hash": .string(modelIDHash), "model_hash": .string(modelHash)])
      }
    }

    /// Of the effective values.
    package var parameters: [Change]
    package var old: Name
    package var new: Name

    package init(parameters: [Change], old: Name, new: Name) {
      self.parameters = parameters
      self.old = old
      self.new = new
    }
  }

  package struct Result: WireResult {
    package var isEqual: Bool
    /// Whether a limit kept changes from being told.
    package var isTruncated: Bool
    package var changes: [Change]
    /// RFC 6902; nil where `changes` are not all.
    package var patch: [JSONValue]?
    /// Only of a template.
    package var generations: Generations?

    package init(
      isEqual: Bool, isTruncated: Bool, changes: [Change], patch: [JSONValue]?,
      generations: Generations? = nil
    ) {
      self.isEqual = isEqual
      self.isTruncated = isTruncated
      self.changes = changes
      self.patch = patch
      self.generations = generations
    }

    package var json: JSONValue {
      JSONObject.present([
        ("equal", .bool(isEqual)), ("truncated", .bool(isTruncated)),
        ("changes", .array(changes.map(\.json))), ("patch", patch.map(JSONValue.array)),
        ("parameters", generations.map { .array($0.parameters.map(\.json)) }),
        ("old", generations?.old.json), ("new", generations?.new.json),
      ])
    }
  }
}
