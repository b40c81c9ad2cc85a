import JSON
import JSONRPC
import Operations
import Server
import SimMethods
import Source
import TestSupport
import Testing
import Wire

/// A session whose work is done when the test says so.
private struct Desk {
  let sim: SimService
  var session: Session

  /// Every request that may take long counts as long.
  init(_ change: (inout SimLimits) -> Void = { _ in }) {
    var limits = SimLimits()
    limits.server.inlineLengthMax = 0
    change(&limits)
    let talk = Talk(limits: limits)
    sim = talk.sim
    session = Session(talk.service)
  }

  /// Sends messages in one read; `method` stands for a request that may take long.
  mutating func send(_ messages: String...) {
    session.receive(Array(messages.map { $0 + "\n" }.joined().utf8))
  }

  /// What came back, as words: `1` is the result of request 1, `1:-32800` its error, `begin 1` progress.
  mutating func heard() throws -> [String] {
    var words: [String] = []
    repeat {
      for message in try Transcript.messages(in: session.takeOutput(), .line) {
        for message in message.arrayValue ?? [message] { words.append(word(message.objectValue)) }
      }
    } while session.resume()
    return words
  }

  private func word(_ message: JSONObject?) -> String {
    if let method = message?["method"]?.stringValue {
      let params = message?["params"]?.objectValue
      let value = params?["value"]?.objectValue
      guard let kind = value?["kind"]?.stringValue else { return method }
      let text = value?["message"]?.stringValue.map { " (\($0))" } ?? ""
      return "\(kind) \(params?["token"]?.text() ?? "")\(text)"
    }
    let id = message?["id"]?.text() ?? ""
    let error = message?["error"]?.objectValue
    let limit = error?["data"]?.objectValue?["limit"]?.stringValue.map { " \($0)" } ?? ""
    return error.map { "\(id):\($0["code"]?.text() ?? "")\(limit)" } ?? id
  }

  func events(of work: BackgroundWork?) -> [WorkEvent] {
    let log = EventLog()
    work?.run { log.add($0) }
    return log.events
  }
}

private func long(_ id: Int, length: Int = 0, token: String? = nil) -> String {
  let token = token.map { #","workDoneToken":\#($0)"# } ?? ""
  let model = String(repeating: " ", count: length)
  return
    #"{"jsonrpc":"2.0","id":\#(id),"method":"validateModel","params":{"model":"\#(model)"\#(token)}}"#
}

private func echo(_ id: Int) -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"echo"}"#
}

private func cancel(_ id: String) -> String {
  #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"#
}

@Test func `a short request does not wait for a long one`() throws {
  var desk = Desk()
  desk.send(long(1), echo(2))
  #expect(try desk.heard() == ["2"])
  desk.session.doAllHere()
  #expect(try desk.heard() == ["1"])
  #expect(!desk.session.hasWork)
}

@Test func `a cancel in the same read is in time, and the work never starts`() throws {
  var desk = Desk()
  desk.send(long(1), cancel("1"), cancel("1"), echo(2))
  #expect(try desk.heard() == ["1:-32800", "2"])
  #expect(desk.session.takeWork() == nil)
  #expect(!desk.session.hasWork)
}

