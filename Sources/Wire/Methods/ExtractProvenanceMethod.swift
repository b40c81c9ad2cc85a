package import JSON

/// `extractProvenance`: a model in, its record and the model without it out.
package enum ExtractProvenanceMethod: Method {
  package static let name = "extractProvenance"
  package static let members = ["model", "workDoneToken"]

  package struct Params: WireParams {
    package var model: String

    package init(params: WireObject) throws(WireError) {
      model = try params.string("model")
    }
  }

  package struct Result: WireResult {
    /// nil where the model has none.
    package var provenance: JSONObject?
    package var model: String
    package var diagnostics: [WireDiagnostic]

    package init(provenance: JSONObject?, model: String, diagnostics: [WireDiagnostic]) {
      self.provenance = provenance
      self.model = model
      self.diagnostics = diagnostics
    }

    package var json: JSONValue {
      .object([
        "provenance": provenance.map(JSONValue.object) ?? .null,
        "model": .string(model),
        "diagnostics": .array(diagnostics.map(\.json)),
      ])
    }
  }
}
