import Foundation
import JSON
import Platform
import TestSupport
import Testing

/// The objects of a log in JSON.
private func objects(_ text: String) throws -> [JSONObject] {
  try text.split(separator: "\n").map { line in
    try #require(try JSONDocument.parse(Array(line.utf8)).root.objectValue, "\(line)")
  }
}

private func session(_ arguments: [String], in directory: TemporaryDirectory) throws -> String {
  let program = try Program(["serve", "--stdio"] + arguments, in: directory.path)
  let client = Conversation(program)
  _ = try client.request(
    "generate", ["template": "secret: hunter2", "parameters": ["pin": "hunter2"]])
  _ = try client.request("echo", ["hunter2"])
  try client.notify("textDocument/didOpen", ["textDocument": ["uri": "hunter2"]])
  _ = try client.call("status")
  let outcome = try program.finish()
  #expect(outcome.status == 0)
  return outcome.notices
}

@Test func `at debug every request is one object, and no value of a client is in it`() throws {
  try TemporaryDirectory.make { directory in
    let text = try session(["--log-level", "debug", "--log-format", "json"], in: directory)
    #expect(!text.contains("hunter2"), "\(text)")
    let events = try objects(text)
    let requests = events.filter { $0["event"] == "request" }
    #expect(requests.map { $0["method"] } == ["generate", "echo", "status"])
    #expect(requests.map { $0["id"] } == [1, 2, 3])
    for request in requests {
      #expect(
        request.members.map(\.name) == [
          "time", "level", "event", "connection", "method", "id", "milliseconds", "bytes",
          "message",
        ])
      let time = try #require(request["time"]?.stringValue)
      #expect(time.hasPrefix("20") && time.hasSuffix("Z") && time.contains("T"))
      #expect(request["connection"] == 1)
      #expect((request["milliseconds"]?.numberValue?.double ?? -1) >= 0)
    }
    #expect(requests.first?["message"] == "a request fails with 1002")
    #expect(requests.last?["bytes"] == 42)
    #expect(events.contains { $0["event"] == "notification" && $0["level"] == "warning" })
  }
}

@Test(arguments: [("error", 0), ("warning", 1), ("info", 1), ("debug", 5)])
func `the log has what weighs enough`(level: String, count: Int) throws {
  try TemporaryDirectory.make { directory in
    let text = try session(["--log-level", level], in: directory)
    let lines = text.split(separator: "\n")
    #expect(lines.count >= count, "\(text)")
    #expect(lines.allSatisfy { $0.hasPrefix("flowtime-sim: ") })
    if level != "debug" { #expect(lines.count == count, "\(text)") }
  }
}

@Test func `a log file is appended to, and opened anew on SIGHUP`() throws {
  try TemporaryDirectory.make { directory in
    try directory.write("log", "before\n")
    let path = directory.path("s")
    let program = try Program(
      ["serve", "--socket", path, "--log-file", "log", "--watch", "off"], in: directory.path)
    func text(_ name: String) -> String {
      FileManager.default.contents(atPath: directory.path(name)).map {
        String(decoding: $0, as: UTF8.self)
      } ?? ""
    }
    /// The log is the only sign that the program is there.
    func wait(for wanted: String, in name: String) throws {
      let end = SystemClock.monotonic() + Program.patience
      while !text(name).contains(wanted) {
        try #require(SystemClock.monotonic() < end, "\(text(name))")
        _ = try Poll.wait(on: [], timeout: .milliseconds(2))
      }
    }
    try wait(for: "listening on", in: "log")
    #expect(text("log").hasPrefix("before\n20"))
    #expect(unsafe rename(directory.path("log"), directory.path("old")) == 0)
    program.send(signal: SIGHUP)
    try wait(for: "the templates are read again", in: "log")
    #expect(!text("old").contains("the templates are read again"))
    program.send(signal: SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.status == 0)
    #expect(outcome.notices.isEmpty, "\(outcome.notices)")
  }
}

/// A pipe that is full, as stderr, until somebody reads it.
@Test func `a stderr that nobody reads holds up no reply, and what is left out is counted`() throws
{
  let stderr = Foundation.Pipe()
  let program = try Program(
    ["serve", "--stdio", "--log-level", "debug"], terminal: stderr.fileHandleForWriting)
  let client = Conversation(program)
  // About 90 bytes each: beyond what the pipe holds (64 KiB) and the program keeps (256 KiB).
  for number in 0..<6_000 {
    try client.send([
      "jsonrpc": "2.0", "id": .number(JSONNumber(number)), "method": "echo", "params": [],
    ])
    #expect(try client.receive()?["id"] == .number(JSONNumber(number)))
  }
  try stderr.fileHandleForWriting.close()
  program.closeInput()
  let log = String(
    decoding: try stderr.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  #expect(try program.finish().status == 0)
  let lines = log.split(separator: "\n")
  let omitted = lines.compactMap { line in
    line.firstMatch(of: /: (\d+) lines were left out/).flatMap { Int($0.1) }
  }
  let told = lines.count { $0.contains("a request is answered") }
  #expect(told < 6_000)
  #expect(omitted.reduce(0, +) + told >= 6_000, "\(omitted) and \(told)")
}

@Test(arguments: [
  (["--log-level", "loud"], "'--log-level' is one of error, warning, info, debug, not 'loud'"),
  (["--log-format", "xml"], "'--log-format' is one of text, json, not 'xml'"),
])
func `an unknown way to log is refused`(arguments: [String], notice: String) throws {
  let outcome = try Program.run(["serve", "--stdio"] + arguments)
  #expect(outcome.status == 2)
  #expect(outcome.notices.contains(notice), "\(outcome.notices)")
}

@Test func `a log file that cannot be written is refused before anybody is served`() throws {
  let outcome = try Program.run(["serve", "--stdio", "--log-file", "/nowhere/log"])
  #expect(outcome.status == 3)
  #expect(outcome.notices.contains("--log-file: cannot open '/nowhere/log'"), "\(outcome.notices)")
}
