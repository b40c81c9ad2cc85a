import Foundation
import JSON
import Testing

/// Replies bear a text of their client, so that one that went astray is seen.
@Test func `eight clients at once each get their own replies in order`() throws {
  let requestCount = 200
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let clients = try (0..<8).map { try daemon.connect(WireFraming.allCases[$0 % 2]) }
      for number in 0..<requestCount {
        for (client, conversation) in clients.enumerated() {
          let (method, params) = call(number, of: client)
          try conversation.send([
            "jsonrpc": "2.0", "id": .string("\(client)-\(number)"), "method": .string(method),
            "params": params,
          ])
        }
      }
      for (client, conversation) in clients.enumerated() {
        for number in 0..<requestCount {
          let reply = try #require(try conversation.receive())
          #expect(reply["id"] == .string("\(client)-\(number)"))
          let result = try #require(
            reply["result"]?.objectValue, "\(JSONValue.object(reply).text())")
          switch number % 4 {
          case 0: #expect(result["client"] == .number(JSONNumber(client)))
          case 1:
            let id = result["provenance"]?.objectValue?["template_id"]
            #expect(id == .string("client-\(client)"))
          case 2: #expect(result["valid"] == false)
          default: #expect(result["name"] == "flowtime-sim")
          }
        }
      }
      let status = try daemon.connect().call("status")
      let counters = try #require(status["counters"]?.objectValue)
      #expect(counters["connections"] == 9)
      #expect(counters["requests"] == .number(JSONNumber(8 * requestCount + 1)))
      #expect(counters["models"] == .number(JSONNumber(8 * requestCount / 4)))
    }
  }
}

private func call(_ number: Int, of client: Int) -> (method: String, params: JSONValue) {
  let template = """
    metadata: {id: client-\(client)}
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes: [{id: a, kind: const, values: [\(number)]}]
    outputs: [{id: a, series: a, as: a.csv}]
    """
  switch number % 4 {
  case 0: return ("echo", ["client": .number(JSONNumber(client))])
  case 1: return ("generate", ["template": .string(template)])
  case 2: return ("validateTemplate", ["template": "grid: ${x}"])
  default: return ("status", [:])
  }
}

@Test func `open documents belong to their connection`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let clients = try ["grid: [", "- a list"].map { text in
        let conversation = try daemon.connect(.header)
        _ = try conversation.call("initialize", ["capabilities": [:]])
        try conversation.notify(
          "textDocument/didOpen",
          [
            "textDocument": [
              "uri": "file:///t.yaml", "languageId": "yaml", "version": 1, "text": .string(text),
            ]
          ])
        return conversation
      }
      let codes = try clients.map { conversation in
        let published = try conversation.receive()
        #expect(published?["method"] == "textDocument/publishDiagnostics")
        let params = published?["params"]?.objectValue
        #expect(params?["version"] == 1)
        return params?["diagnostics"]?.arrayValue?.first?.objectValue?["code"]
      }
      #expect(codes == ["yaml-syntax", "template-not-mapping"])
    }
  }
}

@Test func `shutdown and exit end a connection, never the daemon`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let first = try daemon.connect()
      let second = try daemon.connect()
      _ = try second.call("status")
      _ = try first.request("shutdown")
      try first.notify("exit")
      #expect(try first.receive() == nil)
      _ = try second.call("status")
      try second.notify("exit")
      #expect(try second.receive() == nil)
      _ = try daemon.connect().call("status")
    }
  }
}

@Test(arguments: [
  "", " ", "{\"jsonrpc\"", "Content-Length: 100\r\n\r\n{\"jsonrpc\"", "Content-Length: 12",
  "nonsense",
  "Content-Length: x\r\n\r\n", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.discover\"}\n",
])
func `a client that goes away in the middle harms nobody`(text: String) throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let other = try daemon.connect()
      _ = try other.call("status")
      for _ in 0..<3 {
        try SocketStream(daemon.path).write(Array(text.utf8))
        _ = try other.call("status")
      }
      _ = try daemon.connect().call("status")
    }
  }
}

@Test func `a second daemon on the same socket gives way and says to whom`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let second = try Program.run(["serve", "--socket", daemon.path])
      #expect(second.status == 3)
      #expect(
        second.notices.contains("already served by process \(daemon.program.processID)"),
        "\(second.notices)")
      _ = try daemon.connect().call("status")
    }
  }
}

