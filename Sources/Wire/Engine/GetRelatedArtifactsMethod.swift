package import JSON

/// `getRelatedArtifacts`: a few runs that share a tag with one, or were made about when it was.
package enum GetRelatedArtifactsMethod: Method {
  package static let name = "getRelatedArtifacts"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    /// Newest first.
    package var related: [JSONObject]

    package init(related: [JSONObject]) {
      self.related = related
    }

    package var json: JSONValue { ["related": .array(related.map(JSONValue.object))] }
  }
}
