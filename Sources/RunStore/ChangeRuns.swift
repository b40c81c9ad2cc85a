import JSON
import Platform
import Source
import Synchronization

extension RunStore {
  /// Adds tags to a run and takes others away. They are kept in its manifest, so that no index can lose them.
  package func changeTags(
    of id: String, adding: [String] = [], removing: [String] = []
  ) throws(RunStoreFailure) {
    try state.withLock { (state) throws(RunStoreFailure) in
      try reconcile(&state, lookingAtAll: false)
      guard Self.isKnown(id, state) else { throw .runMissing(id: id) }
      // Another process that changes tags at the same time must see these, and these must see its.
      let lock = try RunStoreFailure.wrapping { () throws(SystemError) in
        try HeldLock(waitingFor: self.path(Self.lockName))
      }
      let path = path(id) + "/manifest.json"
      var manifest = try Self.object(path, 64 << 20)
      var tags = (manifest["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
      let gone = Set(removing.map { ExactString($0) })
      tags.removeAll { gone.contains(ExactString($0)) }
      for tag in adding where !tags.contains(where: { ExactString($0) == ExactString(tag) }) {
        tags.append(tag)
      }
      manifest["tags"] = .array(tags.map(JSONValue.string))
      try step(.writeManifest, path) { () throws(SystemError) in
        try FileSystem.writeFileAtomically(
          JSONValue.object(manifest).serialized(.pretty), to: path)
      }
      // To write the index takes the lock again.
      _ = consume lock
      try lookAgain(id, &state)
      saveUnlessHeld(&state)
    }
  }

  /// Hides a run from queries that do not ask for what is archived.
  package func archive(_ id: String) throws(RunStoreFailure) {
    try changeTags(of: id, adding: [RunEntry.archivedTag])
  }

  /// Removes a run: it is gone in one step, and its files after that.
  package func delete(_ id: String) throws(RunStoreFailure) {
    let staging = try staging()
    try state.withLock { (state) throws(RunStoreFailure) in
      try reconcile(&state, lookingAtAll: false)
      guard Self.isKnown(id, state) else { throw .runMissing(id: id) }
      let aside = staging.path + "/" + id
      try step(.rename, path(id)) { () throws(SystemError) in
        do throws(SystemError) { try FileSystem.rename(path(id), to: aside) } catch {
          throw error.at(path(id))
        }
      }
      state.entries.removeAll { $0.id == id }
      state.unsavedCount += 1
      try step(.syncDirectory, directory) { () throws(SystemError) in
        try FileSystem.syncDirectory(directory)
      }
      try step(.remove, aside) { () throws(SystemError) in try FileSystem.removeTree(aside) }
      saveUnlessHeld(&state)
    }
  }

  private static func isKnown(_ id: String, _ state: State) -> Bool {
    let place = place(of: id, in: state.entries)
    return place < state.entries.count && state.entries[place].id == id
  }

  private func lookAgain(_ id: String, _ state: inout State) throws(RunStoreFailure) {
    let status = try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.status(path(id), followingLinks: false)
    }
    guard let status, let created = RunName.created(id),
      let entry = scan(id, created, Self.settled(status.modificationTime.nanoseconds), &state)
    else { return }
    insert(entry, &state)
  }
}