@Test func `the socket of a daemon that was killed is taken over at once`() throws {
  try TemporaryDirectory.make { directory in
    let killed = try Daemon.start(in: directory)
    killed.program.send(signal: SIGKILL)
    #expect(try killed.program.finish().status == -SIGKILL)
    #expect(directory.names == ["daemon.sock", "daemon.sock.lock"])
    try Daemon.run(in: directory) { daemon in
      _ = try daemon.connect().call("status")
    }
  }
}

@Test(arguments: [SIGTERM, SIGINT])
func `a signal ends the daemon, its clients and its socket in good order`(signal: Int32) throws {
  try TemporaryDirectory.make { directory in
    let daemon = try Daemon.start(in: directory)
    let client = try daemon.connect()
    _ = try client.call("status")
    daemon.program.send(signal: signal)
    #expect(try client.receive() == nil)
    let outcome = try daemon.program.finish(closingInput: false)
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(directory.names == ["daemon.sock.lock"])
  }
}

@Test func `beyond the bound of connections a client waits its turn`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--limit", "connectionCountMax=2"]) { daemon in
      let first = try daemon.connect()
      let second = try daemon.connect()
      _ = try first.call("status")
      _ = try second.call("status")
      let third = try daemon.connect()
      try third.send(["jsonrpc": "2.0", "id": 1, "method": "echo", "params": [3]])
      _ = try first.call("status")
      try first.notify("exit")
      #expect(try first.receive() == nil)
      #expect(try third.receive()?["result"] == [3])
      _ = try second.call("status")
    }
  }
}

@Test func `only its user can reach the socket`() throws {
  try TemporaryDirectory.make { directory in
    let runtime = ["XDG_RUNTIME_DIR": directory.path]
    let program = try Program(["serve", "--socket"], environment: runtime)
    let path = directory.path("flowtime-sim/daemon.sock")
    try program.waitForNotice("listening on \(path)")
    for (path, mode) in [(directory.path("flowtime-sim"), 0o700), (path, 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
    }
    program.send(signal: SIGTERM)
    #expect(try program.finish().status == 0)
  }
}

@Test func `templates are read again on SIGHUP`() throws {
  try TemporaryDirectory.make { directory in
    try FileManager.default.createDirectory(
      atPath: directory.path("t"), withIntermediateDirectories: false)
    try directory.write("t/one.yaml", "metadata: {id: one}\n")
    try Daemon.run(in: directory, ["--templates", "t", "--watch", "off"]) { daemon in
      let client = try daemon.connect()
      func ids() throws -> [JSONValue?] {
        let list = try client.call("listTemplates")["templates"]?.arrayValue ?? []
        return list.map { $0.objectValue?["templateId"] }
      }
      #expect(try ids() == ["one"])
      try directory.write("t/two.yaml", "metadata: {id: two}\n")
      #expect(try ids() == ["one"])
      daemon.program.send(signal: SIGHUP)
      try daemon.program.waitForNotice("templates")
      #expect(try ids() == ["one", "two"])
    }
  }
}

private let longName = String(repeating: "s", count: 104)

@Test(arguments: [
  (longName, "has 104 bytes; choose one of at most 103"),
  ("absent/daemon.sock.d/x", "No such file or directory"),
  ("file/daemon.sock", "not a directory"),
  ("file", "not a socket"),
  ("open/daemon.sock", "is not safe"),
])
func `a socket path that cannot be served is refused with its reason`(path: String, notice: String)
  throws
{
  try TemporaryDirectory.make { directory in
    try directory.write("file", "")
    let manager = FileManager.default
    try manager.createDirectory(
      atPath: directory.path("open"), withIntermediateDirectories: false)
    try manager.setAttributes([.posixPermissions: 0o777], ofItemAtPath: directory.path("open"))
    let outcome = try Program.run(["serve", "--socket", path], in: directory.path)
    #expect(outcome.status == 3)
    #expect(outcome.notices.contains(notice), "\(outcome.notices)")
    #expect(directory.names.filter { !$0.hasSuffix(".lock") } == ["file", "open"])
  }
}

@Test func `a socket path of 103 bytes is served`() throws {
  try TemporaryDirectory.make { directory in
    let name = String(repeating: "s", count: 103 - directory.path.utf8.count - 1)
    let program = try Program(["serve", "--socket", directory.path(name)])
    try program.waitForNotice("listening on")
    _ = try Conversation(try SocketStream(directory.path(name))).call("status")
    program.send(signal: SIGTERM)
    #expect(try program.finish().status == 0)
  }
}
