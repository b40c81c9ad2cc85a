package import FlowModel
package import Platform
import Synchronization

/// Runs in one directory, each in a directory of its own, and an index of them.
///
/// A run appears whole or not at all: its files are written aside, synced, and come into place by one rename. The index
/// is only what the runs say themselves, kept in memory; its file spares the next start from reading every run, and is made
/// again when it is missing, behind or damaged. Several processes may use one directory.
/// Source: docs/reference/runs.md, "The store".
package final class RunStore: Sendable {
  /// What a step of the disk throws.
  package typealias Refusal = SystemError

  /// What the store takes from its process, so that tests can give another.
  package struct Surroundings: Sendable {
    package var now: @Sendable () -> Timestamp
    /// Tells runs of one second apart.
    package var suffix: @Sendable () -> UInt32
    /// Is called before each step that changes the disk, with the path; what it throws is as if the system had refused.
    package var beforeStep: @Sendable (Step, String) throws(SystemError) -> Void

    package init(
      now: @escaping @Sendable () -> Timestamp = {
        Timestamp(microseconds: SystemClock.microsecondsSinceEpoch()) ?? .epoch
      },
      suffix: @escaping @Sendable () -> UInt32 = { UInt32.random(in: 0 ... .max) },
      beforeStep: @escaping @Sendable (Step, String) throws(SystemError) -> Void = {
        (_: Step, _: String) throws(SystemError) in
      }
    ) {
      self.now = now
      self.suffix = suffix
      self.beforeStep = beforeStep
    }
  }

  package enum Step: Hashable, Sendable, CaseIterable {
    case makeDirectory, writeFile, sync, rename, syncDirectory, writeManifest, writeIndex, remove
  }

  /// Something that is not right with the directory and did not keep the store from its work.
  package struct Notice: Hashable, Sendable {
    package let message: String
  }

  /// A run that is in place.
  package struct Stored: Hashable, Sendable {
    package let id: String
    package let directory: String
    package let modelHash: String
    package let scenarioHash: String
  }

  struct State {
    /// In the order of their ids.
    var entries: [RunEntry] = []
    /// Directories that are no runs, with what they were stamped when that was seen.
    var skipped: [String: Int] = [:]
    /// The time of the directory when it was last listed; nil where it could change without another time.
    var listedAt: Duration?
    /// The index file as this process last read or wrote it.
    var indexStatus: FileStatus?
    var unsavedCount = 0
    /// Who is about to write the index behind several changes.
    var indexHolderCount = 0
    var staging: Staging?
    var notices: [Notice] = []
  }

  /// The absolute path of the directory.
  package let directory: String
  let surroundings: Surroundings
  let state: Mutex<State>

  /// How many notices are kept.
  private static let noticeCountMax = 100

  /// Opens a directory, which is made where it is missing; those above it must exist.
  ///
  /// - Throws: ``RunStoreFailure`` where the directory cannot be read. One that cannot be written is opened for reading.
  package init(
    directory: String, surroundings: Surroundings = Surroundings()
  ) throws(RunStoreFailure) {
    self.directory = try RunStoreFailure.wrapping { () throws(SystemError) in
      if !FileSystem.exists(directory) { try FileSystem.makeDirectory(directory) }
      return try FileSystem.canonicalPath(directory)
    }
    self.surroundings = surroundings
    state = Mutex(State())
    try state.withLock { (state) throws(RunStoreFailure) in
      clearLeftovers(&state)
      loadIndex(&state)
      try reconcile(&state, lookingAtAll: true)
      guard state.unsavedCount > 0 else { return }
      do throws(RunStoreFailure) { try save(&state) } catch {
        Self.note(error.message, &state)
      }
    }
  }

  /// What was found wrong so far, oldest first.
  package var notices: [Notice] { state.withLock { $0.notices } }

  static func note(_ message: String, _ state: inout State) {
    let notice = Notice(message: message)
    guard state.notices.count < noticeCountMax, !state.notices.contains(notice) else { return }
    state.notices.append(notice)
  }

  func path(_ name: String) -> String { directory + "/" + name }

  func step<Answer: ~Copyable>(
    _ step: Step, _ path: String, _ body: () throws(SystemError) -> Answer
  ) throws(RunStoreFailure) -> Answer {
    try RunStoreFailure.wrapping { () throws(SystemError) in
      try surroundings.beforeStep(step, path)
      return try body()
    }
  }

  // MARK: Asking

  package func answer(_ query: RunQuery) throws(RunStoreFailure) -> RunQuery.Answer {
    query.answer(from: try entries())
  }

  /// - Returns: nil where there is no such run.
  /// - Throws: ``RunStoreFailure``, for a run that is there and left out of the index: `damaged`, or what else is wrong with
  ///   its manifest.
  package func entry(_ id: String) throws(RunStoreFailure) -> RunEntry? {
    let isThere = (try? existing(id)) != nil
    let entries = try entries()
    let place = Self.place(of: id, in: entries)
    if place < entries.count, entries[place].id == id { return entries[place] }
    if isThere, RunName.created(id) != nil { _ = try manifest(of: id) }
    return nil
  }

  /// Up to five other runs that share a tag of the model with a run, or were made within an hour of it, newest first.
  package func related(to id: String) throws(RunStoreFailure) -> [RunEntry] {
    guard let entry = try entry(id) else { throw .runMissing(id: id) }
    let usual: Set = ["run", "csv", "json", "configured", RunEntry.archivedTag]
    let tags = Set(entry.tags).subtracting(usual)
    let related = try entries().reversed().lazy.filter {
      $0.id != id
        && (abs($0.created.second - entry.created.second) <= 3600
          || $0.tags.contains { tags.contains($0) })
    }
    return Array(related.prefix(5))
  }

  /// All runs in the order of their ids, those of other processes too.
  package func entries() throws(RunStoreFailure) -> [RunEntry] {
    try state.withLock { (state) throws(RunStoreFailure) in
      try reconcile(&state, lookingAtAll: false)
      return state.entries
    }
  }

  static func place(of id: String, in entries: [RunEntry]) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
