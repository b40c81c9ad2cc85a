import JSON
import JSONRPC
import Server
import Serving
import SimMethods
import TestSupport
import Testing

/// A conversation with a server in this process that is recorded.
private struct RecordedTalk {
  private var session: Session
  private var recording: Recording
  private(set) var text = ""

  init(_ limits: SimLimits = SimLimits()) {
    let talk = Talk(limits: limits)
    session = Session(talk.service)
    recording = Recording(talk.sim)
  }

  mutating func send(_ bytes: [UInt8]) {
    recording.receive(bytes[...])
    session.receive(bytes)
    session.doAllHere()
    recording.send(session.takeOutput())
    text += String(decoding: recording.takeText(), as: UTF8.self)
  }

  mutating func say(_ line: String, _ framing: Framing = .line) {
    var bytes: [UInt8] = []
    framing.append(Array(line.utf8), to: &bytes)
    send(bytes)
  }

  mutating func closeInput() {
    recording.finishInput()
    session.finish()
    recording.send(session.takeOutput())
    text += String(decoding: recording.takeText(), as: UTF8.self)
  }

  /// - Returns: the recording without its first line.
  mutating func finish() -> [String] {
    recording.finish(session.ending)
    text += String(decoding: recording.takeText(), as: UTF8.self)
    #expect(text.hasSuffix("\n"))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("# Recorded by flowtime-sim ") == true)
    return Array(lines.dropFirst())
  }
}

private func echo(_ id: Int, _ text: String) -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"echo","params":["\#(text)"]}"#
}

@Test func `a recording has what was said, and how it ended`() {
  var talk = RecordedTalk()
  talk.say(echo(1, "a"))
  talk.say("{bad")
  talk.say(#"{"jsonrpc":"2.0","method":"exit"}"#)
  talk.say(echo(2, "nobody reads this"))
  #expect(
    talk.finish() == [
      "> " + echo(1, "a"), #"< {"jsonrpc":"2.0","id":1,"result":["a"]}"#, "> {bad",
      #"< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error: expected a member name in double quotes at byte 1","data":{"kind":"parseError"}}}"#,
      #"> {"jsonrpc":"2.0","method":"exit"}"#, "= exit 1", Recording.endMark,
    ])
}

@Test(arguments: [1, 3, 1000])
func `a recording is the same however the bytes arrive`(cut: Int) throws {
  var limits = SimLimits()
  limits.server.quietMillisecondsMax = 7
  var talk = RecordedTalk(limits)
  var bytes: [UInt8] = []
  Framing.header.append(
    Array("{\r\n  \"jsonrpc\": \"2.0\",\n\n\t\"id\": 1, \"method\": \"echo\"\n}".utf8), to: &bytes)
  for start in stride(from: 0, to: bytes.count, by: cut) {
    talk.send(Array(bytes[start..<min(start + cut, bytes.count)]))
  }
  let lines = talk.finish()
  #expect(
    lines == [
      "! quietMillisecondsMax=7", "! framing header", "> {", #"    "jsonrpc": "2.0","#,
      "  \t\"id\": 1, \"method\": \"echo\"", "  }", #"< {"jsonrpc":"2.0","id":1,"result":null}"#,
      Recording.endMark,
    ])
  let transcript = try Transcript(name: "recorded", lines.joined(separator: "\n") + "\n")
  #expect(transcript.framing == .header)
  #expect(transcript.turns.count == 1)
}

