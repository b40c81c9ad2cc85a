import Foundation
import Glibc
import Testing

@testable import Platform

/// A listener, or why there is none; the refusal tells the scratch directory as `.`.
private func refusal(
  _ scratch: Scratch, _ name: String, admitting users: Set<UInt32> = UnixSocket.trustedUsers
) -> String {
  do throws(SocketFailure) {
    let listener = try UnixListener.open(path: scratch[name], admitting: users)
    return listener.path.isEmpty ? "no path" : "served"
  } catch {
    return error.message.replacing(scratch.path, with: ".")
  }
}

/// A socket file that nobody listens on, as a killed daemon leaves it.
private func leaveStaleSocket(_ path: String) throws {
  let socket = try UnixSocket.open()
  try unsafe UnixSocket.call("bind", socket, path) { unsafe bind($0, $1, $2) }
}

/// Opens a listener and lets it go.
private func open(
  _ path: String, admitting users: Set<UInt32> = UnixSocket.trustedUsers
) throws(SocketFailure) {
  _ = try UnixListener.open(path: path, of: "flowtime-sim", admitting: users).number
}

/// Connects and lets the connection go.
private func connect(
  _ path: String, trusting users: Set<UInt32> = UnixSocket.trustedUsers
) throws(SocketFailure) {
  _ = try UnixSocket.connect(path: path, trusting: users).number
}

/// Whether a client that waits is let in.
private func accepts(
  _ listener: borrowing UnixListener, timeout: Duration = .zero
) throws(SocketFailure) -> Bool {
  if let connection = try listener.accept(timeout: timeout) { return connection.number >= 0 }
  return false
}

@Test(arguments: [
  (String?.none, "/tmp/flowtime-sim-\(geteuid())/daemon.sock"),
  ("", "/tmp/flowtime-sim-\(geteuid())/daemon.sock"),
  ("relative", "/tmp/flowtime-sim-\(geteuid())/daemon.sock"),
  ("/run/user/7", "/run/user/7/flowtime-sim/daemon.sock"),
])
func `the default path is in the runtime directory or in one's own under tmp`(
  runtimeDirectory: String?, path: String
) {
  #expect(UnixListener.defaultPath(of: "flowtime-sim", runtimeDirectory: runtimeDirectory) == path)
}

@Test func `a served path carries bytes both ways`() throws {
  let scratch = try Scratch()
  let path = scratch["new/daemon.sock"]
  let listener = try UnixListener.open(path: path)
  #expect(try !accepts(listener))
  let client = try UnixSocket.connect(path: path)
  #expect(
    try Poll.wait(for: .readable, on: listener.number, timeout: .zero) == .readable)
  guard let server = try listener.accept() else {
    Issue.record("no client")
    return
  }
  try client.writeAll([1, 2].span)
  try server.writeAll([3].span)
  var room: [UInt8] = [0, 0, 0]
  #expect(try server.read(into: &room) == 2)
  #expect(room == [1, 2, 0])
  #expect(try client.read(into: &room) == 1)
  #expect(room == [3, 2, 0])
  let peer = try UnixSocket.peer(of: server)
  #expect(peer == Peer(processID: getpid(), userID: geteuid(), groupID: getegid()))
  #expect(fcntl(server.number, F_GETFD) & FD_CLOEXEC != 0)
  #expect(fcntl(listener.number, F_GETFD) & FD_CLOEXEC != 0)
}

@Test func `everything about a served path is private`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["new/daemon.sock"])
  #expect(try scratch.mode("new") == 0o700)
  #expect(try scratch.mode("new/daemon.sock") == 0o600)
  #expect(try scratch.mode("new/daemon.sock.lock") == 0o600)
  #expect(scratch.content("new/daemon.sock.lock") == "\(getpid())\n")
  #expect(listener.number >= 0)
}

@Test func `a lock file that others can open is closed to them`() throws {
  let scratch = try Scratch()
  try scratch.put("s.lock", mode: 0o666)
  let listener = try UnixListener.open(path: scratch["s"])
  #expect(try scratch.mode("s.lock") == 0o600)
  #expect(listener.number >= 0)
}

@Test func `a path that is no longer served leaves only its lock file and can be served again`()
  throws
{
  let scratch = try Scratch()
  for _ in 0..<3 {
    #expect(refusal(scratch, "s") == "served")
    #expect(scratch.names == ["s.lock"])
    #expect(scratch.content("s.lock") == "")
  }
}

