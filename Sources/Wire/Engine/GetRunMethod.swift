package import JSON

/// `getRun`: what a run says of itself.
package enum GetRunMethod: Method {
  package static let name = "getRun"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    /// run.json.
    package var run: JSONObject
    /// manifest.json.
    package var manifest: JSONObject

    package init(run: JSONObject, manifest: JSONObject) {
      self.run = run
      self.manifest = manifest
    }

    package var json: JSONValue { ["run": .object(run), "manifest": .object(manifest)] }
  }
}
