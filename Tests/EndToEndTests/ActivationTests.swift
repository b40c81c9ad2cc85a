import Foundation
import Testing

/// Starts a program as systemd starts a service that is activated by a socket: sd_listen_fds(3).
private let activate = """
  import os, socket, sys
  kind, path, count, program = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
  if kind == "file":
      number = os.open("/dev/null", os.O_RDWR)
  else:
      family = socket.AF_INET if kind == "tcp" else socket.AF_UNIX
      made = socket.socket(family, socket.SOCK_DGRAM if kind == "datagram" else socket.SOCK_STREAM)
      made.bind(("127.0.0.1", 0) if kind == "tcp" else "\\0" + path if kind == "abstract" else path)
      if kind not in ("silent", "datagram"):
          made.listen(8)
      if kind == "waited":
          client = socket.socket(socket.AF_UNIX)
          client.connect(path)
          client.sendall(b'{"jsonrpc":"2.0","method":"x"}\\n')
      number = made.fileno()
  if kind == "closed":
      os.closerange(3, 64)
  else:
      os.dup2(number, 3)
      os.set_inheritable(3, True)
  os.environ["LISTEN_PID"] = "1" if kind == "other" else str(os.getpid())
  os.environ["LISTEN_FDS"] = count
  os.environ["LISTEN_FDNAMES"] = "flowtime-sim.socket"
  os.execv(program[0], program)
  """

private func start(
  _ kind: String, _ path: String, count: Int = 1, _ arguments: [String] = []
) throws -> Program {
  try Program(
    ["-c", activate, kind, path, String(count), Program.path, "serve", "--socket"] + arguments,
    environment: ["XDG_RUNTIME_DIR": (path as NSString).deletingLastPathComponent],
    executable: try #require(Python.path))
}

@Test(.enabled(if: Python.path != nil, "no python3"), arguments: ["unix", "waited"])
func `a socket that the process was started with is served and left`(kind: String) throws {
  try TemporaryDirectory.make { directory in
    let path = directory.path("given.sock")
    let program = try start(kind, path, ["--idle-exit", "1"])
    try program.waitForNotice("listening on \(path)")
    let client = Conversation(try SocketStream(path))
    _ = try client.call("status")
    try client.notify("exit")
    let outcome: Program.Outcome
    if kind == "waited" {
      // Its client, which came first, is still there.
      _ = try Conversation(try SocketStream(path)).call("status")
      program.send(signal: SIGTERM)
    }
    outcome = try program.finish(closingInput: false)
    #expect(outcome.status == 0, "\(outcome.notices)")
    // No lock either: whoever made the socket owns the path.
    #expect(directory.names == ["given.sock"])
  }
}

@Test(
  .enabled(if: Python.path != nil, "no python3"),
  arguments: [
    ("datagram", 1, "no Unix stream socket"), ("tcp", 1, "no Unix stream socket"),
    ("silent", 1, "nobody listens"), ("abstract", 1, "it has no path"),
    ("file", 1, "descriptor 3 is no socket"), ("closed", 1, "descriptor 3 is no socket"),
    ("unix", 2, "there are 2 (LISTEN_FDS)"),
  ])
func `what cannot be served of what was handed over is told`(
  kind: String, count: Int, notice: String
) throws {
  try TemporaryDirectory.make { directory in
    let outcome = try start(kind, directory.path("given.sock"), count: count).finish()
    #expect(outcome.status == 3)
    #expect(outcome.notices.contains("handed over cannot be served"), "\(outcome.notices)")
    #expect(outcome.notices.contains(notice), "\(outcome.notices)")
  }
}

@Test(.enabled(if: Python.path != nil, "no python3"))
func `a socket for another path or another process is not taken`() throws {
  try TemporaryDirectory.make { directory in
    let refused = try start("unix", directory.path("given.sock"), [directory.path("own.sock")])
      .finish()
    #expect(refused.status == 3)
    #expect(refused.notices.contains("--socket asks for"), "\(refused.notices)")
    let other = try start("other", directory.path("other.sock"), [directory.path("own.sock")])
    try other.waitForNotice("listening on \(directory.path("own.sock"))")
    other.send(signal: SIGTERM)
    #expect(try other.finish().status == 0)
  }
}

private let activator = "/usr/bin/systemd-socket-activate"

@Test(.enabled(if: FileManager.default.isExecutableFile(atPath: activator), "no systemd"))
func `systemd starts the daemon with its first client`() throws {
  try TemporaryDirectory.make { directory in
    let path = directory.path("given.sock")
    let program = try Program(
      ["-l", path, Program.path, "serve", "--socket", "--idle-exit", "1"], executable: activator)
    try program.waitForNotice("Listening on")
    let client = Conversation(try SocketStream(path))
    _ = try client.call("status")
    try client.notify("exit")
    #expect(try program.finish(closingInput: false).status == 0)
  }
}
