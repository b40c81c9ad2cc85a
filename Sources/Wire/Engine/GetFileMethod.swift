package import JSON

/// `getFile`: a file that stands directly in the directory of a run.
package enum GetFileMethod: Method {
  package static let name = "getFile"
  package static let members = ["runId", "name", "workDoneToken"]

  package struct Params: WireParams {
    package var runID: String
    package var file: String

    package init(params: WireObject) throws(WireError) {
      runID = try params.string("runId")
      file = try params.string("name")
    }
  }

  package struct Result: WireResult {
    package var text: String
    /// `sha256:` and hex digits over the bytes of the file.
    package var hash: String

    package init(text: String, hash: String) {
      self.text = text
      self.hash = hash
    }

    package var json: JSONValue { ["text": .string(text), "hash": .string(hash)] }
  }
}
