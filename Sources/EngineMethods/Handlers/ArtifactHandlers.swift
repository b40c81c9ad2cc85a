import EngineOperations
import JSON
import JSONRPC
import RunStore
import Server
import Wire

/// Stored runs as the index has them.
extension EngineHandlers {
  func listArtifacts(
    _ params: ListArtifactsMethod.Params
  ) throws(RPCError) -> ListArtifactsMethod.Result {
    let found = try perform { () throws(EngineFailure) in
      var query = try ListArtifacts.query(params.filters)
      query.tags = params.tags
      return try ListArtifacts.run(query, in: engine)
    }
    return ListArtifactsMethod.Result(
      artifacts: found.entries.map(\.artifact), total: found.total)
  }

  func getArtifact(_ params: RunReference) throws(RPCError) -> GetArtifactMethod.Result {
    let entry = try perform { () throws(EngineFailure) in
      try GetArtifact.run(params.runID, in: engine)
    }
    return GetArtifactMethod.Result(artifact: entry.artifact)
  }

  func getRelatedArtifacts(
    _ params: RunReference
  ) throws(RPCError) -> GetRelatedArtifactsMethod.Result {
    let entries = try perform { () throws(EngineFailure) in
      try RelatedArtifacts.run(params.runID, in: engine)
    }
    return GetRelatedArtifactsMethod.Result(related: entries.map(\.artifact))
  }

  func getFile(_ params: GetFileMethod.Params) throws(RPCError) -> GetFileMethod.Result {
    let file = try perform { () throws(EngineFailure) in
      try GetFile.run(params.file, of: params.runID, in: engine)
    }
    return GetFileMethod.Result(
      text: String(decoding: file.bytes, as: UTF8.self), hash: file.hash)
  }

  // MARK: Changes

  func changeTags(_ params: ChangeTagsMethod.Params) throws(RPCError) -> ChangeTagsMethod.Result {
    try perform { () throws(EngineFailure) in
      try ChangeTags.run(
        params.runID, adding: params.added, removing: params.removed, in: engine)
    }
    return try getArtifact(RunReference(runID: params.runID))
  }

  func archive(_ params: RunReferences) throws(RPCError) -> ArchiveArtifactsMethod.Result {
    try change(params) { id throws(EngineFailure) in try ArchiveArtifact.run(id, in: engine) }
  }

  func delete(_ params: RunReferences) throws(RPCError) -> DeleteArtifactsMethod.Result {
    try change(params) { id throws(EngineFailure) in try DeleteArtifact.run(id, in: engine) }
  }

  /// Does the same to each run, whatever becomes of the others.
  private func change(
    _ params: RunReferences, _ change: (String) throws(EngineFailure) -> Void
  ) throws(RPCError) -> ArchiveArtifactsMethod.Result {
    let bound = methods.engineLimits.changedRunCountMax
    guard params.runIDs.count <= bound else {
      throw .limitExceeded(
        "changedRunCountMax", value: bound,
        "a request changes at most \(bound) runs, and there are \(params.runIDs.count)")
    }
    var results: [(runID: String, error: JSONValue?)] = []
    try engine.changingSeveral { () throws(RPCError) in
      for id in params.runIDs {
        try checkWanted()
        do throws(EngineFailure) {
          try change(id)
          results.append((id, nil))
        } catch {
          results.append((id, RPCError(error, encoding).json))
        }
      }
    }
    return ArchiveArtifactsMethod.Result(results: results)
  }

  func rebuildIndex(_ params: Nothing) throws(RPCError) -> RebuildIndexMethod.Result {
    let entries = try perform { () throws(EngineFailure) in try RebuildIndex.run(in: engine) }
    return RebuildIndexMethod.Result(count: entries.count)
  }
}
