import Foundation
import JSON
import Platform
import Testing

/// A bound that only a process keeps, and what is seen of it below it, at it and beyond it. The others are those of
/// Tests/ServerTests/LimitEdges.
private struct ProcessEdge: Sendable, CustomTestStringConvertible {
  let name: String
  let value: Int
  /// What of the bound is tried, and what is seen then.
  let seen: [(count: Int, what: String)]
  let arguments: [String]
  let act: @Sendable (Daemon, TemporaryDirectory, _ count: Int) throws -> String

  init(
    _ name: String, at value: Int, _ arguments: [String] = [], seen: [(count: Int, what: String)],
    act: @escaping @Sendable (Daemon, TemporaryDirectory, _ count: Int) throws -> String
  ) {
    self.name = name
    self.value = value
    self.seen = seen
    self.arguments = arguments
    self.act = act
  }

  var testDescription: String { name }

  static let all: [ProcessEdge] = [
    ProcessEdge(
      "connectionCountMax", at: 2,
      seen: [(1, "all are served"), (2, "all are served"), (3, "the last waits")]
    ) { daemon, _, count in
      let clients = try (0..<count).map { _ in try daemon.connect() }
      for client in clients.prefix(2) { _ = try client.request("echo", []) }
      let counters = try clients[0].call("status")["counters"]?.objectValue
      return counters?["connections"]?.numberValue?.integer == count
        ? "all are served" : "the last waits"
    },
    ProcessEdge(
      "workerCountMax", at: 2, seen: [(1, "1 threads"), (2, "2 threads"), (3, "2 threads")]
    ) { daemon, _, count in
      let client = try daemon.connect()
      let requests = (1...count).flatMap {
        client.framing.frame(request($0, "generate", ["template": longTemplate]).serialized())
      }
      // In one piece, so that the first is not done when the last comes.
      try client.stream.write(requests)
      for _ in 1...count { _ = try client.receive() }
      let tasks = "/proc/\(daemon.program.processID)/task"
      let names = try FileManager.default.contentsOfDirectory(atPath: tasks).map {
        FileManager.default.contents(atPath: "\(tasks)/\($0)/comm") ?? Data()
      }
      return "\(names.count { $0 == Data("worker\n".utf8) }) threads"
    },
    ProcessEdge(
      "recordFileCountMax", at: 2, ["--record", "talk"],
      seen: [(1, "1 files"), (2, "2 files"), (3, "2 files")]
    ) { daemon, directory, count in
      for _ in 0..<count { _ = try daemon.connect().call("status") }
      return "\(directory.names.count { $0.hasPrefix("talk.") }) files"
    },
    // The count is that of seconds for which the client takes nothing: none, and as many as there may be.
    ProcessEdge(
      "writeSecondsMax", at: 2, seen: [(0, "it is answered"), (2, "it is dropped then")]
    ) { daemon, _, seconds in
      let client = try daemon.connect()
      // More than sockets hold, and no more than a slow client reads in a fraction of the time.
      let text = JSONValue.string(String(repeating: "x", count: 600_000))
      let start = SystemClock.monotonic()
      try? client.send(request(1, "echo", [text]))
      if seconds == 0 {
        return try client.receive()?["id"] == 1 ? "it is answered" : "it is not answered"
      }
      try daemon.program.waitForNotice("writeSecondsMax")
      // The clock began when the client had sent some.
      let time = SystemClock.monotonic() - start
      return time >= .seconds(2) ? "it is dropped then" : "it is dropped after \(time)"
    },
  ]
}

@Test(arguments: ProcessEdge.all)
private func `a bound of the process holds below it, at it and beyond it`(edge: ProcessEdge) throws
{
  for (count, what) in edge.seen {
    try TemporaryDirectory.make { directory in
      let arguments = edge.arguments + ["--limit", "\(edge.name)=\(edge.value)"]
      try Daemon.run(in: directory, arguments) { daemon in
        let seen = try edge.act(daemon, directory, count)
        #expect(seen == what, "\(count) of \(edge.value)")
      }
    }
  }
}

/// `shutdownSecondsMax`: what is done by then is answered, and then the rest is cancelled and answered so.
@Test func `a daemon that is told to end cancels what it has not done in time`() throws {
  let count = 300
  let seconds = Program.slowness
  try TemporaryDirectory.make { directory in
    let daemon = try Daemon.start(
      in: directory,
      [
        "--limit", "shutdownSecondsMax=\(seconds)", "--limit", "workerCountMax=1", "--limit",
        "longRequestCountMax=1000", "--limit", "requestCountMax=2000",
      ])
    let client = try daemon.connect()
    _ = try client.call("initialize", [:])
    try client.notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": "a", "languageId": "yaml", "version": 1, "text": longTemplate]])
    // In one piece: who sends without reading is not read any more.
    let requests = (2..<(2 + count)).map { request($0, "generate", ["uri": "a"]) }
    try client.stream.write(
      (requests + [request(1_000, "echo", [])]).flatMap { client.framing.frame($0.serialized()) })
    var answered: [Int] = []
    var cancelled: [Int] = []
    var isRead = false
    var end = SystemClock.monotonic()
    while let message = try client.receive() {
      guard let id = message["id"]?.numberValue?.integer else { continue }
      if id == 1_000 {
        isRead = true
        daemon.program.send(signal: SIGTERM)
        end = SystemClock.monotonic() + .seconds(seconds)
      } else if message["result"] != nil {
        answered.append(id)
      } else {
        #expect(message["error"]?.objectValue?["code"] == -32_800)
        #expect(
          isRead && SystemClock.monotonic() >= end - .milliseconds(5),
          "\(id) is cancelled too early")
        cancelled.append(id)
      }
    }
    #expect(!cancelled.isEmpty)
    #expect((answered + cancelled).sorted() == Array(2..<(2 + count)))
    #expect(try daemon.program.finish(closingInput: false).status == 0)
  }
}