@Test func `a second daemon is told who serves and harms nothing`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["s"])
  let identity = try FileSystem.status(scratch["s"])?.identity
  #expect(
    throws: SocketFailure.alreadyServed(path: scratch["s"], processID: getpid())
  ) { try open(scratch["s"]) }
  #expect(try FileSystem.status(scratch["s"])?.identity == identity)
  #expect(scratch.content("s.lock") == "\(getpid())\n")
  let client = try UnixSocket.connect(path: scratch["s"])
  #expect(try accepts(listener))
  #expect(client.number >= 0)
}

@Test(arguments: [
  ("1\n", 1), ("1", 1), ("", nil), ("garbage\n", nil), ("2147483647\n", nil), ("-1\n", nil),
  ("99999999999999999999\n", nil), (String(repeating: "1", count: 100), nil),
])
func `a lock that is held decides, whatever its file says`(content: String, holder: Int32?) throws {
  let scratch = try Scratch()
  let lock = try FileSystem.openExisting(try scratch.put("s.lock", content, mode: 0o600), O_RDONLY)
  #expect(flock(lock.number, LOCK_EX | LOCK_NB) == 0)
  #expect(
    throws: SocketFailure.alreadyServed(path: scratch["s"], processID: holder)
  ) { try open(scratch["s"]) }
  #expect(scratch.content("s.lock") == content)
  #expect(scratch.names == ["s.lock"])
}

@Test func `a number in a lock file that nobody holds means nothing`() throws {
  let scratch = try Scratch()
  try scratch.put("s.lock", "1\n", mode: 0o600)
  #expect(refusal(scratch, "s") == "served")
}

@Test func `a stale socket is taken over`() throws {
  let scratch = try Scratch()
  try leaveStaleSocket(scratch["s"])
  #expect(throws: SocketFailure.notServed(path: scratch["s"])) { try connect(scratch["s"]) }
  let listener = try UnixListener.open(path: scratch["s"])
  let client = try UnixSocket.connect(path: scratch["s"])
  #expect(try accepts(listener))
  #expect(client.number >= 0)
}

@Test func `a daemon that was killed hinders nobody`() async throws {
  // The child finds the directory by its parent's number.
  let directory = "/tmp/flowtime-test-kill-\(getpid())"
  defer { try? FileManager.default.removeItem(atPath: directory) }
  await #expect(processExitsWith: .signal(SIGKILL)) {
    let listener = try UnixListener.open(path: "/tmp/flowtime-test-kill-\(getppid())/s")
    _ = kill(getpid(), SIGKILL)
    _ = listener.number
  }
  #expect(FileSystem.kind(directory + "/s") == .socket)
  try open(directory + "/s")
}

@Test func `a socket that is answered is left alone even when its lock file was deleted`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["s"])
  try FileManager.default.removeItem(atPath: scratch["s.lock"])
  #expect(
    throws: SocketFailure.alreadyServed(path: scratch["s"], processID: getpid())
  ) { try open(scratch["s"]) }
  #expect(FileSystem.kind(scratch["s"]) == .socket)
  #expect(listener.number >= 0)
}

@Test func `a daemon too busy to answer is not taken for dead`() throws {
  let scratch = try Scratch()
  let socket = try UnixSocket.open()
  try unsafe UnixSocket.call("bind", socket, scratch["s"]) { unsafe bind($0, $1, $2) }
  #expect(listen(socket.number, 0) == 0)
  // One fits into a queue of length 0; the next would have to wait.
  let client = try UnixSocket.connect(path: scratch["s"])
  #expect(throws: SocketFailure.alreadyServed(path: scratch["s"], processID: nil)) {
    try open(scratch["s"])
  }
  #expect(FileSystem.kind(scratch["s"]) == .socket)
  #expect(client.number >= 0)
}

@Test func `a socket that replaced ours is not removed with ours`() throws {
  let scratch = try Scratch()
  do {
    let listener = try UnixListener.open(path: scratch["s"])
    try FileManager.default.moveItem(atPath: scratch["s"], toPath: scratch["moved"])
    try leaveStaleSocket(scratch["s"])
    #expect(listener.number >= 0)
  }
  #expect(FileSystem.kind(scratch["s"]) == .socket)
}

