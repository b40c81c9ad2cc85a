/// `changeTags`: tags of a run come and go.
package enum ChangeTagsMethod: Method {
  package static let name = "changeTags"
  package static let members = ["runId", "add", "remove", "workDoneToken"]
  package static let writes = true

  package struct Params: WireParams {
    package var runID: String
    package var added: [String]
    package var removed: [String]

    package init(params: WireObject) throws(WireError) {
      runID = try params.string("runId")
      added = try params.optionalStrings("add") ?? []
      removed = try params.optionalStrings("remove") ?? []
    }
  }

  /// The run as it is now.
  package typealias Result = GetArtifactMethod.Result
}
