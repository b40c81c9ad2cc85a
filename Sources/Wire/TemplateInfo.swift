package import JSON

/// What is told about a template.
package struct TemplateInfo: WireResult {
  /// nil of a text that has none.
  package var templateID: String?
  package var title: String
  package var description: String
  package var version: String
  package var tags: [String]
  package var parameters: [JSONObject]
  package var parametersSchema: JSONObject
  package var templateHash: String
  /// nil of a template that was given as a text.
  package var path: String?
  /// What is wrong with it; with an error in it, the template is broken and makes no model.
  package var diagnostics: [WireDiagnostic]
  package var isBroken: Bool
  /// nil where only a summary was asked for.
  package var text: String?
  /// What the file says now, where that is broken and the template is its last good version.
  package var rejected: Rejected?

  package struct Rejected: WireResult {
    /// About its text, not about the template's.
    package var diagnostics: [WireDiagnostic]
    /// nil where only a summary was asked for.
    package var text: String?

    package init(diagnostics: [WireDiagnostic], text: String?) {
      self.diagnostics = diagnostics
      self.text = text
    }

    package var json: JSONValue {
      JSONObject.present([
        ("diagnostics", .array(diagnostics.map(\.json))), ("text", text.map(JSONValue.string)),
      ])
    }
  }

  package init(
    templateID: String?, title: String, description: String, version: String, tags: [String],
    parameters: [JSONObject], parametersSchema: JSONObject, templateHash: String, path: String?,
    diagnostics: [WireDiagnostic], isBroken: Bool, text: String?, rejected: Rejected?
  ) {
    self.templateID = templateID
    self.title = title
    self.description = description
    self.version = version
    self.tags = tags
    self.parameters = parameters
    self.parametersSchema = parametersSchema
    self.templateHash = templateHash
    self.path = path
    self.diagnostics = diagnostics
    self.isBroken = isBroken
    self.text = text
    self.rejected = rejected
  }

  package var json: JSONValue {
    JSONObject.present([
      ("templateId", templateID.map(JSONValue.string)),
      ("title", .string(title)),
      ("description", .string(description)),
      ("version", .string(version)),
      ("tags", .array(tags.map(JSONValue.string))),
      ("parameters", .array(parameters.map(JSONValue.object))),
      ("parametersSchema", .object(parametersSchema)),
      ("template_hash", .string(templateHash)),
      ("path", path.map(JSONValue.string)),
      ("state", .string(isBroken ? "broken" : rejected == nil ? "ready" : "kept")),
      ("diagnostics", .array(diagnostics.map(\.json))),
      ("text", text.map(JSONValue.string)),
      ("rejected", rejected?.json),
    ])
  }
}
