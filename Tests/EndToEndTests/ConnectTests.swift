import Foundation
import JSON
import Platform
import Testing

/// Gives `body` a path without a daemon; one that was started there is ended afterwards.
private func withPath<Answer>(_ body: (TemporaryDirectory, String) throws -> Answer) throws
  -> Answer
{
  try TemporaryDirectory.make { directory in
    let path = directory.path("daemon.sock")
    defer {
      if let daemon = holder(of: path) { kill(daemon, SIGKILL) }
    }
    return try body(directory, path)
  }
}

/// The process that serves a path.
private func holder(of path: String) -> Int32? {
  guard let text = try? String(contentsOfFile: path + ".lock", encoding: .utf8) else { return nil }
  return Int32(text.trimmingCharacters(in: .newlines)).flatMap { $0 > 0 ? $0 : nil }
}

private func connect(_ path: String, _ arguments: [String] = []) throws -> Program {
  try Program(["connect", "--socket", path, "--idle-exit", "60"] + arguments)
}

private let echo = #"{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}"#
private let echoed = #"{"jsonrpc":"2.0","id":1,"result":[1]}"# + "\n"

@Test func `a daemon is started where there is none, and goes on for others`() throws {
  try withPath { directory, path in
    for _ in 0..<2 {
      let program = try connect(path)
      try program.write(Array((echo + "\n").utf8))
      let outcome = try program.finish()
      #expect(outcome.status == 0, "\(outcome.notices)")
      #expect(outcome.text == echoed)
      #expect(outcome.notices.isEmpty)
    }
    let status = try Conversation(try SocketStream(path)).call("status")
    #expect(status["counters"]?.objectValue?["connections"] == 3)
    #expect(try directory.text("daemon.sock.log") == "flowtime-sim: listening on \(path)\n")
    let daemon = try #require(holder(of: path))
    #expect(getsid(daemon) == daemon)
    #expect(getpgid(daemon) == daemon)
  }
}

@Test func `many that come at once get one daemon, and the first request of each is answered`()
  throws
{
  try withPath { directory, path in
    let programs = try (0..<16).map { _ in try connect(path) }
    for program in programs { try program.write(Array((echo + "\n").utf8)) }
    for program in programs {
      let outcome = try program.finish()
      #expect(outcome.status == 0, "\(outcome.notices)")
      #expect(outcome.text == echoed)
    }
    #expect(try directory.text("daemon.sock.log") == "flowtime-sim: listening on \(path)\n")
  }
}

@Test func `a daemon that was killed is replaced`() throws {
  try withPath { _, path in
    var daemons: Set<Int32> = []
    for _ in 0..<3 {
      let program = try connect(path)
      _ = try Conversation(program).call("status")
      let daemon = try #require(holder(of: path))
      daemons.insert(daemon)
      kill(daemon, SIGKILL)
      let outcome = try program.finish(closingInput: false)
      #expect(outcome.status == 3)
      #expect(outcome.notices.contains("is gone"), "\(outcome.notices)")
    }
    #expect(daemons.count == 3)
  }
}

@Test(arguments: WireFraming.allCases)
func `through the bridge a conversation is what it is on the socket`(framing: WireFraming) throws {
  try withPath { _, path in
    let program = try connect(path)
    let conversation = Conversation(program, framing)
    _ = try conversation.call("initialize", ["capabilities": [:]])
    let text = JSONValue.string(String(repeating: "é", count: 300_000))
    #expect(try conversation.request("echo", [text])["result"] == [text])
    #expect(try conversation.request("shutdown")["result"] == JSONValue.null)
    try conversation.notify("exit")
    #expect(try conversation.receive() == nil)
    let outcome = try program.finish(closingInput: false)
    #expect(outcome.status == 0, "\(outcome.notices)")
  }
}

