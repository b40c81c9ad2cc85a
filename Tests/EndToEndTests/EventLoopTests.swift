import Foundation
import JSON
import Testing

/// How many threads of a process serve a connection by themselves.
private func connectionThreadCount(of process: Int32) -> Int {
  let tasks = "/proc/\(process)/task"
  let numbers = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
  return numbers.count {
    (try? String(contentsOfFile: "\(tasks)/\($0)/comm", encoding: .utf8)) == "connection\n"
  }
}

/// Waits until no connection has a thread of its own.
private func waitForRest(of process: Int32) throws {
  for _ in 0..<200 {
    if connectionThreadCount(of: process) == 0 { return }
    usleep(50_000)
  }
  Issue.record("there are still \(connectionThreadCount(of: process)) threads for connections")
}

@Test(arguments: [2, 100])
func
  `clients share a thread while they ask for little, and come back to it after they asked for more`(
    count: Int
  ) throws
{
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let process = daemon.program.processID
      let clients = try (0..<count).map { try daemon.connect(WireFraming.allCases[$0 % 2]) }
      for round in 0..<2 {
        for (number, client) in clients.enumerated() {
          try client.send([
            "jsonrpc": "2.0", "id": .number(JSONNumber(number)), "method": "echo", "params": [[]],
          ])
        }
        for (number, client) in clients.enumerated() {
          let reply = try client.receive()
          #expect(reply?["id"] == .number(JSONNumber(number)))
        }
        for client in clients { #expect(try client.call("status")["name"] == "flowtime-sim") }
        #expect(connectionThreadCount(of: process) > 0, "round \(round)")
        try waitForRest(of: process)
      }
    }
  }
}

@Test func `clients that ask for little do not wait for those who are slow, silent or long-winded`()
  throws
{
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let brief = try (0..<3).map { _ in try daemon.connect() }
      let halfSent = try daemon.connect()
      try halfSent.stream.write(Array(#"{"jsonrpc":"2.0","id":1,"meth"#.utf8))
      let silent = try daemon.connect()
      let long = JSONValue.string(String(repeating: "x", count: 3_000))
      // More than the socket holds of answers, and less than it holds in both directions.
      for _ in 0..<80 {
        try silent.send(["jsonrpc": "2.0", "id": "again", "method": "echo", "params": [long]])
      }
      let longWinded = try daemon.connect()
      let text = JSONValue.string(String(repeating: "x", count: 200_000))
      try longWinded.send(["jsonrpc": "2.0", "id": 1, "method": "echo", "params": [text]])
      for number in 0..<20 {
        for client in brief {
          let params: JSONValue = [.number(JSONNumber(number))]
          #expect(try client.request("echo", params)["result"] == params)
        }
      }
      #expect(try longWinded.receive()?["result"] == [text])
      try halfSent.stream.write(Array(#"od":"echo","params":[1]}"#.utf8) + [0x0A])
      #expect(try halfSent.receive()?["result"] == [1])
    }
  }
}

/// Kilobytes of a process that are in memory.
private func residentSize(of process: Int32) throws -> Int {
  let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
  return try #require(Int(line.filter(\.isNumber)))
}

@Test func `memory is given back when nobody has asked for anything for a while`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let process = daemon.program.processID
      let text = JSONValue.string(String(repeating: "x", count: 500_000))
      let clients = try (0..<4).map { _ in try daemon.connect() }
      for client in clients {
        #expect(try client.request("echo", [text, text])["result"] == [text, text])
      }
      let busy = try residentSize(of: process)
      // The thread of a connection rests after a second, the daemon after two more.
      var silent = busy
      for _ in 0..<400 where silent > busy - 1_000 {
        usleep(50_000)
        silent = try residentSize(of: process)
      }
      #expect(silent <= busy - 1_000, "\(busy) KB, then \(silent) KB")
      for client in clients { #expect(try client.request("echo", [1])["result"] == [1]) }
    }
  }
}
