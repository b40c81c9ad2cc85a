package import JSON

/// `generate`: a template and values in, a model and its provenance out.
package enum GenerateMethod: Method {
  package static let name = "generate"
  package static let members = [
    "templateId", "template", "uri", "parameters", "embedProvenance", "mode", "lint", "generatedAt",
    "provenanceNaming", "sourceMap", "workDoneToken",
  ]

  package struct Params: WireParams {
    package var template: WireTemplate
    package var parameters: JSONObject
    package var embedProvenance: Bool
    /// `simulation` or `telemetry`; absent: the template's own.
    package var mode: String?
    /// RFC 3339. Fixes the clock.
    package var generatedAt: String?
    /// `snake_case` or `camelCase`.
    package var provenanceNaming: String?
    package var sourceMap: Bool
    package var lint: WireLint

    package init(params: WireObject) throws(WireError) {
      template = try WireTemplate(params: params)
      parameters = try params.optionalObject("parameters")?.object ?? JSONObject()
      embedProvenance = try params.optionalBool("embedProvenance") ?? false
      mode = try params.optionalString("mode")
      generatedAt = try params.optionalString("generatedAt")
      provenanceNaming = try params.optionalString("provenanceNaming")
      sourceMap = try params.optionalBool("sourceMap") ?? false
      lint = try WireLint(params: params)
    }
  }

  package struct Result: WireResult {
    package var model: String
    package var provenance: JSONObject
    package var diagnostics: [WireDiagnostic]
    /// Only where it was asked for.
    package var sourceMap: WireSourceMap?

    package init(
      model: String, provenance: JSONObject, diagnostics: [WireDiagnostic],
      sourceMap: WireSourceMap? = nil
    ) {
      self.model = model
      self.provenance = provenance
      self.diagnostics = diagnostics
      self.sourceMap = sourceMap
    }

    package var json: JSONValue {
      let record = JSONValue.object(provenance)
      return JSONObject.present([
        ("model", .string(model)),
        ("provenance", record),
        (
          "provenanceHeader",
          .string(String(decoding: record.serialized(.ascii), as: UTF8.self))
        ),
        ("diagnostics", .array(diagnostics.map(\.json))),
        ("sourceMap", sourceMap?.json),
      ])
    }
  }
}
