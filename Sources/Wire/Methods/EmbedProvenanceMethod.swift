package import JSON

/// `embedProvenance`: a model and a record in, the model with the record in it out.
package enum EmbedProvenanceMethod: Method {
  package static let name = "embedProvenance"
  package static let members = ["model", "provenance", "replace", "workDoneToken"]

  package struct Params: WireParams {
    package var model: String
    package var provenance: JSONValue
    package var replace: Bool

    package init(params: WireObject) throws(WireError) {
      model = try params.string("model")
      guard let provenance = params.object["provenance"] else {
        throw params.refused("provenance", "an object, and it is missing")
      }
      self.provenance = provenance
      replace = try params.optionalBool("replace") ?? false
    }
  }

  package struct Result: WireResult {
    package var model: String

    package init(model: String) {
      self.model = model
    }

    package var json: JSONValue { .object(["model": .string(model)]) }
  }
}
