import Glibc

/// Who is at the other end of a connection: as of `connect` for a client, of `listen` for a server.
package struct Peer: Hashable, Sendable {
  /// 0 for a process outside this container.
  package let processID: Int32
  package let userID: UInt32
  package let groupID: UInt32

  package init(processID: Int32, userID: UInt32, groupID: UInt32) {
    self.processID = processID
    self.userID = userID
    self.groupID = groupID
  }
}

/// Connections through a path of the file system.
package enum UnixSocket {
  /// In bytes. The smallest that any system allows, less its final NUL: a path that works here works everywhere.
  package static let pathLengthMax = 103

  /// This user and root, who can do everything this user can.
  package static var trustedUsers: Set<UInt32> { [Environment.userID, 0] }

  /// Connects to whoever serves `path`.
  ///
  /// - Parameter users: Who may be serving: in a directory that others can write to, anybody could be.
  /// - Throws: ``SocketFailure``: `pathTooLong`, `notServed`, `notASocket`, `servedByStranger` or `system`.
  package static func connect(
    path: String, trusting users: Set<UInt32> = trustedUsers
  ) throws(SocketFailure) -> Descriptor {
    try checkLength(path)
    let connection = try SocketFailure.wrapping { () throws(SystemError) in try open() }
    do {
      try unsafe call("connect", connection, path) { unsafe Glibc.connect($0, $1, $2) }
    } catch {
      // Linux says ECONNREFUSED for a file that is no socket as well.
      if error.code == ECONNREFUSED, let kind = FileSystem.kind(path), kind != .socket {
        throw .notASocket(path: path)
      }
      if error.isNotFound || error.code == ECONNREFUSED { throw .notServed(path: path) }
      throw .system(error)
    }
    let server = try SocketFailure.wrapping { () throws(SystemError) in try peer(of: connection) }
    guard users.contains(server.userID) else {
      throw .servedByStranger(path: path, userID: server.userID)
    }
    return connection
  }

  /// Two connected sockets without a path.
  package static func pair() throws(SystemError) -> Pair {
    var ends: [Int32] = [-1, -1]
    try SystemCall.run("socketpair") { unsafe socketpair(AF_UNIX, streamType, 0, &ends) }
    return Pair(first: Descriptor(owning: ends[0]), second: Descriptor(owning: ends[1]))
  }

  package struct Pair: ~Copyable {
    package let first: Descriptor
    package let second: Descriptor
  }

  /// Who is at the other end of a connected socket: SO_PEERCRED in unix(7).
  package static func peer(of connection: borrowing Descriptor) throws(SystemError) -> Peer {
    // struct ucred, which the Glibc module leaves out: three 32-bit numbers.
    var credentials: (pid: Int32, uid: UInt32, gid: UInt32) = (0, 0, 0)
    var length = socklen_t(MemoryLayout.size(ofValue: credentials))
    let number = connection.number
    try SystemCall.run("getsockopt") {
      unsafe getsockopt(number, SOL_SOCKET, SO_PEERCRED, &credentials, &length)
    }
    return Peer(
      processID: credentials.pid, userID: credentials.uid, groupID: credentials.gid)
  }

  /// Where a socket is bound; empty where it has no file.
  static func path(of socket: borrowing Descriptor) throws(SystemError) -> String {
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let number = socket.number
    try SystemCall.run("getsockname") {
      unsafe withUnsafeMutablePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getsockname(number, $0, &length)
        }
      }
    }
    let bytes = unsafe withUnsafeBytes(of: address.sun_path) { unsafe Array($0) }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  static func checkLength(_ path: String) throws(SocketFailure) {
    let length = path.utf8.count
    guard length <= pathLengthMax else {
      throw .pathTooLong(path: path, length: length, lengthMax: pathLengthMax)
    }
    guard length > 0, !path.utf8.contains(0) else {
      // An address that starts with NUL has no file, so nobody could be kept out.
      throw .system(SystemError(call: "bind", path: path, code: EINVAL))
    }
  }

  static func open(isBlocking: Bool = true) throws(SystemError) -> Descriptor {
    let type = isBlocking ? streamType : streamType | Int32(SOCK_NONBLOCK.rawValue)
    return Descriptor(owning: try SystemCall.run("socket") { socket(AF_UNIX, type, 0) })
  }

  /// Makes a call that takes a socket and the address of `path`, whose length has been checked.
  static func call(
    _ name: String, _ socket: borrowing Descriptor, _ path: String,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      // The rest stays zero, and so ends the path.
      unsafe $0.copyBytes(from: path.utf8)
    }
    let number = socket.number
    try SystemCall.run(name, path: path) {
      unsafe withUnsafePointer(to: address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe body(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
  }

  private static let streamType =
    Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
}
