import Foundation
import Glibc
import JSON
import Platform
import RunStore
import Testing

@Test func `whichever step is refused, a run is there whole or not at all and nothing is left`()
  throws
{
  var at = 0
  var refused: Set<RunStore.Step> = []
  while true {
    at += 1
    let folder = try Folder()
    let count = Counter()
    let number = at
    let first = try folder.store().store(smallRun(model: "first")).id
    let last: RunStore.Step?
    do {
      let store = try folder.store(at: 1_758_801_700) { step, path throws(SystemError) in
        if count.next() == number { throw SystemError(call: "\(step)", path: path, code: ENOSPC) }
      }
      do throws(RunStoreFailure) {
        _ = try store.store(smallRun(model: "second"))
        last = nil
      } catch {
        guard case .system(let error) = error else { throw error }
        last = RunStore.Step.allCases.first { "\($0)" == error.call }
      }
      let entries = try store.entries()
      #expect(entries.contains { $0.id == first })
      for entry in entries {
        #expect(try store.series("demand", of: entry.id).csv.count == 24, "step \(at)")
        #expect(try store.record(of: entry.id)["runId"]?.stringValue == entry.id)
      }
      // Only the sync of the directory comes after the run is in place.
      if let last, last != .syncDirectory { #expect(entries.map(\.id) == [first], "\(last)") }
    }
    let again = try folder.store()
    #expect(try again.entries().count == folder.names.count { $0.hasPrefix("run_") })
    let hidden = try FileSystem.listDirectory(folder.path).filter { $0.hasPrefix(".flowtime-") }
    #expect(hidden == [], "step \(at)")
    if let last { refused.insert(last) }
    if count.next() <= at { break }
  }
  #expect(refused == [.makeDirectory, .writeFile, .sync, .rename, .syncDirectory])
}

@Test
func `a group is there in its order, or whichever step is refused, each of it whole or not at all`()
  throws
{
  let runs = (0..<20).map { smallRun(model: "m\($0)") }
  for at in [nil, 1, 2, 3, 40, 99, 221, 222, 223, 230, 242, 243] {
    let folder = try Folder()
    let count = Counter()
    let store = try folder.store { step, path throws(SystemError) in
      // Opening writes the index.
      if path.contains("registry-index") { return }
      if count.next() == at { throw SystemError(call: "\(step)", path: path, code: ENOSPC) }
    }
    do throws(RunStoreFailure) {
      let stored = try store.store(runs)
      #expect(at == nil)
      #expect(try store.entries().map(\.id) == stored.map(\.id))
      #expect(
        try store.entries().map { $0.provenance?["modelId"]?.stringValue }
          == (0..<20).map { "m\($0)" })
    } catch {
      guard case .system = error, let at else { throw error }
      // The renames follow 221 steps by which all is written and the wait for them.
      #expect(try store.entries().count == min(max(0, at - 223), 20))
    }
    for entry in try store.entries() {
      #expect(try store.series("demand", of: entry.id).csv.count == 24, "step \(at ?? 0)")
    }
    let staged = try FileSystem.listDirectory(folder.path).filter {
      $0.hasPrefix(".flowtime-stage-")
    }
    for name in staged { #expect(try FileSystem.listDirectory(folder[name]) == []) }
  }
}

@Test func `a killed process leaves nothing that is listed, and the next start clears it`()
  async throws
{
  for at in [2, 5, 9, 11, 12, 13] {
    // The other process finds the folder by the number of this one.
    let folder = try Folder(named: "/tmp/flowtime-killed-\(Environment.processID)")
    let answered = try folder.store().store(smallRun(model: "first")).id
    try folder.put("at", String(at))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let path = "/tmp/flowtime-killed-\(Environment.parentProcessID)"
      let text = try FileSystem.readFile(path + "/at", lengthMax: 10)
      let count = Counter()
      let number = Int(String(decoding: text, as: UTF8.self))
      let store = try RunStore(
        directory: path,
        surroundings: .init(beforeStep: { (_, _) throws(SystemError) in
          if count.next() == number { kill(getpid(), SIGKILL) }
        }))
      _ = try store.store(smallRun(model: "second"))
      _ = try store.store(smallRun(model: "third"))
    }
    let entries = try folder.store(at: 1_758_801_800).entries()
    #expect(entries.contains { $0.id == answered })
    let store = try folder.store()
    for entry in entries { #expect(try store.series("demand", of: entry.id).csv.count == 24) }
    let hidden = try FileSystem.listDirectory(folder.path).filter { $0.hasPrefix(".flowtime-") }
    #expect(hidden == [], "killed at step \(at)")
  }
}

@Test func `two stores on one directory see each other's runs, tags and deletions`() throws {
  let folder = try Folder()
  let one = try folder.store(at: 1_758_801_600)
  let other = try folder.store(at: 1_758_801_601)
  let thread = try Platform.Thread.Joinable(name: "writer") {
    for _ in 0..<20 { _ = try? other.store(smallRun(model: "m")) }
    try? other.flush()
  }
  for _ in 0..<20 { _ = try one.store(smallRun(model: "m")) }
  try one.flush()
  thread.join()
  #expect(try one.entries().count == 40)
  #expect(try one.entries().map(\.artifact) == other.entries().map(\.artifact))
  let ids = try one.entries().map(\.id)
  try one.archive(ids[0])
  try other.delete(ids[39])
  #expect(try other.entry(ids[0])?.isArchived == true)
  #expect(try one.entry(ids[39]) == nil)
  #expect(try folder.store().entries().map(\.artifact) == one.entries().map(\.artifact))
}

@Test(.enabled(if: Environment.userID != 0, "nothing is read-only for root"))
func `a directory that cannot be written can be read, and storing names the cause`() throws {
  let folder = try Folder()
  let id = try folder.store().store(smallRun()).id
  #expect(unsafe chmod(folder.path, 0o500) == 0)
  defer { _ = unsafe chmod(folder.path, 0o700) }
  let store = try folder.store()
  #expect(try store.entries().map(\.id) == [id])
  #expect(throws: RunStoreFailure.self) { try store.store(smallRun()) }
}

@Test func `where nothing can be made the cause is named`() {
  let error = #expect(throws: RunStoreFailure.self) { try RunStore(directory: "/proc/self/runs") }
  #expect(error?.message.contains("/proc/self/runs") == true)
}

@Test func `thousands of runs are read, found and opened again quickly`() throws {
  let folder = try Folder()
  for number in 0..<2000 {
    let name = "run_20250101T\(120000 + number / 100)Z_" + String(10_000_000 + number)
    try FileSystem.makeNewDirectory(folder[name])
    try FileSystem.writeNewFile(
      Array(
        "{\"provenance\":{\"hasProvenance\":true,\"modelId\":\"m\(number)\",\"templateId\":\"t\(number % 10)\"}}"
          .utf8), to: folder[name + "/manifest.json"])
  }
  let clock = ContinuousClock()
  var count = 0
  _ = try folder.store()
  let start = try clock.measure { count = try folder.store().entries().count }
  #expect(count == 2000)
  #expect(start < .seconds(10))
  let store = try folder.store()
  let query = RunQuery(parameters: [("templateId", "t3"), ("limit", "20")])
  let find = try clock.measure { count = try store.answer(query).total }
  #expect(count == 200)
  #expect(find < .seconds(2))
}

@Test func `who changes the tags of a run keeps other processes from doing so until it is done`()
  throws
{
  let folder = try Folder()
  let count = Counter()
  let path = folder.path
  let store = try folder.store { (step: RunStore.Step, _: String) throws(SystemError) in
    guard step == .writeManifest else { return }
    // As another process would, which must not read what is about to be replaced.
    let other = try? FileHandle(
      forUpdating: URL(fileURLWithPath: path + "/.registry-index.lock"))
    #expect(other.map { flock($0.fileDescriptor, LOCK_EX | LOCK_NB) } == -1)
    _ = count.next()
  }
  let id = try store.store(smallRun(model: "m")).id
  try store.changeTags(of: id, adding: ["one"])
  #expect(count.next() == 2)
  let other = try folder.store()
  try other.changeTags(of: id, adding: ["other"])
  let tags = try #require(try store.entry(id)?.tags)
  #expect(tags.contains("one") && tags.contains("other"))
}

@Test(arguments: [true, false])
func `an index that cannot be written behind changes is made again of the runs`(
  isOnce: Bool
) throws {
  let folder = try Folder()
  let refuses = Counter()
  let store = try folder.store { (step: RunStore.Step, path: String) throws(SystemError) in
    if step == .writeIndex, refuses.next() > 1 {
      throw SystemError(call: "write", path: path, code: ENOSPC)
    }
  }
  let ids = try store.store([smallRun(model: "a"), smallRun(model: "b")]).map(\.id)
  func archiveAll() throws(RunStoreFailure) {
    for id in ids { try store.archive(id) }
  }
  if isOnce { try store.writingIndexOnce(archiveAll) } else { try archiveAll() }
  #expect(store.notices.count == 1)
  #expect(try store.entries().map(\.isArchived) == [true, true])
  #expect(try folder.store().entries().map(\.isArchived) == [true, true])
}

@Test func `a change is seen also where another was at the same moment of the file system's clock`()
  throws
{
  let folder = try Folder()
  let one = try folder.store()
  let id = try one.store(smallRun(model: "m")).id
  try one.changeTags(of: id, adding: ["one"])
  var before = stat()
  #expect(unsafe stat(folder[id], &before) == 0)
  let other = try folder.store()
  try other.changeTags(of: id, adding: ["other"])
  let times = [before.st_atim, before.st_mtim]
  #expect(unsafe utimensat(AT_FDCWD, folder[id], times, 0) == 0)
  let tags = try #require(try one.entry(id)?.tags)
  #expect(tags.contains("other"), "\(tags)")
}
