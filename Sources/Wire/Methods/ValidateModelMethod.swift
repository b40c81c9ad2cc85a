package import JSON

/// `validateModel`: everything that is wrong with a model.
package enum ValidateModelMethod: Method {
  package static let name = "validateModel"
  package static let members = ["model", "workDoneToken"]

  package struct Params: WireParams {
    package var model: String

    package init(params: WireObject) throws(WireError) {
      model = try params.string("model")
    }
  }

  package struct Result: WireResult {
    package var isValid: Bool
    package var diagnostics: [WireDiagnostic]

    package init(isValid: Bool, diagnostics: [WireDiagnostic]) {
      self.isValid = isValid
      self.diagnostics = diagnostics
    }

    package var json: JSONValue {
      .object(["valid": .bool(isValid), "diagnostics": .array(diagnostics.map(\.json))])
    }
  }
}
