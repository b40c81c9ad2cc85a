import FlowModel
import Platform
import Synchronization

extension RunStore {
  /// Looks whether a run that is opened anyway is still what the index says of it, and brings the index up to it if not.
  ///
  /// A manifest that is written in place changes no directory, so that nothing else tells of it; to ask for every run before
  /// every query would cost more than the query. Only a later time is noticed. Where the index is busy it is left for the
  /// next time.
  /// - Parameter status: of the run's directory.
  func notice(_ run: String, _ status: FileStatus) {
    _ = state.withLockIfAvailable { state in
      let place = Self.place(of: run, in: state.entries)
      let isListed = place < state.entries.count && state.entries[place].id == run
      guard isListed || state.skipped[run] != nil, let created = RunName.created(run) else {
        return
      }
      let stamp = status.modificationTime.nanoseconds
      // A stamp that was not settled says nothing; the next query looks again.
      if isListed, [stamp, 0].contains(state.entries[place].stamp),
        let modified = manifestTime(of: run), modified <= state.entries[place].lastModified
      {
        return
      }
      if let entry = scan(run, created, stamp, &state) {
        state.skipped[run] = nil
        insert(entry, &state)
      } else {
        state.skipped[run] = stamp
        guard isListed else { return }
        state.entries.remove(at: place)
        state.unsavedCount += 1
      }
      do throws(RunStoreFailure) { try save(&state) } catch { Self.note(error.message, &state) }
    }
  }

  /// - Returns: nil where there is no such file.
  private func manifestTime(of run: String) -> Timestamp? {
    guard
      let status = try? FileSystem.status(path(run) + "/manifest.json", followingLinks: false),
      status.kind == .regular
    else { return nil }
    return Timestamp(microseconds: Int64(status.modificationTime.nanoseconds / 1000))
  }
}
