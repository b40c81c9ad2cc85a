import Foundation
import JSON
import Testing

@Test(arguments: WireFraming.allCases)
func `after shutdown and exit the status is 0`(framing: WireFraming) throws {
  let program = try Program(["serve", "--stdio"])
  let conversation = Conversation(program, framing)
  _ = try conversation.call("initialize", ["capabilities": [:]])
  try conversation.notify("initialized", [:])
  #expect(try conversation.request("shutdown")["result"] == JSONValue.null)
  let refused = try conversation.request("status")
  #expect(refused["error"]?.objectValue?["code"] == -32600)
  try conversation.notify("exit")
  #expect(try conversation.receive() == nil)
  let outcome = try program.finish(closingInput: false)
  #expect(outcome.status == 0, "\(outcome.notices)")
}

@Test(arguments: WireFraming.allCases)
func `exit without shutdown has status 1`(framing: WireFraming) throws {
  let program = try Program(["serve", "--stdio"])
  let conversation = Conversation(program, framing)
  _ = try conversation.call("status")
  try conversation.notify("exit")
  let outcome = try program.finish(closingInput: false)
  #expect(outcome.status == 1, "\(outcome.notices)")
  #expect(outcome.output == [])
}

@Test(arguments: WireFraming.allCases)
func `the end of the input ends the program in good order`(framing: WireFraming) throws {
  let program = try Program(["serve", "--stdio"])
  let conversation = Conversation(program, framing)
  _ = try conversation.call("status")
  let outcome = try program.finish()
  #expect(outcome.status == 0, "\(outcome.notices)")
  #expect(outcome.output == [])
}

@Test func `a client that says nothing at all is no failure`() throws {
  let outcome = try Program.run(["serve", "--stdio"])
  #expect(outcome.status == 0, "\(outcome.notices)")
  #expect(outcome.output == [])
}

@Test func `the last line needs no line break`() throws {
  let outcome = try Program.run(
    ["serve", "--stdio"],
    input: Array(#"{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}"#.utf8))
  #expect(outcome.status == 0, "\(outcome.notices)")
  #expect(outcome.text == #"{"jsonrpc":"2.0","id":1,"result":[1]}"# + "\n")
}

@Test(arguments: [
  "Content-Length: 100\r\n\r\n{\"jsonrpc\"", "Content-Length: 1", "Content-Length: 5\r\n\r\n",
])
func `an end within a message is told`(text: String) throws {
  let outcome = try Program.run(["serve", "--stdio"], input: Array(text.utf8))
  #expect(outcome.status == 3)
  #expect(outcome.notices.contains("within a message"), "\(outcome.notices)")
  #expect(outcome.output == [])
}

@Test func `what is no message is answered, and the log stays off stdout`() throws {
  let outcome = try Program.run(
    ["serve", "--stdio"],
    input: Array(
      """
      {"jsonrpc":"2.0","id":1,"method":"status
      {"jsonrpc":"2.0","id":7,"result":null}
      []
      {"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}
      {"jsonrpc":"2.0","id":2,"method":"echo","params":{"a":1}}

      """.utf8))
  #expect(outcome.status == 0, "\(outcome.notices)")
  let replies = try outcome.text.split(separator: "\n").map {
    try #require(try JSONDocument.parse(Array($0.utf8)).root.objectValue) as JSONObject
  }
  #expect(replies.map { $0["id"] } == [JSONValue.null, .null, 2])
  #expect(replies.map { $0["error"]?.objectValue?["code"] } == [-32700, -32600, nil])
  #expect(outcome.notices.contains("dropped a response"))
}

@Test func `messages may come in any pieces`() throws {
  let message = Array(#"{"jsonrpc":"2.0","id":1,"method":"echo","params":["é"]}"#.utf8)
  for framing in WireFraming.allCases {
    let program = try Program(["serve", "--stdio"])
    for byte in framing.frame(message) { try program.write([byte]) }
    let reply = try Conversation(program, framing).receive()
    #expect(reply?["result"] == ["é"])
    #expect(try program.finish().status == 0)
  }
}

@Test func `the program ends with the client that it was told of`() throws {
  // The client dies and leaves the pipe open, as a crashed editor with children does.
  let client = try Program([], executable: "/bin/cat")
  let program = try Program(["serve", "--stdio"])
  _ = try Conversation(program).call(
    "initialize", ["processId": .number(JSONNumber(Int(client.processID))), "capabilities": [:]])
  client.send(signal: SIGKILL)
  #expect(try client.finish().status == -SIGKILL)
  let outcome = try program.finish(closingInput: false)
  #expect(outcome.status == 0, "\(outcome.notices)")
  #expect(outcome.notices.contains("process \(client.processID), is gone"))
}

@Test func `10,000 models made in one process have 10,000 names`() throws {
  let count = 10_000
  let template = """
    metadata: {id: t}
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes: [{id: a, kind: const, values: [1]}]
    outputs: [{id: a, series: a, as: a.csv}]
    """
  let request = JSONValue.object([
    "jsonrpc": "2.0", "id": 1, "method": "generate", "params": ["template": .string(template)],
  ]).serialized()
  let program = try Program(["serve", "--stdio"])
  let conversation = Conversation(program)
  var names: Set<String> = []
  for _ in 0..<(count / 100) {
    let line = WireFraming.line.frame(request)
    try program.write(Array(repeatElement(line, count: 100).joined()))
    for _ in 0..<100 {
      let result = try conversation.receive()?["result"]?.objectValue
      names.insert(
        try #require(result?["provenance"]?.objectValue?["model_id"]?.stringValue))
    }
  }
  #expect(names.count == count)
  #expect(try program.finish().status == 0)
}

/// Runs the program with some streams closed, as a careless service manager starts it.
private func runClosed(_ streams: String, _ arguments: [String]) throws -> Program {
  try Program(
    ["-c", #"exec "$0" "$@" \#(streams)"#, Program.path] + arguments, executable: "/bin/sh")
}

/// Connects to a daemon that has no way to say when it listens.
private func connect(_ path: String) throws -> SocketStream {
  let start = ContinuousClock.now
  while ContinuousClock.now - start < Program.patience {
    if let stream = try? SocketStream(path) { return stream }
    usleep(1_000)
  }
  return try SocketStream(path)
}

@Test func `nothing takes the number of a standard stream that was closed`() throws {
  try TemporaryDirectory.make { directory in
    let path = directory.path("daemon.sock")
    let program = try runClosed("<&- >&- 2>&-", ["serve", "--socket", path])
    let client = Conversation(try connect(path))
    #expect(try client.request("echo", [1])["result"] == [1])
    for number in 0...2 {
      let file = try FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/\(program.processID)/fd/\(number)")
      #expect(file == "/dev/null", "\(number)")
    }
    program.send(signal: SIGTERM)
    #expect(try program.finish().status == 0)
  }
}

@Test(arguments: [
  ("<&-", ["validate", "-"], 1, "empty"), (">&-", ["list"], 3, "stdout"),
])
func `a standard stream that was closed is empty, and takes nothing`(
  streams: String, arguments: [String], status: Int32, notice: String
) throws {
  let outcome = try runClosed(streams, arguments).finish()
  #expect(outcome.status == status)
  #expect((outcome.notices + outcome.text).contains(notice), "\(outcome.notices)\(outcome.text)")
}
