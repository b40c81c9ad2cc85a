package import JSON

/// `getModel`: the model of a run, without its provenance.
package enum GetModelMethod: Method {
  package static let name = "getModel"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    package var model: String
    /// `sha256:` and hex digits over the bytes of the text.
    package var hash: String

    package init(model: String, hash: String) {
      self.model = model
      self.hash = hash
    }

    package var json: JSONValue { ["model": .string(model), "hash": .string(hash)] }
  }
}
