import FlowModel
import Platform
import Synchronization

extension RunStore {
  /// How many names are tried for one run.
  private static let nameCountMax = 16

  package func store(_ run: FinishedRun) throws(RunStoreFailure) -> Stored {
    guard let stored = try store([run]).first else { throw .noNameLeft(path: directory) }
    return stored
  }

  /// Stores runs with one wait for the disk. When it returns, all of them are on disk, and a crash of the machine does not
  /// lose them.
  ///
  /// - Throws: ``RunStoreFailure``, and each run is in place whole or not at all: those before a rename that was refused
  ///   are in place, and where the last sync is refused, all are.
  package func store(_ runs: [FinishedRun]) throws(RunStoreFailure) -> [Stored] {
    for run in runs {
      for series in run.series where !FileName.isPlain(series.id + ".csv") {
        throw .nameInvalid(series.id)
      }
    }
    let staging = try staging()
    let barrier = try RunStoreFailure.wrapping { () throws(SystemError) in
      try DiskBarrier(before: staging.path)
    }
    var names: [GroupWriter.Name] = []
    defer {
      for name in names { try? FileSystem.removeTree(staging.path + "/" + name.id) }
    }
    for _ in runs {
      let time = surroundings.now()
      names.append(GroupWriter.Name(id: try freeName(at: time, beside: names), time: time))
    }
    let written = try GroupWriter(self, runs, names, below: staging.path).written()
    try step(.sync, staging.path) { () throws(SystemError) in
      try barrier.wait()
    }
    for files in written {
      let target = path(files.runID)
      try step(.rename, target) { () throws(SystemError) in
        try FileSystem.rename(staging.path + "/" + files.runID, to: target)
      }
    }
    try step(.syncDirectory, directory) { () throws(SystemError) in
      try FileSystem.syncDirectory(directory)
    }
    try state.withLock { (state) throws(RunStoreFailure) in
      for files in written { try take(files, &state) }
      // Often enough that a start has little to read, seldom enough that writing stays linear.
      if state.unsavedCount > max(256, state.entries.count / 4) {
        do throws(RunStoreFailure) { try save(&state) } catch {
          state.unsavedCount = 0
          Self.note(error.message, &state)
        }
      }
    }
    return written.map {
      Stored(
        id: $0.runID, directory: path($0.runID), modelHash: $0.modelHash,
        scenarioHash: $0.scenarioHash)
    }
  }

  private func freeName(
    at time: Timestamp, beside others: [GroupWriter.Name]
  ) throws(RunStoreFailure) -> String {
    for _ in 0..<Self.nameCountMax {
      let name = RunName.make(at: time, suffix: surroundings.suffix())
      if !FileSystem.exists(path(name)), !others.contains(where: { $0.id == name }) {
        return name
      }
    }
    throw .noNameLeft(path: directory)
  }

  func staging() throws(RunStoreFailure) -> Staging {
    try state.withLock { (state) throws(RunStoreFailure) in
      if let staging = state.staging { return staging }
      let staging = try step(.makeDirectory, directory) { () throws(SystemError) in
        try Staging(in: directory)
      }
      state.staging = staging
      return staging
    }
  }

  func write(_ files: RunFiles, to path: String) throws(RunStoreFailure) {
    for part in ["", "/model", "/series"] {
      try step(.makeDirectory, path + part) { () throws(SystemError) in
        try FileSystem.makeNewDirectory(path + part)
      }
    }
    for file in files.files {
      let place = path + "/" + file.path
      try step(.writeFile, place) { () throws(SystemError) in
        try FileSystem.writeNewFile(file.bytes, to: place)
      }
    }
  }

  /// Puts a run that was just written into the index, without reading it.
  private func take(_ files: RunFiles, _ state: inout State) throws(RunStoreFailure) {
    let directory = path(files.runID)
    let status = try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.status(directory, followingLinks: false)
    }
    // Another process may have deleted it already.
    guard let status, let created = RunName.created(files.runID) else { return }
    // The last that was written has the latest time.
    let last = try RunStoreFailure.wrapping { () throws(SystemError) in
      try FileSystem.status(directory + "/manifest.json", followingLinks: false)
    }
    let modified = last.flatMap {
      Timestamp(microseconds: Int64($0.modificationTime.nanoseconds / 1000))
    }
    let top = files.files.compactMap { file -> RunEntry.TopFile? in
      guard FileName.isPlain(file.path) else { return nil }
      return RunEntry.TopFile(
        name: file.path, size: file.bytes.count, modified: modified ?? created)
    }
    insert(
      RunEntry(
        id: files.runID, created: created, directory: directory, manifest: files.manifest,
        spec: files.files.first { $0.path == "spec.yaml" }?.bytes,
        files: top,
        stamp: status.modificationTime.nanoseconds), &state)
  }

  func insert(_ entry: RunEntry, _ state: inout State) {
    let place = Self.place(of: entry.id, in: state.entries)
    if place < state.entries.count, state.entries[place].id == entry.id {
      state.entries[place] = entry
    } else {
      state.entries.insert(entry, at: place)
    }
    state.unsavedCount += 1
  }
}

extension Duration {
  /// 64 bits of them last until the year 2262; what is later counts as that.
  var nanoseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflow) = Int(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, over) = product.addingReportingOverflow(Int(attoseconds / 1_000_000_000))
    return over ? .max : sum
  }
}