@Test func `work that is out when it is cancelled comes back and is dropped`() throws {
  for isEarly in [false, true] {
    var desk = Desk()
    desk.send(long(1))
    let work = desk.session.takeWork()
    let found = isEarly ? desk.events(of: work) : []
    desk.send(cancel("1"))
    #expect(try desk.heard() == ["1:-32800"])
    let events = isEarly ? found : desk.events(of: work)
    guard case .ended(_, let result)? = events.last else {
      Issue.record("the work does not end")
      return
    }
    if case .success = result { #expect(isEarly, "it was cancelled before it began") }
    #expect(desk.session.hasWork)
    desk.send(long(1))
    for event in events { desk.session.take(event) }
    #expect(try desk.heard() == [], "the id is in use again, and this is not its answer")
    desk.session.doAllHere()
    #expect(try desk.heard() == ["1"])
  }
}

@Test(arguments: ["2", "\"1\"", "null", "[]", "1.5"])
func `a cancel of anything else is ignored`(id: String) throws {
  var desk = Desk()
  desk.send(cancel("1"), long(1), cancel(id))
  #expect(try desk.heard() == [])
  desk.session.doAllHere()
  desk.send(cancel("1"))
  #expect(try desk.heard() == ["1"])
}

@Test(arguments: [(199, 0), (200, 2), (201, 2)])
func `progress is told of what takes its time`(milliseconds: Int, count: Int) throws {
  for isCancelled in [false, true] {
    var desk = Desk()
    desk.send(long(1, token: "\"t\""), long(2))
    let events = desk.events(of: desk.session.takeWork())
    #expect(desk.session.advance(to: .seconds(5)) == .milliseconds(5_200))
    _ = desk.session.advance(to: .seconds(5) + .milliseconds(milliseconds))
    let begin = try desk.heard()
    #expect(begin == (count == 0 ? [] : ["begin \"t\""]))
    if isCancelled { desk.send(cancel("1")) }
    for event in events { desk.session.take(event) }
    let told = count == 0 ? [] : ["report \"t\" (checking)", "end \"t\""]
    let heard = try desk.heard()
    if isCancelled {
      #expect(heard == (count == 0 ? [] : ["end \"t\""]) + ["1:-32800"])
    } else {
      #expect(heard == told + ["1"])
    }
    #expect(desk.session.advance(to: .seconds(9)) == nil)
  }
}

@Test func `progress begins with what is being done`() throws {
  var desk = Desk()
  desk.send(long(1, token: "7"))
  let events = desk.events(of: desk.session.takeWork())
  _ = desk.session.advance(to: .zero)
  desk.session.take(events[0])
  _ = desk.session.advance(to: .seconds(1))
  #expect(try desk.heard() == ["begin 7 (checking)"])
}

@Test func `a long request sees what was there when it came`() throws {
  var desk = Desk()
  func document(_ method: String, _ rest: String) -> String {
    #"{"jsonrpc":"2.0","method":"textDocument/\#(method)","params":{"textDocument":{"uri":"a","version":1,"text":""},\#(rest)}}"#
  }
  desk.send(
    #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#,
    document("didOpen", #""x":0"#),
    #"{"jsonrpc":"2.0","id":1,"method":"validateTemplate","params":{"uri":"a"}}"#,
    document("didClose", #""x":0"#),
    #"{"jsonrpc":"2.0","id":2,"method":"validateTemplate","params":{"uri":"a"}}"#)
  desk.session.doAllHere()
  let heard = try desk.heard().filter { !$0.hasPrefix("text") }
  #expect(heard == ["0", "1", "2:-32602"])
}

@Test func `after shutdown answers still come, and after exit none`() throws {
  var desk = Desk()
  desk.send(long(1), long(2), #"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#, long(4))
  let first = desk.session.takeWork()
  let second = desk.session.takeWork()
  for event in desk.events(of: first) { desk.session.take(event) }
  #expect(try desk.heard() == ["3", "4:-32600", "1"])
  desk.send(#"{"jsonrpc":"2.0","method":"exit"}"#)
  #expect(desk.session.ending == .exit(isOrderly: true))
  for event in desk.events(of: second) { desk.session.take(event) }
  #expect(try desk.heard() == [])
  #expect(!desk.session.hasWork)
}

@Test func `a client that says no more still gets its answers`() throws {
  var desk = Desk()
  desk.send(long(1))
  desk.session.finish()
  #expect(desk.session.awaitsWork)
  desk.session.doAllHere()
  #expect(try desk.heard() == ["1"])
  #expect(!desk.session.awaitsWork)
}

// MARK: Limits

@Test(arguments: [(299, false), (300, false), (301, true)])
func `what is about many bytes is long`(length: Int, isLong: Bool) throws {
  // Names, values and the object itself count a little.
  var desk = Desk { $0.server.inlineLengthMax = 300 }
  desk.send(long(1, length: length - 53))
  #expect(desk.session.hasWork == isLong)
}

/// A short template, and how many bins its grid has.
private func template(bins: String = "${n}", default value: String = "2", fit: String = "fit: hold")
  -> String
{
  """
  metadata: {id: wide}
  parameters: [{name: a, type: array, default: [1], \(fit)}, {name: n, type: integer, default: \(value)}]
  grid: {bins: "\(bins)", binSize: 1, binUnit: hours}
  nodes: [{id: x, kind: const, values: "${a}"}]
  outputs: [{series: x}]

  """
}

// Two references to lists of four bytes a bin, as far as anyone can tell, and the bytes of the request.
@Test(
  arguments: [
    (template(), nil, false), (template(), 10_000, true), (template(), 10_001, false),
    (template(default: "10000"), nil, true), (template(default: "10000"), 2, false),
    (template(bins: "10000"), nil, true), (template(bins: "10"), 10_000, false),
    (template(bins: "*b"), nil, true), (template(fit: ""), 10_000, false),
    ("nodes: [{profile: {name: three-shift}}]\ngrid: {bins: 1000}\n", nil, true),
  ] as [(String, Int?, Bool)])
func `a short template is long work where its grid makes much of it`(
  text: String, given: Int?, isLong: Bool
) throws {
  func desk() -> Desk { Desk { $0.server.inlineLengthMax = 16 << 10 } }
  let values = given.map { #"{"n":\#($0)}"# } ?? "{}"
  for (method, params) in [
    ("generate", #"{"template":\#(json(text)),"parameters":\#(values)}"#),
    ("diff", #"{"template":\#(json(text)),"parameters":{"old":{},"new":\#(values)}}"#),
  ] {
    var desk = desk()
    desk.send(request(1, method, params))
    #expect(desk.session.hasWork == isLong, "\(method)")
  }
  var open = desk()
  open.send(initialize, didOpen("a", text))
  // Nobody has given it a value yet.
  if given == nil { #expect(open.session.hasWork == isLong) }
  open.session.doAllHere()
  open.send(request(1, "validateTemplate", #"{"uri":"a","parameters":\#(values)}"#))
  #expect(open.session.hasWork == isLong)
  var known = desk()
  known.sim.replace(
    Snapshot(
      catalog: TemplateCatalog([
        TemplateCatalog.Entry(path: "wide.yaml", text: SourceText(text))
      ])))
  for params in [
    #"{"templateId":"wide","parameters":\#(values)}"#, #"{"provenance":{"parameters":\#(values)}}"#,
  ] {
    known.send(request(1, "regenerate", params))
    #expect(known.session.hasWork == isLong)
    known.session.doAllHere()
  }
}

/// Nodes of which each has one number for each bin, whatever the text says.
private func grid(_ bins: String, nodeCount: Int) -> String {
  let nodes = (0..<nodeCount).map { "  - {id: n\($0), kind: expr, expr: '1'}\n" }
  return "grid: {bins: \(bins), binSize: 1, binUnit: days}\nnodes:\n\(nodes.joined())"
    + "outputs: [{series: n0}]\n"
}

@Test(
  arguments: [
    (grid("10", nodeCount: 2), false), (grid("10000", nodeCount: 2), true),
    (grid("10", nodeCount: 200), true), (grid("10001", nodeCount: 2), false),
  ])
func `a preview is long work where its series have many numbers`(text: String, isLong: Bool) throws
{
  let model = "schemaVersion: 1\n" + text
  let template = "metadata: {id: wide}\n" + text
  for params in [
    #"{"model":\#(json(model))}"#, #"{"template":\#(json(template))}"#, #"{"templateId":"wide"}"#,
    #"{"uri":"a"}"#,
  ] {
    var desk = Desk { $0.server.inlineLengthMax = 12 << 10 }
    desk.sim.replace(
      Snapshot(
        catalog: TemplateCatalog([
          TemplateCatalog.Entry(path: "wide.yaml", text: SourceText(template))
        ])))
    desk.send(initialize, didOpen("a", template))
    desk.session.doAllHere()
    _ = try desk.heard()
    desk.send(request(1, "preview", params))
    #expect(desk.session.hasWork == isLong, "\(params.prefix(40))")
    desk.session.doAllHere()
    #expect(try desk.heard().first?.hasPrefix("1") == true)
  }
  var numbers = Desk { $0.server.inlineLengthMax = 12 << 10 }
  let given =
    "metadata: {id: wide}\nparameters: [{name: n, type: integer, default: 2}]\n"
    + grid("'${n}'", nodeCount: 2)
  for (bins, isLong) in [(2, false), (10_000, true)] {
    numbers.send(
      request(1, "preview", #"{"template":\#(json(given)),"parameters":{"n":\#(bins)}}"#))
    #expect(numbers.session.hasWork == isLong)
    numbers.session.doAllHere()
    #expect(try numbers.heard() == ["1"])
  }
}

@Test(arguments: [(1, 1), (2, 2), (3, 2)])
func `few long requests of a connection are out at a time`(count: Int, outCount: Int) throws {
  var desk = Desk { $0.server.workCountMax = 2 }
  for id in 1...count { desk.send(long(id)) }
  var works: [BackgroundWork] = []
  while let work = desk.session.takeWork() { works.append(work) }
  #expect(works.count == outCount)
  for event in desk.events(of: works[0]) { desk.session.take(event) }
  #expect((desk.session.takeWork() != nil) == (count > outCount))
}

@Test(arguments: [(1, true), (2, false), (3, false)])
func `beyond the bound of long requests the next message waits unread`(
  count: Int, isRead: Bool
) throws {
  var desk = Desk { $0.server.longRequestCountMax = 2 }
  for id in 1...count { desk.send(long(id)) }
  desk.send(echo(9))
  #expect(try desk.heard() == (isRead ? ["9"] : []))
  #expect(desk.session.wantsInput == isRead)
  desk.session.doAllHere()
  #expect(desk.session.wantsInput)
  #expect(Set(try desk.heard()) == Set((isRead ? [] : ["9"]) + (1...count).map(String.init)))
}

@Test(arguments: [(299, true), (300, false), (301, false)])
func `beyond the bytes of long requests the next message waits unread`(
  length: Int, isRead: Bool
) throws {
  var desk = Desk { $0.server.longRequestLengthMax = 300 }
  desk.send(long(1, length: length - 53), echo(9))
  #expect(try desk.heard() == (isRead ? ["9"] : []))
  desk.session.doAllHere()
  #expect(try desk.heard() == (isRead ? ["1"] : ["1", "9"]))
}

@Test(arguments: [
  "{\"jsonrpc\"", "Content-Length: 5\r\n", "Content-Length: 5\r\n\r\n",
  "Content-Length: 5\r\n\r\n{",
  "C", "{}\n{",
])
func `a message that does not end in time ends the connection and is told why`(start: String) throws
{
  for (seconds, isInTime) in [(9, true), (10, false), (11, false)] {
    var desk = Desk { $0.server.frameSecondsMax = 10 }
    desk.session.receive(Array(start.utf8))
    _ = desk.session.takeOutput()
    #expect(desk.session.isWaiting)
    #expect(desk.session.advance(to: .seconds(100)) == .seconds(110))
    _ = desk.session.advance(to: .seconds(100 + seconds))
    #expect((desk.session.ending == nil) == isInTime, "\(seconds)")
    let output = String(decoding: desk.session.takeOutput(), as: UTF8.self)
    #expect(output.contains("frameSecondsMax") == !isInTime, "\(output)")
    #expect(output.contains("\"id\":null") == !isInTime, "\(output)")
  }
}

@Test(arguments: ["", " ", "{}\n", "{}\n \n"])
func `between two messages there is no hurry`(start: String) {
  var desk = Desk()
  desk.session.receive(Array(start.utf8))
  #expect(!desk.session.isWaiting)
  #expect(desk.session.advance(to: .seconds(1_000)) == nil)
  #expect(desk.session.advance(to: .seconds(2_000)) == nil)
  #expect(desk.session.ending == nil)
}

@Test func `each message has its own time`() {
  var desk = Desk { $0.server.frameSecondsMax = 10 }
  desk.session.receive(Array("{".utf8))
  _ = desk.session.advance(to: .zero)
  desk.session.receive(Array("}\n{".utf8))
  #expect(desk.session.advance(to: .seconds(9)) == .seconds(19))
  #expect(desk.session.advance(to: .seconds(12)) == .seconds(19))
  #expect(desk.session.ending == nil)
}

@Test func `what was asked before a message that does not end is answered`() throws {
  var desk = Desk()
  desk.send(long(1))
  desk.session.receive(Array("{".utf8))
  _ = desk.session.advance(to: .zero)
  _ = desk.session.advance(to: .seconds(30))
  #expect(desk.session.ending == nil)
  desk.session.doAllHere()
  #expect(try desk.heard() == ["null:1007 frameSecondsMax", "1"])
  #expect(desk.session.ending == .streamBroken)
}

@Test(arguments: [(79, true), (80, true), (81, false)])
func `the replies of a batch are bounded`(length: Int, isAnswered: Bool) throws {
  var desk = Desk { $0.server.rpc.batchReplyLengthMax = 80 }
  // Two replies of 36 bytes and the length of their results.
  func ask(_ id: Int, _ count: Int) -> String {
    let text = String(repeating: "x", count: count - 4)
    return #"{"jsonrpc":"2.0","id":\#(id),"method":"echo","params":["\#(text)"]}"#
  }
  let frame = #"{"jsonrpc":"2.0","id":1,"result":}"#.utf8.count
  desk.send("[\(ask(1, 5)),\(ask(2, length - 2 * frame - 5))]")
  #expect(try desk.heard() == ["1", isAnswered ? "2" : "2:1007 batchReplyLengthMax"])
}

/// Params that open a document, or change all of it.
private func document(_ uri: String, _ text: String) -> WireObject {
  WireObject([
    "textDocument": ["uri": .string(uri), "version": 1, "text": .string(text)],
    "contentChanges": [["text": .string(text)]],
  ])
}

private func open(_ uri: String, _ text: String) throws -> DidOpenMethod.Params {
  try DidOpenMethod.Params(params: document(uri, text))
}

@Test(arguments: [(1, true), (2, true), (3, false)])
func `the number of open documents is bounded`(count: Int, isOpen: Bool) throws {
  var documents = OpenDocuments(countMax: 2)
  for number in 1..<count { #expect(documents.open(try open("\(number)", ""))) }
  #expect(documents.open(try open("x", "")) == isOpen)
  #expect(documents.count == min(count, 2))
}

@Test(arguments: [(9, 1), (10, 1), (11, 0)])
func `the bytes of open documents are bounded`(length: Int, count: Int) throws {
  for isChange in [false, true] {
    var documents = OpenDocuments(countMax: 2, lengthMax: 10)
    #expect(documents.open(try open("b", "12345")))
    let text = String(repeating: "x", count: length - 5)
    if isChange {
      #expect(documents.open(try open("a", "")))
      let params = try DidChangeMethod.Params(params: document("a", text))
      #expect(documents.change(params, .utf8) == (count == 1 ? .changed : .closed))
    } else {
      #expect(documents.open(try open("a", text)) == (count == 1))
    }
    #expect(documents.count == 1 + count)
    #expect(documents.length == 5 + count * (length - 5))
    documents.close("b")
    #expect(documents.length == count * (length - 5))
  }
}
