import JSON
import JSONRPC
import Server
import SimMethods
import TestSupport
import Testing

/// An editor whose documents are long, and checked when the test says so.
private struct Editor {
  private static let inlineLengthMax = 20

  private(set) var session: Session
  private let talk: Talk

  init(_ change: (inout SimLimits) -> Void = { _ in }) throws {
    var limits = SimLimits()
    limits.server.inlineLengthMax = Editor.inlineLengthMax
    change(&limits)
    talk = Talk(limits: limits)
    session = Session(talk.service)
    send(initialize)
    _ = try heard()
  }

  mutating func send(_ lines: String...) {
    session.receive(Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  mutating func finish() { session.finish() }

  /// A text of one finding that is looked at in the background, or on the spot.
  static func text(isLong: Bool = true) -> String {
    "- x #" + String(repeating: " ", count: isLong ? inlineLengthMax : 0)
  }

  static func open(_ uri: String, _ version: Int, isLong: Bool = true) -> String {
    didOpen(uri, text(isLong: isLong), version: version)
  }

  static func change(_ uri: String, _ version: Int, isLong: Bool = true) -> String {
    notification(
      "textDocument/didChange",
      #"{"textDocument":{"uri":"\#(uri)","version":\#(version)},"contentChanges":[{"text":"\#(text(isLong: isLong))"}]}"#
    )
  }

  static func close(_ uri: String) -> String {
    notification("textDocument/didClose", #"{"textDocument":{"uri":"\#(uri)"}}"#)
  }

  mutating func take() -> BackgroundWork? { session.takeWork() }

  /// Does work that was taken, and tells the session of it.
  mutating func end(_ work: BackgroundWork?) throws {
    let log = EventLog()
    try #require(work).run { log.add($0) }
    for event in log.events { session.take(event) }
  }

  mutating func doAll() { session.doAllHere() }

  /// What came back, as words: `a@2` are findings in version 2 of a, `a` is a list without any, `3` is a reply.
  mutating func heard() throws -> [String] {
    try Transcript.messages(in: session.takeOutput(), .line).map { message in
      let object = message.objectValue
      guard let params = object?["params"]?.objectValue else { return object?["id"]?.text() ?? "" }
      let version = params["version"]?.text()
      #expect((params["diagnostics"]?.arrayValue?.isEmpty == false) == (version != nil))
      return (params["uri"]?.stringValue ?? "") + (version.map { "@\($0)" } ?? "")
    }
  }
}

@Test func `nobody waits until a long document is looked at`() throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1), request(1, "echo", "[]"))
  #expect(try editor.heard() == ["1"])
  #expect(editor.session.awaitsWork)
  editor.doAll()
  #expect(try editor.heard() == ["a@1"])
  #expect(!editor.session.hasWork)
}

@Test(arguments: [(19, false), (20, false), (21, true)])
func `a document is long beyond a bound`(length: Int, isLong: Bool) throws {
  var editor = try Editor()
  editor.send(didOpen("a", "- x #" + String(repeating: " ", count: length - 5)))
  #expect(editor.session.hasWork == isLong)
  #expect(try editor.heard() == (isLong ? [] : ["a@1"]))
}

@Test func `only the newest version of a document is told of`() throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1))
  let first = editor.take()
  editor.send(Editor.change("a", 2), Editor.change("a", 3))
  let second = editor.take()
  #expect(editor.take() == nil, "version 2 is never looked at")
  try editor.end(second)
  #expect(try editor.heard() == ["a@3"])
  try editor.end(first)
  #expect(try editor.heard() == [])
  #expect(!editor.session.hasWork)
}

@Test func `what was found before a change came is not told after it`() throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1))
  let work = editor.take()
  let log = EventLog()
  work?.run { log.add($0) }
  editor.send(Editor.change("a", 2))
  for event in log.events { editor.doTake(event) }
  #expect(try editor.heard() == [])
  editor.doAll()
  #expect(try editor.heard() == ["a@2"])
}

extension Editor {
  fileprivate mutating func doTake(_ event: WorkEvent) { session.take(event) }
}

@Test(arguments: [false, true])
func `of a closed document nothing is told but that it is closed`(isOut: Bool) throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1))
  let work = isOut ? editor.take() : nil
  editor.send(Editor.close("a"))
  #expect(try editor.heard() == ["a"])
  if isOut { try editor.end(work) } else { editor.doAll() }
  #expect(try editor.heard() == [])
  #expect(!editor.session.hasWork)
  editor.send(Editor.open("a", 7))
  editor.doAll()
  #expect(try editor.heard() == ["a@7"])
}

@Test func `a document that becomes short is told of at once, and once`() throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1))
  let work = editor.take()
  editor.send(Editor.change("a", 2, isLong: false))
  #expect(try editor.heard() == ["a@2"])
  try editor.end(work)
  editor.doAll()
  #expect(try editor.heard() == [])
}

@Test func `documents and long requests take turns in the order in which they came`() throws {
  var editor = try Editor { $0.server.workCountMax = 1 }
  editor.send(
    Editor.open("a", 1), request(1, ofLength: 100), Editor.open("b", 1), Editor.change("a", 2))
  var heard: [String] = []
  while let work = editor.take() {
    #expect(editor.take() == nil, "more are out than may be")
    try editor.end(work)
    heard += try editor.heard()
  }
  // The newer text of `a` has the place of the older one, which nobody had begun with.
  #expect(heard == ["a@2", "1", "b@1"])
}

@Test func `after shutdown no document is told of`() throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1), Editor.open("b", 1))
  let work = editor.take()
  editor.send(request(1, "shutdown", "null"))
  try editor.end(work)
  editor.doAll()
  #expect(try editor.heard() == ["1"])
  #expect(!editor.session.hasWork)
}

@Test func `who says no more is still told of documents`() throws {
  var editor = try Editor()
  editor.send(Editor.open("a", 1))
  editor.finish()
  #expect(editor.session.awaitsWork)
  editor.doAll()
  #expect(try editor.heard() == ["a@1"])
  #expect(!editor.session.awaitsWork)
}

@Test func `a document that has no room any more is closed, and its findings go`() throws {
  var editor = try Editor { $0.openDocumentLengthMax = 30 }
  editor.send(Editor.open("a", 1))
  let work = editor.take()
  editor.send(didOpen("a", String(repeating: "#", count: 31), version: 2))
  #expect(try editor.heard() == ["a"])
  try editor.end(work)
  #expect(try editor.heard() == [])
}