@Test(arguments: [102, 103, 104, 107, 108, 500])
func `a path may have 103 bytes and no more`(length: Int) throws {
  let scratch = try Scratch()
  let path = scratch[""] + String(repeating: "é", count: 20)
  let full = path + String(repeating: "x", count: length - path.utf8.count)
  if length <= 103 {
    let listener = try UnixListener.open(path: full)
    let client = try UnixSocket.connect(path: full)
    #expect(try accepts(listener))
    #expect(client.number >= 0)
    #expect(scratch.names.contains { scratch[$0] == full })
  } else {
    let failure = SocketFailure.pathTooLong(path: full, length: length, lengthMax: 103)
    #expect(throws: failure) { try open(full) }
    #expect(throws: failure) { try connect(full) }
    #expect(failure.message.contains("has \(length) bytes"))
    #expect(scratch.names == [])
  }
}

@Test(arguments: ["", "a\0b", "\0abstract"])
func `an address without a file is refused`(path: String) {
  let failure = SocketFailure.system(SystemError(call: "bind", path: path, code: EINVAL))
  #expect(throws: failure) { try open(path) }
  #expect(throws: failure) { try connect(path) }
}

@Test(arguments: [
  ("own/s", 0o700, "served"), ("own/s", 0o755, "served"), ("own/s", 0o711, "served"),
  (
    "own/s", 0o770,
    "the socket directory './own' is not safe: others can write to it (mode 0770); choose a directory of your own with mode 0700"
  ),
  (
    "own/s", 0o702,
    "the socket directory './own' is not safe: others can write to it (mode 0702); choose a directory of your own with mode 0700"
  ),
  (
    "link/s", 0o700,
    "the socket directory './link' is not safe: it is a symbolic link; choose a directory of your own with mode 0700"
  ),
  (
    "link//./s", 0o700,
    "the socket directory './link' is not safe: it is a symbolic link; choose a directory of your own with mode 0700"
  ),
  (
    "file/s", 0o700,
    "the socket directory './file' is not safe: it is not a directory; choose a directory of your own with mode 0700"
  ),
  ("missing/deep/s", 0o700, "cannot create directory './missing/deep': No such file or directory"),
])
func `a directory in which others could replace the socket is refused`(
  name: String, mode: Int, expected: String
) throws {
  let scratch = try Scratch()
  try scratch.makeDirectory("own", mode: mode)
  try scratch.makeLink("link", to: "own")
  try scratch.put("file")
  #expect(refusal(scratch, name) == expected)
  if expected != "served" { #expect(try FileSystem.listDirectory(scratch["own"]) == []) }
}

@Test(arguments: [
  (0o700, nil), (0o755, "others have rights in it (mode 0755)"),
  (0o710, "others have rights in it (mode 0710)"), (0o600, "others have rights in it (mode 0600)"),
  (0o1700, nil),
])
func `the default directory must have mode 0700 exactly`(mode: Int, why: String?) throws {
  let scratch = try Scratch()
  let path = try scratch.makeDirectory("own", mode: mode)
  if let why {
    #expect(throws: SocketFailure.directoryNotPrivate(path: path, why: why)) {
      try SocketDirectory.prepare(path, .exactlyPrivate)
    }
  } else {
    try SocketDirectory.prepare(path, .exactlyPrivate)
  }
}

@Test func `the default path is held to the stricter rule`() async {
  await #expect(processExitsWith: .success) {
    let scratch = try Scratch()
    _ = unsafe setenv("XDG_RUNTIME_DIR", scratch.path, 1)
    try open(UnixListener.defaultPath(of: "flowtime-sim"))
    try scratch.setMode("flowtime-sim", 0o755)
    #expect(
      throws: SocketFailure.directoryNotPrivate(
        path: scratch["flowtime-sim"], why: "others have rights in it (mode 0755)")
    ) { try open(UnixListener.defaultPath(of: "flowtime-sim")) }
  }
}

@Test func `in root's sticky directory a name can be served`() throws {
  // /tmp is such a directory wherever tests run.
  let path = "/tmp/flowtime-test-\(getpid()).sock"
  try open(path)
  #expect(!FileSystem.exists(path))
  _ = unsafe unlink(path + ".lock")
}

@Test(
  .enabled(if: Environment.userID == 0, "only root can give files away"),
  arguments: [
    ("directory/s", "'./directory' belongs to user 12345"), ("lock", "'./lock.lock' belongs to"),
    ("socket", "'./socket' belongs to user 12345"),
  ])