@Test(arguments: [(echo, echoed), ("", ""), (echo + "\n" + echo + "\n", echoed + echoed)])
func `after the end of the input all answers still come`(input: String, output: String) throws {
  try withPath { _, path in
    let outcome = try Program.run(
      ["connect", "--socket", path, "--idle-exit", "60"], input: Array(input.utf8))
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(outcome.text == output)
  }
}

@Test func `the bridge ends with the client that introduced itself`() throws {
  try withPath { _, path in
    // The client dies and leaves the pipe open, as a crashed editor with children does.
    let client = try Program([], executable: "/bin/cat")
    let program = try connect(path)
    _ = try Conversation(program, .header).call(
      "initialize", ["processId": .number(JSONNumber(Int(client.processID))), "capabilities": [:]])
    client.send(signal: SIGKILL)
    #expect(try client.finish().status == -SIGKILL)
    let start = ContinuousClock.now
    let outcome = try program.finish(closingInput: false)
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(ContinuousClock.now - start < .seconds(2))
  }
}

private let unusable: [(arguments: [String], status: Int32, notice: String)] = [
  (["--limit", "depthMax=0"], 2, "--limit takes NAME=NUMBER"),
  (["--wait", "0"], 2, "--wait takes a number of seconds from 1"),
  (["--idle-exit", "soon"], 2, "--idle-exit takes a number of seconds from 1"),
  (["--templates", "absent"], 3, "--templates: "),
]

@Test(arguments: unusable)
func `what a daemon could not be told is refused before one is started`(
  arguments: [String], status: Int32, notice: String
) throws {
  try withPath { directory, path in
    let outcome = try Program.run(["connect", "--socket", path] + arguments)
    #expect(outcome.status == status)
    #expect(outcome.notices.contains(notice), "\(outcome.notices)")
    #expect(directory.names.isEmpty)
  }
}

@Test func `a path that cannot be served is refused with its reason`() throws {
  try withPath { directory, path in
    try directory.write("daemon.sock", "a file")
    let outcome = try Program.run(["connect", "--socket", path])
    #expect(outcome.status == 3)
    #expect(outcome.notices.contains("is not a socket"), "\(outcome.notices)")
  }
}

@Test func `one who waits in vain for a daemon is told what the daemon said`() throws {
  try withPath { directory, path in
    // Somebody holds the right to serve, and does not.
    let lock = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    defer { close(lock) }
    let outcome = try Program.run(
      ["connect", "--socket", path, "--wait", "1", "--idle-exit", "1"])
    #expect(outcome.status == 3)
    #expect(outcome.notices.contains("no daemon answers"), "\(outcome.notices)")
    #expect(outcome.notices.contains("is already served"), "\(outcome.notices)")
  }
}

@Test func `a daemon without a client ends by itself, and leaves no socket`() throws {
  try TemporaryDirectory.make { directory in
    let daemon = try Daemon.start(in: directory, ["--idle-exit", "1"])
    let client = try daemon.connect()
    _ = try client.call("status")
    try client.notify("exit")
    let outcome = try daemon.program.finish(closingInput: false)
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(outcome.notices.contains("no client for 1 s (--idle-exit)"), "\(outcome.notices)")
    #expect(directory.names == ["daemon.sock.lock"])
  }
}

@Test func `a silent client keeps the daemon, and is not sent away`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--idle-exit", "1"]) { daemon in
      let silent = try daemon.connect()
      let other = try Program(["serve", "--stdio", "--idle-exit", "2"])
      #expect(try other.finish(closingInput: false).status == 0)
      _ = try silent.call("status")
    }
  }
}

@Test func `over stdio a client that is silent for too long is taken for gone`() throws {
  let program = try Program(["serve", "--stdio", "--idle-exit", "1"])
  _ = try Conversation(program).call("status")
  let outcome = try program.finish(closingInput: false)
  #expect(outcome.status == 0)
  #expect(outcome.notices.contains("silent for too long"), "\(outcome.notices)")
}
