package import JSON

/// `getArtifact`: one stored run as the index has it.
package enum GetArtifactMethod: Method {
  package static let name = "getArtifact"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    package var artifact: JSONObject

    package init(artifact: JSONObject) {
      self.artifact = artifact
    }

    package var json: JSONValue { .object(artifact) }
  }
}