/// Parameters of `generate`, and whether the names in its reply are left open.
@Test(arguments: [
  (#""embedProvenance": true"#, true), (#""provenanceNaming": "camelCase""#, true),
  (#""generatedAt": null"#, true), (#""generatedAt": "2025-09-25T12:00:00Z""#, false),
])
func `a model that is named by the present time has its name left open, and no other`(
  member: String, isOpen: Bool
) throws {
  var talk = RecordedTalk()
  // A member that is not known may look like a time and stays.
  talk.say(
    #"{"jsonrpc":"2.0","id":1,"method":"generate","params":{"templateId":"demo","parameters":{"rate":1},\#(member)}}"#
  )
  let reply = try #require(talk.finish().first { $0.hasPrefix("< ") })
  #expect(reply.contains("model_…Z_") == isOpen, "\(reply)")
  #expect(!reply.contains("model_1970"))
  #expect(reply.contains("1970-01-01T00:00:00Z") == false)
  #expect(reply.contains("2025-09-25T12:00:00Z") != isOpen)
  #expect(
    reply.contains(#""template_hash":"sha256:"#) || reply.contains(#""templateHash":"sha256:"#))
}

@Test func `what status counts is left open, in a batch too`() throws {
  var talk = RecordedTalk()
  let status = #"{"jsonrpc":"2.0","id":"s","method":"status"}"#
  talk.say(status)
  talk.say("[\(status),\(echo(2, "uptimeSeconds"))]")
  let replies = talk.finish().filter { $0.hasPrefix("< ") }
  #expect(replies.count == 2)
  for reply in replies {
    for name in ["uptimeSeconds", "counters", "methods"] {
      #expect(reply.contains(#""\#(name)":…"#), "\(reply)")
    }
    #expect(reply.contains(#""templateCount":2"#))
    _ = try MessagePattern(String(reply.dropFirst(2)))
  }
}

@Test func `an error is recorded as it is, and its id may come again`() {
  var talk = RecordedTalk()
  talk.say(#"{"jsonrpc":"2.0","id":1,"method":"status","params":[]}"#)
  talk.say(echo(1, "model_19700101T000000Z_"))
  let replies = talk.finish().filter { $0.hasPrefix("< ") }
  #expect(replies.first?.contains("-32602") == true)
  #expect(replies.last == #"< {"jsonrpc":"2.0","id":1,"result":["model_19700101T000000Z_"]}"#)
}

@Test func `how long a traced request took is left open`() {
  var talk = RecordedTalk()
  talk.say(#"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"messages"}}"#)
  talk.say(echo(1, "took 3 ms"))
  let text = talk.finish().joined()
  #expect(text.contains("Processing request took … ms"))
  #expect(text.contains(#""result":["took 3 ms"]"#))
}

@Test(arguments: [-1, 0, 1])
func `a recording ends at its bound, and says so`(room: Int) {
  var whole = RecordedTalk()
  whole.say(echo(1, "a"))
  // Up to the reply; the limit itself stands in the recording, with as many digits here.
  var limits = SimLimits()
  limits.server.recordLengthMax = 100
  let limitLine = "! recordLengthMax=100\n"
  limits.server.recordLengthMax = whole.text.utf8.count + limitLine.utf8.count + room
  var talk = RecordedTalk(limits)
  talk.say(echo(1, "a"))
  talk.say(echo(2, "b"))
  let lines = talk.finish()
  #expect(lines.last?.hasPrefix(Recording.cutMark) == true)
  #expect(lines.last?.contains("\(limits.server.recordLengthMax) bytes (recordLengthMax)") == true)
  #expect(lines.count { $0.hasPrefix("< ") } == (room < 0 ? 0 : 1))
  #expect(
    talk.text.split(separator: Recording.cutMark)[0].utf8.count <= limits.server.recordLengthMax)
}

@Test(arguments: [
  (echo(1, "a"), true), (#"{"jsonrpc":"2.0","#, true), ("Content-Length: 9\r\n\r\n{", false),
  ("Content-Le", false),
])
func `the client's last message is recorded if it is one`(text: String, isWhole: Bool) {
  var talk = RecordedTalk()
  talk.send(Array(text.utf8))
  talk.closeInput()
  let lines = talk.finish()
  #expect(lines.first?.hasPrefix("> " + text) == isWhole)
  #expect(lines.count { $0.hasPrefix("< ") } == (isWhole ? 1 : 0))
  #expect((lines.last == Recording.endMark) == isWhole, "\(lines)")
}

@Test(arguments: [
  "Content-Length: x\r\n\r\n", "Content-Type: a; charset=latin1\r\nContent-Length: 2\r\n\r\n{}",
])
func `what is no message cuts a recording before the reply to it`(bytes: String) {
  var talk = RecordedTalk()
  talk.say(echo(1, "a"), .header)
  talk.send(Array(bytes.utf8))
  let lines = talk.finish()
  #expect(lines.last?.hasPrefix(Recording.cutMark) == true)
  #expect(lines.count { $0.hasPrefix("< ") } == 1)
}
