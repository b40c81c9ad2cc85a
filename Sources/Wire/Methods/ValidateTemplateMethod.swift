package import JSON

/// `validateTemplate`: everything that is wrong with a template, or with values for it.
package enum ValidateTemplateMethod: Method {
  package static let name = "validateTemplate"
  package static let members = [
    "templateId", "template", "uri", "parameters", "mode", "lint", "workDoneToken",
  ]

  package struct Params: WireParams {
    package var template: WireTemplate
    /// Absent: the template is looked at by itself, and a parameter may still be without a value.
    package var parameters: JSONObject?
    /// `simulation` or `telemetry`; absent: the template's own.
    package var mode: String?
    package var lint: WireLint

    package init(params: WireObject) throws(WireError) {
      template = try WireTemplate(params: params)
      parameters = try params.optionalObject("parameters")?.object
      mode = try params.optionalString("mode")
      lint = try WireLint(params: params)
    }
  }

  package struct Result: WireResult {
    package var isValid: Bool
    package var diagnostics: [WireDiagnostic]
    /// Effective values in declared order, as far as they are known.
    package var parameters: JSONObject
    /// JSON Schema (2020-12) of `parameters`.
    package var parametersSchema: JSONObject

    package init(
      isValid: Bool, diagnostics: [WireDiagnostic], parameters: JSONObject,
      parametersSchema: JSONObject
    ) {
      self.isValid = isValid
      self.diagnostics = diagnostics
      self.parameters = parameters
      self.parametersSchema = parametersSchema
    }

    package var json: JSONValue {
      .object([
        "valid": .bool(isValid),
        "diagnostics": .array(diagnostics.map(\.json)),
        "parameters": .object(parameters),
        "parametersSchema": .object(parametersSchema),
      ])
    }
  }
}
