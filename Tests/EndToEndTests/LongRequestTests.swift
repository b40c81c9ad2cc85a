import Foundation
import JSON
import Testing

/// A template that takes long, in whatever build.
let longTemplate: JSONValue = {
  let nodes = (0..<2_000).map { "  - {id: n\($0), kind: const, values: [1, 2]}\n" }.joined()
  return .string(
    "metadata: {id: big}\ngrid: {bins: 2, binSize: 1, binUnit: hours}\nnodes:\n" + nodes
      + "outputs: [{series: n0, as: n0.csv}]\n")
}()

/// A template that is short, and whose model is not.
private let wideTemplate: JSONValue = {
  let nodes = (0..<20).map { "  - {id: n\($0), kind: const, values: \"${a}\"}\n" }.joined()
  return .string(
    "metadata: {id: wide}\nparameters:\n  - {name: bins, type: integer, default: 10000}\n"
      + "  - {name: a, type: array, default: [1, 2], fit: repeat}\n"
      + "grid: {bins: \"${bins}\", binSize: 1, binUnit: hours}\nnodes:\n" + nodes
      + "outputs: [{series: n0, as: n0.csv}]\n")
}()

func request(_ id: Int, _ method: String, _ params: JSONValue) -> JSONValue {
  [
    "jsonrpc": "2.0", "id": .number(JSONNumber(id)), "method": .string(method), "params": params,
  ]
}

@Test func `a long request holds up neither its own client nor another`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--limit", "workerCountMax=1"]) { daemon in
      let busy = try daemon.connect()
      for id in 1...3 {
        try busy.send(request(id, "generate", ["template": longTemplate]))
      }
      try busy.send(request(4, "echo", [4]))
      #expect(try busy.receive()?["id"] == 4)
      _ = try daemon.connect().call("status")
      // With one thread for all, the other client's turn comes before the busy one's last.
      let other = try daemon.connect()
      let reply = try other.request("validateTemplate", ["template": longTemplate])
      #expect(reply["result"]?.objectValue?["valid"] == true)
      var ids: [JSONValue?] = []
      for _ in 1...3 { ids.append(try busy.receive()?["id"]) }
      #expect(ids == [1, 2, 3])
    }
  }
}

@Test(arguments: [longTemplate, wideTemplate])
func `a long request that is cancelled is answered once and the connection goes on`(
  template: JSONValue
) throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--limit", "quietMillisecondsMax=0"]) { daemon in
      let client = try daemon.connect(.header)
      try client.send(
        request(1, "generate", ["template": template, "workDoneToken": "t"]))
      func kind(_ message: JSONObject?) -> JSONValue? {
        message?["params"]?.objectValue?["value"]?.objectValue?["kind"]
      }
      #expect(kind(try client.receive()) == "begin")
      // It runs by now.
      #expect(kind(try client.receive()) == "report")
      try client.notify("$/cancelRequest", ["id": 1])
      var message = try client.receive()
      while kind(message) == "report" { message = try client.receive() }
      #expect(kind(message) == "end")
      let reply = try client.receive()
      #expect(reply?["id"] == 1)
      #expect(reply?["error"]?.objectValue?["code"] == -32_800)
      try client.send(request(1, "generate", ["template": template]))
      #expect(try client.receive()?["result"] != nil)
    }
  }
}

@Test func `a message that is not ended closes its connection and no other`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--limit", "frameSecondsMax=1"]) { daemon in
      let slow = try daemon.connect()
      try slow.stream.write(Array("{\"jsonrpc\":".utf8))
      let quiet = try daemon.connect()
      _ = try quiet.call("status")
      let reply = try #require(try slow.receive())
      #expect(reply["id"] == .null)
      #expect(
        reply["error"]?.objectValue?["data"]?.objectValue?["limit"] == "frameSecondsMax")
      #expect(try slow.receive() == nil)
      _ = try quiet.call("status")
    }
  }
}

@Test func `a client that leaves its answers unread is dropped and no other waits`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--limit", "writeSecondsMax=1"]) { daemon in
      let lazy = try daemon.connect()
      let text = JSONValue.string(String(repeating: "x", count: 1 << 20))
      // A daemon that has been told to read no more takes no more.
      try? lazy.send(request(1, "echo", [text, text, text, text]))
      let other = try daemon.connect()
      _ = try other.call("status")
      try daemon.program.waitForNotice("writeSecondsMax")
      _ = try other.call("status")
    }
  }
}

@Test func `a daemon that is told to end answers what it has read`() throws {
  try TemporaryDirectory.make { directory in
    let daemon = try Daemon.start(in: directory, ["--limit", "shutdownSecondsMax=60"])
    let client = try daemon.connect()
    try client.send(request(1, "generate", ["template": longTemplate]))
    try client.send(request(2, "echo", []))
    #expect(try client.receive()?["id"] == 2)
    daemon.program.send(signal: SIGTERM)
    let reply = try client.receive()
    #expect(reply?["id"] == 1)
    #expect(reply?["result"] != nil)
    #expect(try client.receive() == nil)
    #expect(try daemon.program.finish(closingInput: false).status == 0)
  }
}

@Test(arguments: WireFraming.allCases)
func `what stdin brings before its end is answered`(framing: WireFraming) throws {
  let message = request(1, "generate", ["template": longTemplate])
  let outcome = try Program.run(
    ["serve", "--stdio"], input: framing.frame(message.serialized()))
  #expect(outcome.status == 0)
  #expect(outcome.text.contains("\"id\":1,\"result\""))
}
