package import JSON

/// `verifyProvenance`: a model and a record in; a verdict and what it rests on out.
package enum VerifyProvenanceMethod: Method {
  package static let name = "verifyProvenance"
  package static let members = [
    "model", "provenance", "parameters", "templateId", "template", "uri", "workDoneToken",
  ]

  package struct Params: WireParams {
    package var model: String
    /// An object, or the text of a JSON file; absent: the record in the model.
    package var provenance: JSONValue?
    /// Values that the record seals.
    package var parameters: JSONObject
    /// Absent: the one that the record names.
    package var template: WireTemplate?

    package init(params: WireObject) throws(WireError) {
      model = try params.string("model")
      provenance = params.present("provenance")
      parameters = try params.optionalObject("parameters")?.object ?? JSONObject()
      template = try WireTemplate(ifPresent: params)
    }
  }

  /// The first place that differs.
  package struct Difference: Sendable {
    /// `model` or `record`.
    package var subject: String
    package var path: String
    package var expected: JSONValue?
    package var found: JSONValue?

    package init(subject: String, path: String, expected: JSONValue?, found: JSONValue?) {
      self.subject = subject
      self.path = path
      self.expected = expected
      self.found = found
    }

    var json: JSONValue {
      JSONObject.present([
        ("in", .string(subject)), ("path", .string(path)), ("expected", expected),
        ("found", found),
      ])
    }
  }

  package struct Check: Sendable {
    package var name: String
    /// `passed`, `failed` or `skipped`.
    package var state: String
    package var message: String
    package var difference: Difference?
    /// In the model.
    package var range: WireRange?
    /// Of a template that changed: from the model to the one that the template makes now.
    package var changes: [DiffMethod.Change]?

    package init(
      name: String, state: String, message: String, difference: Difference?, range: WireRange?,
      changes: [DiffMethod.Change]?
    ) {
      self.name = name
      self.state = state
      self.message = message
      self.difference = difference
      self.range = range
      self.changes = changes
    }

    package var json: JSONValue {
      JSONObject.present([
        ("name", .string(name)), ("state", .string(state)), ("message", .string(message)),
        ("difference", difference?.json), ("range", range?.json),
        ("changes", changes.map { .array($0.map(\.json)) }),
      ])
    }
  }

  package struct Result: WireResult {
    package var verdict: String
    /// Whether generation writes the very bytes of the model; absent where it is another model.
    package var hasSameBytes: Bool?
    package var checks: [Check]

    package init(verdict: String, hasSameBytes: Bool?, checks: [Check]) {
      self.verdict = verdict
      self.hasSameBytes = hasSameBytes
      self.checks = checks
    }

    package var json: JSONValue {
      JSONObject.present([
        ("verdict", .string(verdict)), ("sameBytes", hasSameBytes.map(JSONValue.bool)),
        ("checks", .array(checks.map(\.json))),
      ])
    }
  }
}
