import Foundation
import Glibc
import Synchronization
import Testing

@testable import Platform

/// Something that is done to a directory `t` of template files, some of which are links.
private struct Change: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let prepare: @Sendable (Scratch) throws -> Void
  let act: @Sendable (Scratch) throws -> Void

  init(
    _ name: String, _ prepare: @escaping @Sendable (Scratch) throws -> Void,
    act: @escaping @Sendable (Scratch) throws -> Void
  ) {
    testDescription = name
    self.prepare = prepare
    self.act = act
  }

  private static func oneFile(_ scratch: Scratch) throws {
    try scratch.makeDirectory("t")
    try scratch.put("t/a.yaml", "a: 1")
  }

  private static func links(_ scratch: Scratch) throws {
    for name in ["t", "v1", "v2"] { try scratch.makeDirectory(name) }
    try scratch.put("v1/a.yaml", "a: 1")
    try scratch.put("v2/a.yaml", "a: 2")
    try scratch.makeLink("now", to: "v1")
    try scratch.makeLink("t/a.yaml", to: "../now/a.yaml")
  }

  private static func move(_ scratch: Scratch, _ old: String, _ new: String) throws {
    guard unsafe rename(scratch[old], scratch[new]) == 0 else {
      throw CocoaError(.fileWriteUnknown)
    }
  }

  static let all: [Change] = [
    Change("a new file", { try $0.makeDirectory("t") }, act: { try $0.put("t/a.yaml") }),
    Change("another text", oneFile, act: { try $0.put("t/a.yaml", "a: 22") }),
    Change(
      "a text that is renamed into place",
      {
        try oneFile($0)
        try $0.put("t/.a.tmp", "a: 22")
      }, act: { try move($0, "t/.a.tmp", "t/a.yaml") }),
    Change(
      "a file that goes", oneFile,
      act: { try FileManager.default.removeItem(atPath: $0["t/a.yaml"]) }
    ),
    Change("a file that is renamed", oneFile, act: { try move($0, "t/a.yaml", "t/b.yaml") }),
    Change(
      "a directory that was not there", { _ in },
      act: {
        try $0.makeDirectory("t")
        try $0.put("t/a.yaml")
      }),
    Change("a directory that goes", oneFile, act: { try move($0, "t", "u") }),
    Change(
      "a directory that is removed with all in it", oneFile,
      act: { try FileManager.default.removeItem(atPath: $0["t"]) }),
    Change(
      "the text that a link leads to", links, act: { try $0.put("v1/a.yaml", "a: 33") }),
    Change(
      "a link on the way that leads elsewhere",
      {
        try links($0)
        try $0.makeLink("next", to: "v2")
      }, act: { try move($0, "next", "now") }),
    Change(
      "the directory as a link that leads elsewhere",
      {
        try links($0)
        try $0.makeLink("next", to: "v2")
        try FileManager.default.removeItem(atPath: $0["t"])
        try $0.makeLink("t", to: "v1")
      }, act: { try move($0, "next", "t") }),
    Change(
      "a link that led nowhere",
      {
        try $0.makeDirectory("t")
        try $0.makeLink("t/a.yaml", to: "../there.yaml")
      }, act: { try $0.put("there.yaml") }),
  ]
}

private final class Done: Sendable {
  let pipe: WakePipe

  init() throws { pipe = try WakePipe() }
}

private func check(_ change: Change, polls: Bool) throws {
  let scratch = try Scratch()
  try change.prepare(scratch)
  let path = scratch["t"]
  let armed = try Done()
  let done = try Done()
  try Platform.Thread.spawn(name: "watch") {
    var watch = DirectoryWatch([path], polls: polls) { $0.hasSuffix(".yaml") }
    if !polls { #expect(watch.way == .told) }
    armed.pipe.wake()
    watch.wait()
    done.pipe.wake()
  }
  try armed.pipe.wait()
  #expect(try Poll.wait(for: .readable, on: done.pipe.number, timeout: .zero) == [])
  try change.act(scratch)
  let events = try Poll.wait(for: .readable, on: done.pipe.number, timeout: .seconds(60))
  #expect(events == .readable)
}

@Test(arguments: Change.all)
private func `the system tells of a change`(change: Change) throws {
  try check(change, polls: false)
}

@Test(arguments: Change.all.prefix(3))
private func `a change is seen by looking`(change: Change) throws {
  try check(change, polls: true)
}

@Test func `links that lead in a circle are followed to an end`() throws {
  let scratch = try Scratch()
  try scratch.makeLink("a", to: "b")
  try scratch.makeLink("b", to: "a")
  let watch = DirectoryWatch([scratch["a"]]) { _ in true }
  #expect(watch.way == .told)
}

/// Refuses to tell of changes as often as it is told to.
private final class Refusal: Sendable {
  private let countLeft: Mutex<Int>
  private let error: SystemError

  init(_ error: SystemError, count: Int) {
    self.error = error
    countLeft = Mutex(count)
  }

  func notes(
    _ plan: WatchPlan, _ includes: @escaping @Sendable (String) -> Bool
  ) throws(SystemError) -> ChangeNotes {
    let isRefused = countLeft.withLock { count in
      count -= 1
      return count >= 0
    }
    if isRefused { throw error }
    return try ChangeNotes(plan, includes: includes)
  }
}

// A user has as many inotify instances, and as many watches, as /proc/sys/fs/inotify says.
@Test(arguments: [
  SystemError(call: "inotify_init1", code: EMFILE),
  SystemError(call: "inotify_init1", code: ENOSYS),
  SystemError(call: "inotify_add_watch", path: "t", code: ENOSPC),
])
private func `where the system does not tell, changes are looked for until it does`(
  error: SystemError
) throws {
  let scratch = try Scratch()
  try scratch.makeDirectory("t")
  let refusal = Refusal(error, count: 1)
  var watch = DirectoryWatch(
    [scratch["t"]], includes: { $0.hasSuffix(".yaml") },
    telling: { (plan, includes) throws(SystemError) in try refusal.notes(plan, includes) })
  #expect(watch.way == .polling(reason: error.message))
  try scratch.put("t/a.yaml", "a: 1")
  watch.wait()
  #expect(watch.way == .told)
}

/// Events that wait for one who reads them; nil where that is not known.
private let queueLengthMax: Int? = {
  let bytes = try? FileSystem.readFile(
    "/proc/sys/fs/inotify/max_queued_events", lengthMax: 100)
  return bytes.flatMap { Int(String(decoding: $0.dropLast(), as: UTF8.self)) }
}()

@Test(.enabled(if: (queueLengthMax ?? .max) <= 100_000))
private func `what is lost because nobody took it may have mattered`() throws {
  let scratch = try Scratch()
  try scratch.makeDirectory("t")
  let notes = try ChangeNotes(
    WatchPlan([scratch["t"]]) { $0.hasSuffix(".yaml") }, includes: { $0.hasSuffix(".yaml") })
  let path = scratch["t/other.txt"]
  /// Events of a file that matters to nobody: it is made, closed and removed.
  func happen(_ eventCount: Int) {
    for _ in 0...(eventCount / 3) {
      let number = unsafe open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
      close(number)
      unsafe unlink(path)
    }
  }
  happen(100)
  #expect(!notes.take())
  // Twice: a process that another test starts may hold a file open for a moment, and events are fewer then.
  happen(2 * (try #require(queueLengthMax)))
  #expect(notes.take())
  // From here on it is known again what happens.
  happen(100)
  #expect(!notes.take())
}
