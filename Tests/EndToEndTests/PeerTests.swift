import Foundation
import JSON
import Testing

private let echo = Array(#"{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}"#.utf8)

/// What a user without rights gets from a daemon of root's.
private func answer(_ daemon: Daemon) throws -> Program.Outcome {
  try Program.run(
    [
      "--reuid=65534", "--regid=65534", "--clear-groups", Program.path, "connect", "--wait", "1",
      "--socket", daemon.path,
    ], input: echo, executable: "/usr/bin/setpriv")
}

@Test(arguments: [[], ["--read-only"]])
func `clients are told of their rights over stdio and the socket`(options: [String]) throws {
  let isReadOnly = JSONValue.bool(!options.isEmpty)
  let program = try Program(["serve", "--stdio"] + options)
  #expect(try Conversation(program).call("status")["readOnly"] == isReadOnly)
  #expect(try program.finish().status == 0)
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, options) { daemon in
      let status = try daemon.connect().call("status")
      #expect(status["readOnly"] == isReadOnly)
    }
    // The last mention of a user counts.
    let own = "\(geteuid())"
    try Daemon.run(in: directory, ["--allow-uid", own, "--allow-uid", own + ":read-only"]) {
      daemon in
      let status = try daemon.connect().call("status")
      #expect(status["readOnly"] == true)
    }
  }
}

private let canSwitch = geteuid() == 0 && Nobody.isAvailable

@Test(
  .enabled(if: canSwitch, "only root can become somebody else"),
  arguments: [
    (["65534"], true), (["1", "nobody:read-only"], true), (["1:read-only"], false),
  ])
func `who is neither the daemon's user nor named is told so and sent away`(
  users: [String], isServed: Bool
) throws {
  try TemporaryDirectory.make { directory in
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o711], ofItemAtPath: directory.path)
    try Daemon.run(in: directory, users.flatMap { ["--allow-uid", $0] }) { daemon in
      let outcome = try answer(daemon)
      let reply = try #require(
        try JSONDocument.parse(outcome.output).root.objectValue, "\(outcome.notices)")
      if isServed {
        #expect(reply["result"] == [1])
      } else {
        #expect(reply["id"] == JSONValue.null)
        let message = reply["error"]?.objectValue?["message"]?.stringValue
        #expect(message?.contains("user 65534 may not connect") == true)
        #expect(message?.contains("--allow-uid") == true)
        try daemon.program.waitForNotice("of user 65534: neither the daemon's own user nor named")
      }
      _ = try daemon.connect().call("status")
    }
  }
}

@Test(arguments: [
  "nobody-of-that-name", "-1", "4294967296", "", "0:", "0:write", "0:read-only:", ":read-only",
])
func `a user who is not there is refused before anything is served`(user: String) throws {
  try TemporaryDirectory.make { directory in
    let outcome = try Program.run(
      ["serve", "--socket", directory.path("s"), "--allow-uid", user])
    #expect(outcome.status == 2, "\(outcome.notices)")
    #expect(directory.names.isEmpty)
  }
}

/// Starts a daemon by a program that bounds something, and opens more conversations than fit.
private func crowd(
  by bounder: [String], asking method: String, notice: String, warning: String
) throws {
  try TemporaryDirectory.make { directory in
    let path = directory.path("daemon.sock")
    if bounder.contains("--reuid=65534") {
      try FileManager.default.setAttributes([.ownerAccountID: 65534], ofItemAtPath: directory.path)
    }
    let program = try Program(
      bounder.dropFirst() + [Program.path, "serve", "--socket", path, "--allow-uid", "0"],
      executable: bounder[0])
    try program.waitForNotice("listening on")
    func connect() throws -> Conversation {
      Conversation(try SocketStream(path, trusting: [geteuid(), 65534]))
    }
    let first = try connect()
    _ = try first.call("status")
    var others = try (0..<20).map { _ in try connect() }
    for other in others {
      try other.send(["jsonrpc": "2.0", "id": 7, "method": .string(method), "params": [:]])
    }
    let notices = try program.waitForNotice(warning)
    #expect(notices.contains(notice), "\(notices)")
    for _ in 0..<100 { _ = try first.call("status") }
    // Each that goes makes room for one that waits, in the order in which they came.
    while !others.isEmpty {
      let served = others.removeFirst()
      let reply = try served.receive()
      #expect(reply?["id"] == 7 && reply?["result"] != nil)
    }
    program.send(signal: SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.status == 0)
    let warnings = outcome.notices.split(separator: "\n").count { $0.contains(warning) }
    #expect((1...20).contains(warnings), "\(outcome.notices)")
  }
}

@Test func `without descriptors for more clients those who are there are served, and others wait`()
  throws
{
  try crowd(
    by: ["/bin/sh", "-c", "ulimit -n 20; exec \"$@\"", "sh"], asking: "echo",
    notice: "Too many open files",
    warning: "cannot take another client now")
}

private let bounder = "/usr/bin/prlimit"
private let canBoundThreads =
  canSwitch && FileManager.default.isExecutableFile(atPath: bounder)

// The bound on threads is one on those of a user, and does not hold for root.
@Test(.enabled(if: canBoundThreads, "only root can become somebody else"))
func `without threads for more clients those who are there are served, and others wait`() throws {
  try crowd(
    by: [
      "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", bounder, "--nproc=8",
    ],
    asking: "status", notice: "Resource temporarily unavailable",
    warning: "cannot give a client a thread now")
}
