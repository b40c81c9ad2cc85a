package import JSON

/// `archiveArtifacts`: runs are hidden from lists that do not ask for what is archived.
package enum ArchiveArtifactsMethod: Method {
  package static let name = "archiveArtifacts"
  package static let members = ["runIds", "workDoneToken"]
  package static let writes = true
  package typealias Params = RunReferences

  package struct Result: WireResult {
    /// The error for each that could not be changed; nil for one that was.
    package var results: [(runID: String, error: JSONValue?)]

    package init(results: [(runID: String, error: JSONValue?)]) {
      self.results = results
    }

    package var json: JSONValue {
      [
        "changed": .number(JSONNumber(results.count { $0.error == nil })),
        "results": .array(
          results.map {
            JSONObject.present([("runId", .string($0.runID)), ("error", $0.error)])
          }),
      ]
    }
  }
}