func `what belongs to somebody else is refused and left alone`(name: String, expected: String)
  throws
{
  let scratch = try Scratch()
  try scratch.makeDirectory("directory")
  try scratch.put("lock.lock", "old")
  try leaveStaleSocket(scratch["socket"])
  for path in ["directory", "lock.lock", "socket"] {
    #expect(unsafe lchown(scratch[path], 12_345, 12_345) == 0)
  }
  let text = refusal(scratch, name)
  #expect(text.hasPrefix(expected))
  #expect(text.hasSuffix("; choose a socket path in a directory of your own"))
  #expect(scratch.content("lock.lock") == "old")
  #expect(FileSystem.kind(scratch["socket"]) == .socket)
}

@Test(.enabled(if: Environment.userID != 0, "root owns root's directories"))
func `in root's directory nothing can be served by others`() {
  #expect(throws: SocketFailure.self) { try open("/etc/flowtime-test.sock") }
}

@Test(arguments: ["file", "directory", "link", "dangling", "pipe"])
func `what is no socket is refused and left alone`(name: String) throws {
  let scratch = try Scratch()
  try scratch.put("file", "precious")
  try scratch.makeDirectory("directory")
  try leaveStaleSocket(scratch["stale"])
  try scratch.makeLink("link", to: "stale")
  try scratch.makeLink("dangling", to: "nowhere")
  #expect(unsafe mkfifo(scratch["pipe"], 0o600) == 0)
  let before = scratch.names
  #expect(throws: SocketFailure.notASocket(path: scratch[name])) { try open(scratch[name]) }
  #expect(scratch.names.filter { !$0.hasSuffix(".lock") } == before)
  #expect(scratch.content("file") == "precious")
}

@Test func `a lock file that leads elsewhere is refused`() throws {
  let scratch = try Scratch()
  try scratch.put("precious")
  try scratch.makeLink("a.lock", to: "precious")
  #expect(
    throws: SocketFailure.directoryNotPrivate(
      path: scratch.path, why: "the lock file in it is a symbolic link")
  ) { try open(scratch["a"]) }
  #expect(scratch.content("precious") == "old")
  #expect(unsafe mkfifo(scratch["b.lock"], 0o600) == 0)
  #expect(
    throws: SocketFailure.system(
      SystemError(call: "lock", path: scratch["b.lock"], code: EINVAL))
  ) { try open(scratch["b"]) }
}

@Test(arguments: [
  ("missing", SocketFailure.notServed), ("missing/s", SocketFailure.notServed),
  ("stale", SocketFailure.notServed), ("file", SocketFailure.notASocket),
  ("directory", SocketFailure.notASocket), ("file/s", SocketFailure.notServed),
])
func `a client is told why nobody answers`(
  name: String, failure: @Sendable (String) -> SocketFailure
) throws {
  let scratch = try Scratch()
  try scratch.put("file")
  try scratch.makeDirectory("directory")
  try leaveStaleSocket(scratch["stale"])
  #expect(throws: failure(scratch[name])) { try connect(scratch[name]) }
}

@Test func `a server who is not trusted gets no byte`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["s"])
  #expect(throws: SocketFailure.servedByStranger(path: scratch["s"], userID: geteuid())) {
    try connect(scratch["s"], trusting: [12_345])
  }
  try connect(scratch["s"], trusting: [geteuid()])
  #expect(listener.number >= 0)
}

@Test func `a stranger is sent away and the listener serves on`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["s"], admitting: [12_345])
  #expect(try scratch.mode("s") == 0o666)
  for _ in 0..<3 {
    let client = try UnixSocket.connect(path: scratch["s"])
    let stranger = Peer(processID: getpid(), userID: geteuid(), groupID: getegid())
    #expect(throws: SocketFailure.strangerRefused(stranger)) { try accepts(listener) }
    var room: [UInt8] = [0]
    #expect(try client.read(into: &room) == 0)
  }
}

@Test(.enabled(if: Environment.userID == 0, "only root can become somebody else"))
func `another user can neither reach the socket nor be let in`() async throws {
  let scratch = try Scratch()
  try scratch.setMode(".", 0o755)
  let listener = try UnixListener.open(path: scratch["private"])
  let open = try UnixListener.open(path: scratch["open"], admitting: [0, 12_345])
  // The child finds the directory through a link that bears its parent's number.
  let link = "/tmp/flowtime-test-other-\(getpid())"
  #expect(unsafe symlink(scratch.path, link) == 0)
  defer { _ = unsafe unlink(link) }
  await #expect(processExitsWith: .success) {
    let directory = "/tmp/flowtime-test-other-\(getppid())"
    #expect(setgid(12_345) == 0 && setuid(12_345) == 0)
    let path = directory + "/private"
    #expect(throws: SocketFailure.system(SystemError(call: "connect", path: path, code: EACCES))) {
      try connect(path)
    }
    try connect(directory + "/open")
    #expect(setuid(0) != 0)
  }
  #expect(try accepts(listener) == false)
  #expect(try accepts(open))
}

