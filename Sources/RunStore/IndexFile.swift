import FlowModel
import JSON
import Platform
import Synchronization

/// The index file, and how the index in memory follows the directory.
extension RunStore {
  static let indexName = "registry-index.json"
  /// Who holds it writes the index, or changes what is in place already.
  static let lockName = ".registry-index.lock"
  private static let indexLengthMax = 1 << 30
  private static let manifestLengthMax = 64 << 20
  private static let specLengthMax = 16 << 20
  /// A directory that was changed so short a time ago may change again and show the same time.
  private static let settlingMicroseconds = 100_000
  /// The same of the directory of a run; longer than the clock of a file system stands still.
  private static let stampSettlingMicroseconds = 20_000

  /// Makes the index again from the runs alone, and writes it.
  package func rebuild() throws(RunStoreFailure) {
    try state.withLock { (state) throws(RunStoreFailure) in
      state.entries = []
      state.skipped = [:]
      try reconcile(&state, lookingAtAll: true)
      try save(&state)
    }
  }

  /// Writes the index once behind several changes, and not behind each of them: it is as long as there are runs.
  ///
  /// What the changes do is on disk when each of them returns, also where the index then cannot be written.
  package func writingIndexOnce<Answer, Failure: Error>(
    _ changes: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    state.withLock { $0.indexHolderCount += 1 }
    defer {
      state.withLock { state in
        state.indexHolderCount -= 1
        if state.indexHolderCount == 0, state.unsavedCount > 0 {
          do throws(RunStoreFailure) { try save(&state) } catch { Self.note(error.message, &state) }
        }
      }
    }
    return try changes()
  }

  /// Writes the index now, or leaves it to ``writingIndexOnce(_:)``.
  ///
  /// What was changed is changed: where the index alone cannot be written that is noted, and it is made again of the runs by
  /// whoever reads it next.
  func saveUnlessHeld(_ state: inout State) {
    guard state.indexHolderCount == 0 else { return }
    do throws(RunStoreFailure) { try save(&state) } catch { Self.note(error.message, &state) }
  }

  /// Writes the index, if it is behind.
  package func flush() throws(RunStoreFailure) {
    try state.withLock { (state) throws(RunStoreFailure) in
      if state.unsavedCount > 0 { try save(&state) }
    }
  }

  func clearLeftovers(_ state: inout State) {
    do throws(SystemError) {
      let names = try FileSystem.unsortedNames(in: directory)
      try Staging.clear(directory, names)
      let parts = names.filter { $0.hasPrefix(".flowtime-") && $0.hasSuffix(".tmp") }
      guard !parts.isEmpty else { return }
      // Whoever writes an index holds the lock, so that these belong to nobody.
      let lock = try HeldLock(waitingFor: path(Self.lockName))
      for name in parts { try FileSystem.removeFile(path(name)) }
      _ = consume lock
    } catch {
      Self.note(error.message, &state)
    }
  }

  /// Reads the index file; a damaged one is put aside.
  func loadIndex(_ state: inout State) {
    let path = path(Self.indexName)
    guard let status = try? FileSystem.status(path, followingLinks: false) else {
      state.unsavedCount = 1
      return
    }
    do throws(FileFailure) {
      let bytes = try FileSystem.readFile(
        path, lengthMax: Self.indexLengthMax, regularOnly: true, followingLinks: false)
      if let entries = read(bytes) {
        state.entries = entries
        state.indexStatus = status
        return
      }
      let time = surroundings.now().basic(withFraction: true)
      let aside = path + ".corrupted." + time
      do throws(SystemError) { try FileSystem.rename(path, to: aside) } catch {
        throw .system(error)
      }
      Self.note("\(quoted(path)) was damaged and is kept as \(quoted(aside))", &state)
    } catch {
      Self.note(error.message, &state)
    }
    state.unsavedCount = 1
  }

  /// - Returns: nil for what this store does not write.
  private func read(_ bytes: [UInt8]) -> [RunEntry]? {
    var limits = JSONLimits()
    limits.textLengthMax = Self.indexLengthMax
    limits.valueCountMax = Self.indexLengthMax
    guard let index = (try? JSONDocument.parse(bytes, limits: limits))?.root.objectValue,
      index["schemaVersion"]?.numberValue?.integer == 1,
      let artifacts = index["artifacts"]?.arrayValue
    else { return nil }
    // Entries name where their files are. A directory that was moved has them made again.
    guard index["directory"]?.stringValue == directory else { return [] }
    var entries: [RunEntry] = []
    entries.reserveCapacity(artifacts.count)
    for artifact in artifacts {
      guard let entry = RunEntry(indexed: artifact) else { return nil }
      if let last = entries.last, last.id >= entry.id { return nil }
      entries.append(entry)
    }
    return entries
  }

