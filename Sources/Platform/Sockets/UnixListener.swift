import Glibc

/// A socket path that this process alone serves.
///
/// When the value dies, the socket file is removed and the lock given back, unless the socket was inherited;
/// ``exitProcess(_:)`` does neither, and the next daemon clears up.
package struct UnixListener: ~Copyable {
  package let path: String
  private let users: Set<UInt32>
  private var socket: Descriptor
  private var identity: FileIdentity?
  /// nil for a socket that was inherited: whoever made it owns the path.
  private let lock: LockFile?

  /// `$XDG_RUNTIME_DIR/PROGRAM/daemon.sock`, else `/tmp/PROGRAM-<uid>/daemon.sock`.
  ///
  /// A relative `XDG_RUNTIME_DIR` counts as none: XDG Base Directory Specification, "Basics".
  package static func defaultPath(of program: String) -> String {
    defaultPath(of: program, runtimeDirectory: Environment.value(of: "XDG_RUNTIME_DIR"))
  }

  static func defaultPath(of program: String, runtimeDirectory: String?) -> String {
    if let runtimeDirectory, runtimeDirectory.utf8.first == UInt8(ascii: "/") {
      return runtimeDirectory + "/\(program)/daemon.sock"
    }
    return "/tmp/\(program)-\(Environment.userID)/daemon.sock"
  }

  /// Becomes the one process that serves `path`.
  ///
  /// The directory is made, with mode 0700, if only its last component is missing. The default one must have exactly that
  /// mode; any other must belong to this user or root, and others must not be able to write to it, unless it is root's
  /// and sticky, as `/tmp` is. `path` with `.lock` at its end is locked first. Under the lock, a socket file that nobody
  /// answers is removed; one that somebody answers is left alone even so, for the case that its lock file was deleted.
  ///
  /// - Parameters:
  ///   - program: whose default path may be meant; nil has none.
  ///   - users: who may connect. With anybody but this user and root among them the socket file is open to all,
  ///     and ``accept(timeout:)`` alone decides; the directory must then let them in.
  /// - Throws: ``SocketFailure``: `pathTooLong`, `directoryNotPrivate`, `notOwned`, `alreadyServed`, `notASocket` or
  ///   `system`. Nothing at `path` has changed.
  package static func open(
    path: String, of program: String? = nil,
    admitting users: Set<UInt32> = UnixSocket.trustedUsers
  ) throws(SocketFailure) -> UnixListener {
    try prepareDirectory(of: path, program)
    let lock = try LockFile(forSocket: path)
    try clear(path)
    do {
      let socket = try listen(path, users)
      let identity = try FileSystem.status(path, followingLinks: false)?.identity
      return UnixListener(
        path: path, users: users, socket: socket, identity: identity, lock: lock)
    } catch {
      throw .system(error)
    }
  }

  /// Serves the socket with which the process was started, as systemd does for a unit that is activated by one.
  ///
  /// Nobody else serves its path, which stays when the value dies. Source: sd_listen_fds(3).
  ///
  /// - Parameter users: Who may connect, whatever the mode of the socket file says.
  /// - Returns: nil where the process was started without one.
  /// - Throws: ``SocketFailure/wrongInheritance(why:)`` unless it is one Unix stream socket that listens at a path.
  package static func inherited(
    admitting users: Set<UInt32> = UnixSocket.trustedUsers
  ) throws(SocketFailure) -> UnixListener? {
    // A process that was started by the one that was meant inherits the variables as well.
    guard Environment.value(of: "LISTEN_PID") == String(Environment.processID),
      let count = Environment.value(of: "LISTEN_FDS"), count != "0"
    else { return nil }
    guard count == "1" else {
      throw .wrongInheritance(why: "there are \(count) (LISTEN_FDS), and one is served")
    }
    let socket = Descriptor(owning: inheritedNumber)
    do {
      guard try option(SO_DOMAIN, of: socket) == AF_UNIX,
        try option(SO_TYPE, of: socket) == Int32(SOCK_STREAM.rawValue)
      else {
        throw SocketFailure.wrongInheritance(why: "it is no Unix stream socket (ListenStream=PATH)")
      }
      guard try option(SO_ACCEPTCONN, of: socket) == 1 else {
        throw SocketFailure.wrongInheritance(why: "nobody listens on it (Accept=no)")
      }
      let path = try UnixSocket.path(of: socket)
      guard !path.isEmpty else {
        // An address without a file keeps nobody out.
        throw SocketFailure.wrongInheritance(why: "it has no path")
      }
      try SystemCall.run("fcntl") { fcntl(inheritedNumber, F_SETFD, FD_CLOEXEC) }
      try SystemCall.run("fcntl") { fcntl(inheritedNumber, F_SETFL, O_RDWR | O_NONBLOCK) }
      return UnixListener(path: path, users: users, socket: socket, identity: nil, lock: nil)
    } catch let error as SocketFailure {
      throw error
    } catch let error as SystemError where error.code == ENOTSOCK || error.code == EBADF {
      throw .wrongInheritance(why: "descriptor \(inheritedNumber) is no socket")
    } catch let error as SystemError {
      throw .system(error)
    } catch {
      throw .wrongInheritance(why: "it cannot be looked at")
    }
  }

  /// SD_LISTEN_FDS_START
  private static let inheritedNumber: Int32 = 3

  private static func option(
    _ name: Int32, of socket: borrowing Descriptor
  ) throws(SystemError) -> Int32 {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    let number = socket.number
    try SystemCall.run("getsockopt") {
      unsafe getsockopt(number, SOL_SOCKET, name, &value, &length)
    }
    return value
  }

  static func prepareDirectory(of path: String, _ program: String?) throws(SocketFailure) {
    try UnixSocket.checkLength(path)
    let isDefault =
      program.map { path.utf8.elementsEqual(defaultPath(of: $0).utf8) } ?? false
    try SocketDirectory.prepare(
      FileSystem.parent(of: path), isDefault ? .exactlyPrivate : .notWritableByOthers)
  }

  private init(
    path: String, users: Set<UInt32>, socket: consuming Descriptor, identity: FileIdentity?,
    lock: consuming LockFile?
  ) {
    self.path = path
    self.users = users
    self.socket = socket
    self.identity = identity
    self.lock = lock
  }

  deinit {
    // Still under the lock, which goes after this.
    removeFile()
  }

  /// A socket that somebody else has put there is theirs.
  private borrowing func removeFile() {
    if let identity, (try? FileSystem.status(path, followingLinks: false))?.identity == identity {
      _ = unsafe unlink(path)
    }
  }

  /// Lets nobody connect any more. Those who have connected before still wait for ``acceptWaiting()``, and there is no
  /// moment between: each client is accepted here or refused by the system.
  ///
  /// The door of a socket that was inherited stays open: clients who come later wait for the next process.
  package borrowing func closeDoor() {
    if isOwn { socket.shutDown(.reading) }
  }

  /// Serves the path again after ``closeDoor()``, under the same lock. Who is still in the queue is turned away.
  ///
  /// - Throws: ``SocketFailure/system(_:)``, and nobody can connect.
  package mutating func reopenDoor() throws(SocketFailure) {
    guard isOwn else { return }
    removeFile()
    identity = nil
    do {
      socket = try UnixListener.listen(path, users)
      identity = try FileSystem.status(path, followingLinks: false)?.identity
    } catch {
      throw .system(error)
    }
  }

  private var isOwn: Bool {
    switch lock {
    case nil: false
    default: true
    }
  }

  /// Becomes readable when a client waits; for ``Poll``.
  package var number: Int32 { socket.number }

  /// Takes the next client from the queue.
  ///
  /// - Parameter timeout: How long to wait for one; nil waits for ever.
  /// - Returns: The connection; nil when the time has passed.
  /// - Throws: ``SocketFailure``, after which the listener serves on: `strangerRefused`, or `exhausted`, after which a
  ///   caller lets some time pass or some connection close before the next call. `system` is final.
  package borrowing func accept(
    timeout: Duration? = nil
  ) throws(SocketFailure) -> Descriptor? {
    try ListeningSocket.wait(timeout, on: number) { () throws(SocketFailure) in
      try acceptWaiting()
    }
  }

  /// Takes the next client from the queue; nil where none waits. See ``accept(timeout:)``.
  package borrowing func acceptWaiting() throws(SocketFailure) -> Descriptor? {
    guard let connection = try ListeningSocket.takeNext(number, path) else { return nil }
    let peer = try SocketFailure.wrapping { () throws(SystemError) in
      try UnixSocket.peer(of: connection)
    }
    guard users.contains(peer.userID) else {
      // A new connection has room for it; whoever does not read it is not waited for.
      _ = try? connection.writeAll(refusal(peer).span, timeout: .zero)
      throw .strangerRefused(peer)
    }
    return connection
  }

  /// What a client is told who is not admitted, before the connection is closed.
  package var refusal: @Sendable (Peer) -> [UInt8] = { _ in [] }

  /// The queue of clients that have connected and were not accepted; more have to wait in `connect`.
  private static let queueLength: Int32 = 128

  private static func listen(
    _ path: String, _ users: Set<UInt32>
  ) throws(SystemError) -> Descriptor {
    let isPrivate = users.isSubset(of: UnixSocket.trustedUsers)
    // Whoever polls must not block when the client has gone in between.
    let socket = try UnixSocket.open(isBlocking: false)
    // Linux gives the file the mode of the socket, so it is private from its first instant and the umask, which belongs
    // to all threads, need not be changed.
    try SystemCall.run("fchmod", path: path) { fchmod(socket.number, 0o600) }
    try unsafe UnixSocket.call("bind", socket, path) { unsafe bind($0, $1, $2) }
    do {
      try SystemCall.run("listen", path: path) { Glibc.listen(socket.number, queueLength) }
      if !isPrivate { try unsafe SystemCall.run("chmod", on: path) { unsafe chmod($0, 0o666) } }
    } catch {
      _ = unsafe unlink(path)
      throw error
    }
    return socket
  }

  /// Removes the socket file of a daemon that is no more.
  private static func clear(_ path: String) throws(SocketFailure) {
    let status = try SocketFailure.wrapping { () throws(SystemError) in
      try FileSystem.status(path, followingLinks: false)
    }
    guard let status else { return }
    guard status.kind == .socket else { throw .notASocket(path: path) }
    guard status.owner == Environment.userID else {
      throw .notOwned(path: path, owner: status.owner)
    }
    let probe = try SocketFailure.wrapping { () throws(SystemError) in
      try UnixSocket.open(isBlocking: false)
    }
    do {
      try unsafe UnixSocket.call("connect", probe, path) { unsafe connect($0, $1, $2) }
    } catch {
      switch error.code {
      case ECONNREFUSED: break
      case ENOENT: return
      // A full queue belongs to a daemon that is busy.
      case EAGAIN: throw .alreadyServed(path: path, processID: nil)
      default: throw .system(error)
      }
      _ = try SocketFailure.wrapping { () throws(SystemError) in
        try unsafe SystemCall.run("unlink", on: path) { unsafe unlink($0) }
      }
      return
    }
    throw .alreadyServed(path: path, processID: try? UnixSocket.peer(of: probe).processID)
  }
}
