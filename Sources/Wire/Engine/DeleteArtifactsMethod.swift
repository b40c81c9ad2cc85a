/// `deleteArtifacts`: runs are gone for good.
package enum DeleteArtifactsMethod: Method {
  package static let name = "deleteArtifacts"
  package static let members = ["runIds", "workDoneToken"]
  package static let writes = true
  package typealias Params = RunReferences
  package typealias Result = ArchiveArtifactsMethod.Result
}
