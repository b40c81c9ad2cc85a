package import RunStore

/// One stored run as the index has it.
package enum GetArtifact {
  package static func run(_ id: String, in engine: Engine) throws(EngineFailure) -> RunEntry {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in
      guard let entry = try engine.store.entry(id) else { throw .runMissing(id: id) }
      return entry
    }
  }
}

/// Up to five other runs that have to do with one; see ``RunStore/related(to:)``.
package enum RelatedArtifacts {
  package static func run(_ id: String, in engine: Engine) throws(EngineFailure) -> [RunEntry] {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.related(to: id)
    }
  }
}

/// Tags of a stored run.
package enum ChangeTags {
  package static func run(
    _ id: String, adding: [String] = [], removing: [String] = [], in engine: Engine
  ) throws(EngineFailure) {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.changeTags(of: id, adding: adding, removing: removing)
    }
  }
}

/// Hides a stored run from lists that do not ask for what is archived.
package enum ArchiveArtifact {
  package static func run(_ id: String, in engine: Engine) throws(EngineFailure) {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in try engine.store.archive(id) }
  }
}

package enum DeleteArtifact {
  package static func run(_ id: String, in engine: Engine) throws(EngineFailure) {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in try engine.store.delete(id) }
  }
}

extension Engine {
  /// Does several changes, behind which the index is written once.
  package func changingSeveral<Answer, Failure: Error>(
    _ changes: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    try store.writingIndexOnce(changes)
  }
}

/// Makes the index again from the runs alone.
package enum RebuildIndex {
  /// - Returns: all runs, in the order of their ids.
  package static func run(in engine: Engine) throws(EngineFailure) -> [RunEntry] {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.rebuild()
      return try engine.store.entries()
    }
  }
}