@Test func `a client that has gone is a connection that ends`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["s"])
  try connect(scratch["s"])
  guard let connection = try listener.accept() else {
    Issue.record("no client")
    return
  }
  var room: [UInt8] = [0]
  #expect(try connection.read(into: &room) == 0)
}

@Test func `a listener waits for a client no longer than it is told`() throws {
  let scratch = try Scratch()
  let listener = try UnixListener.open(path: scratch["s"])
  let start = SystemClock.monotonic()
  #expect(try !accepts(listener))
  #expect(try !accepts(listener, timeout: .milliseconds(20)))
  #expect(SystemClock.monotonic() - start >= .milliseconds(20))
}

@Test func `without a free descriptor the client waits and is served later`() async {
  await #expect(processExitsWith: .success) {
    let scratch = try Scratch()
    let listener = try UnixListener.open(path: scratch["s"])
    let client = try UnixSocket.connect(path: scratch["s"])
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #expect(unsafe getrlimit(files, &limit) == 0)
    var none = limit
    none.rlim_cur = 0
    #expect(unsafe setrlimit(files, &none) == 0)
    let failure = #expect(throws: SocketFailure.self) { try accepts(listener) }
    #expect(unsafe setrlimit(files, &limit) == 0)
    let error = SystemError(call: "accept", path: scratch["s"], code: EMFILE)
    #expect(failure == .exhausted(error))
    #expect(try accepts(listener))
    #expect(client.number >= 0)
  }
}

@Test(arguments: [
  (SocketFailure.alreadyServed(path: "s", processID: 7), "'s' is already served by process 7"),
  (.alreadyServed(path: "s", processID: nil), "'s' is already served; connect to it"),
  (.notASocket(path: "s"), "'s' is not a socket; remove it, or choose"),
  (.notServed(path: "s"), "nobody serves 's'; start the daemon first"),
  (.servedByStranger(path: "s", userID: 7), "'s' is served by user 7, who is not trusted"),
  (
    .strangerRefused(Peer(processID: 3, userID: 7, groupID: 7)),
    "refused process 3 of user 7: neither the daemon's own user nor named by --allow-uid"
  ),
  (
    .exhausted(SystemError(call: "accept", code: EMFILE)),
    "cannot take another client now: cannot accept: Too many open files"
  ),
  (
    .system(SystemError(call: "listen", path: "s", code: EIO)), "cannot listen on 's': Input/output"
  ),
])
func `a failure names place, cause and what to do`(failure: SocketFailure, message: String) {
  #expect(failure.message.hasPrefix(message))
}

@Test func `who has connected before the door closes is accepted, and nobody after`() throws {
  let scratch = try Scratch()
  let path = scratch["s"]
  var listener = try UnixListener.open(path: path)
  let first = try UnixSocket.connect(path: path)
  let second = try UnixSocket.connect(path: path)
  listener.closeDoor()
  #expect(throws: SocketFailure.notServed(path: path)) { try connect(path) }
  for _ in 0..<2 {
    let client = try listener.acceptWaiting()
    #expect(client?.number != nil)
  }
  let third = try listener.acceptWaiting()
  #expect(third?.number == nil)
  try listener.reopenDoor()
  #expect(try scratch.mode("s") == 0o600)
  #expect(scratch.names == ["s", "s.lock"])
  let fourth = try UnixSocket.connect(path: path)
  #expect(try accepts(listener))
  #expect(first.number >= 0 && second.number >= 0 && fourth.number >= 0)
}

@Test func `one at a time may start a daemon`() throws {
  let scratch = try Scratch()
  func isFree() throws(SocketFailure) -> Bool {
    if let lock = try StartLock(forSocket: scratch["s"]) {
      withExtendedLifetime(lock) {}
      return true
    }
    return false
  }
  let lock = try StartLock(forSocket: scratch["s"])
  #expect(try !isFree())
  // Who starts one does not keep it from serving.
  #expect(refusal(scratch, "s") == "served")
  if let lock = consume lock { withExtendedLifetime(lock) {} }
  #expect(try isFree())
}