  /// Brings the index up to the directory: new runs are read, those that are gone are dropped.
  ///
  /// - Parameter lookingAtAll: Whether to look also for runs that have changed, as after a start. It is done as well when
  ///   another process has written the index.
  func reconcile(_ state: inout State, lookingAtAll: Bool) throws(RunStoreFailure) {
    let status = try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.status(directory)
    }
    if !lookingAtAll, let listed = state.listedAt, listed == status?.modificationTime { return }
    let indexStatus = try? FileSystem.status(path(Self.indexName), followingLinks: false)
    let isOthers = indexStatus != nil && indexStatus != state.indexStatus
    let now = Int(SystemClock.microsecondsSinceEpoch())
    let changed = (status?.modificationTime.nanoseconds ?? 0) / 1000
    let names = try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.unsortedNames(in: directory)
    }.filter { $0.hasPrefix("run_") }.sorted()
    merge(names, lookingAtAll: lookingAtAll || isOthers, &state)
    state.indexStatus = indexStatus
    state.listedAt = now - changed > Self.settlingMicroseconds ? status?.modificationTime : nil
  }

  private func merge(_ names: [String], lookingAtAll: Bool, _ state: inout State) {
    let known = state.entries
    var entries: [RunEntry] = []
    entries.reserveCapacity(names.count)
    var skipped: [String: Int] = [:]
    var changeCount = 0
    var place = 0
    for name in names {
      while place < known.count, known[place].id < name {
        place += 1
        changeCount += 1
      }
      let entry = place < known.count && known[place].id == name ? known[place] : nil
      if entry != nil { place += 1 }
      if let entry, !lookingAtAll {
        entries.append(entry)
        continue
      }
      guard let created = entry?.created ?? RunName.created(name),
        let status = try? FileSystem.status(path(name), followingLinks: false),
        status.kind == .directory
      else { continue }
      let stamp = status.modificationTime.nanoseconds
      if let entry, entry.stamp == stamp {
        entries.append(entry)
      } else if let before = state.skipped[name], before == stamp {
        skipped[name] = stamp
      } else if let entry = scan(name, created, Self.settled(stamp), &state) {
        entries.append(entry)
        changeCount += 1
      } else {
        skipped[name] = Self.settled(stamp)
      }
    }
    changeCount += known.count - place
    state.entries = entries
    state.skipped = skipped
    state.unsavedCount += changeCount
  }

  /// The stamp of a directory that is about to be read; where it was changed so short a time ago that another change could
  /// leave the same, one that no directory has, so that it is read again.
  static func settled(_ stamp: Int) -> Int {
    let now = Int(SystemClock.microsecondsSinceEpoch())
    return now - stamp / 1000 > stampSettlingMicroseconds ? stamp : 0
  }

  /// - Returns: nil where there is no run, which is noted.
  func scan(
    _ name: String, _ created: Timestamp, _ stamp: Int, _ state: inout State
  ) -> RunEntry? {
    let directory = path(name)
    do throws(RunStoreFailure) {
      let manifest = try Self.object(directory + "/manifest.json", Self.manifestLengthMax)
      let spec = try? FileSystem.readFile(
        directory + "/spec.yaml", lengthMax: Self.specLengthMax, regularOnly: true,
        followingLinks: false)
      let files = try topFiles(directory, created)
      return RunEntry(
        id: name, created: created, directory: directory, manifest: manifest, spec: spec,
        files: files, stamp: stamp)
    } catch {
      // What has just been deleted is no news.
      if FileSystem.exists(directory) { Self.note(error.message, &state) }
      return nil
    }
  }

  /// The regular files that stand directly in the directory of a run.
  func topFiles(
    _ directory: String, _ created: Timestamp
  ) throws(RunStoreFailure) -> [RunEntry.TopFile] {
    let names = try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.unsortedNames(in: directory)
    }
    var files: [RunEntry.TopFile] = []
    for name in names where FileName.isPlain(name) {
      guard
        let status = try? FileSystem.status(directory + "/" + name, followingLinks: false),
        status.kind == .regular
      else { continue }
      let modified = Int64(status.modificationTime.nanoseconds / 1000)
      files.append(
        RunEntry.TopFile(
          name: name, size: status.length, modified: Timestamp(microseconds: modified) ?? created))
    }
    return files
  }

  /// Reads a file that must hold a JSON object.
  static func object(_ path: String, _ lengthMax: Int) throws(RunStoreFailure) -> JSONObject {
    var bytes: [UInt8]
    do {
      bytes = try FileSystem.readFile(
        path, lengthMax: lengthMax, regularOnly: true, followingLinks: false)
    } catch {
      throw .file(error)
    }
    // Other engines write a byte order mark.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let root: JSONValue
    do { root = try JSONDocument.parse(bytes).root } catch {
      throw .damaged(path: path, why: error.message)
    }
    guard let object = root.objectValue else {
      throw .damaged(path: path, why: "it holds \(root.kindName) and not an object")
    }
    return object
  }

  /// Writes the index of all runs that are there now. One process at a time does so; the others wait.
  func save(_ state: inout State) throws(RunStoreFailure) {
    let lock = try step(.writeIndex, path(Self.indexName)) { () throws(SystemError) in
      try HeldLock(waitingFor: path(Self.lockName))
    }
    try reconcile(&state, lookingAtAll: false)
    var bytes: [UInt8] = []
    bytes += Array("{\"schemaVersion\":1,\"lastUpdated\":\"".utf8)
    bytes += Array(surroundings.now().rfc3339.utf8)
    bytes += Array("\",\"directory\":".utf8)
    JSONWriter.append(string: directory, to: &bytes)
    bytes += Array(",\"artifacts\":[".utf8)
    for (index, entry) in state.entries.enumerated() {
      bytes += Array((index == 0 ? "\n" : ",\n").utf8)
      entry.indexed.append(to: &bytes)
    }
    bytes += Array("\n],\"artifactCount\":\(state.entries.count)}\n".utf8)
    try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.writeFileAtomically(bytes, to: path(Self.indexName))
    }
    state.indexStatus = try? FileSystem.status(path(Self.indexName), followingLinks: false)
    state.unsavedCount = 0
    _ = consume lock
  }
}
