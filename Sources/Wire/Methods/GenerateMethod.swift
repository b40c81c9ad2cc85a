package import JSON

/// `generate`: a template and values in, a model and its provenance out.
package enum GenerateMethod: Method {
  package static let name = "generate"

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

    package init(params: WireObject) throws(WireError) {
      template = try WireTemplate(params: params)
      parameters = try params.optionalObject("parameters")?.object ?? JSONObject()
      embedProvenance = try params.optionalBool("embedProvenance") ?? false
      mode = try params.optionalString("mode")
      generatedAt = try params.optionalString("generatedAt")
      provenanceNaming = try params.optionalString("provenanceNaming")
      if try params.optionalBool("sourceMap") == true {
        throw params.refused("sourceMap", "false: this version makes no source map")
      }
    }
  }

  package struct Result: WireResult {
    package var model: String
    package var provenance: JSONObject
    package var diagnostics: [WireDiagnostic]

    package init(model: String, provenance: JSONObject, diagnostics: [WireDiagnostic]) {
      self.model = model
      self.provenance = provenance
      self.diagnostics = diagnostics
    }

    package var json: JSONValue {
      let record = JSONValue.object(provenance)
      return .object([
        "model": .string(model),
        "provenance": record,
        "provenanceHeader": .string(String(decoding: record.serialized(.ascii), as: UTF8.self)),
        "diagnostics": .array(diagnostics.map(\.json)),
      ])
    }
  }
}
