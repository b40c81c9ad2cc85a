import Glibc

/// The right to serve one socket path: an exclusive `flock` on the file beside it.
///
/// The kernel gives it back when the process ends, however it ends, so nobody ever has to guess whether a holder lives.
/// The file itself stays: removing it would let two processes hold locks on two files of one name.
struct LockFile: ~Copyable {
  private let file: Descriptor

  /// - Parameter socket: The path that the lock is about.
  /// - Throws: ``SocketFailure``: `alreadyServed`, `notOwned`, `directoryNotPrivate` or `system`.
  init(forSocket socket: String) throws(SocketFailure) {
    let path = socket + ".lock"
    for _ in 0..<Self.attemptsMax {
      let file = try Self.open(path)
      try Self.lock(file, socket, path)
      // Somebody may have removed the file before it was locked; the next one would then lock another.
      let isCurrent = try SocketFailure.wrapping { () throws(SystemError) in
        try FileStatus(ofNumber: file.number, path: path).identity
          == FileSystem.status(path, followingLinks: false)?.identity
      }
      if isCurrent {
        try SocketFailure.wrapping { () throws(SystemError) in
          try Self.writeProcessID(to: file, path)
        }
        self.file = file
        return
      }
    }
    throw .alreadyServed(path: socket, processID: nil)
  }

  deinit {
    // Whoever finds the lock held next must not read our number.
    _ = ftruncate(file.number, 0)
    // Closing gives the lock back only once every copy is closed, and a child that was just forked has one until it execs.
    _ = flock(file.number, LOCK_UN)
  }

  private static let attemptsMax = 16

  private static func open(_ path: String) throws(SocketFailure) -> Descriptor {
    let number: Int32
    do {
      number = try unsafe SystemCall.run("open", on: path) {
        unsafe Glibc.open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0o600)
      }
    } catch let error where error.code == ELOOP {
      throw .directoryNotPrivate(
        path: FileSystem.parent(of: path), why: "the lock file in it is a symbolic link")
    } catch {
      throw .system(error)
    }
    let file = Descriptor(owning: number)
    let status = try SocketFailure.wrapping { () throws(SystemError) in
      try FileStatus(ofNumber: number, path: path)
    }
    guard status.owner == Environment.userID else {
      throw .notOwned(path: path, owner: status.owner)
    }
    guard status.kind == .regular else {
      throw .system(SystemError(call: "lock", path: path, code: EINVAL))
    }
    // Whoever can open the file can lock it.
    _ = try SocketFailure.wrapping { () throws(SystemError) in
      try SystemCall.run("fchmod", path: path) { fchmod(number, 0o600) }
    }
    return file
  }

  private static func lock(
    _ file: borrowing Descriptor, _ socket: String, _ path: String
  ) throws(SocketFailure) {
    let number = file.number
    do {
      try SystemCall.run("lock", path: path) { flock(number, LOCK_EX | LOCK_NB) }
    } catch let error where error.code == EWOULDBLOCK {
      throw .alreadyServed(path: socket, processID: holder(path))
    } catch {
      throw .system(error)
    }
  }

  /// The number that the holder has written; nil while it has not, or when a former holder wrote it.
  private static func holder(_ path: String) -> Int32? {
    guard let text = try? FileSystem.readFile(path, lengthMax: 32, regularOnly: true),
      let line = text.split(separator: UInt8(ascii: "\n")).first,
      let processID = Int32(String(decoding: line, as: UTF8.self)),
      ProcessWatch.isAlive(processID)
    else { return nil }
    return processID
  }

  private static func writeProcessID(
    to file: borrowing Descriptor, _ path: String
  ) throws(SystemError) {
    let number = file.number
    try SystemCall.run("write", path: path) { ftruncate(number, 0) }
    do { try file.writeAll(Array("\(Environment.processID)\n".utf8).span) } catch {
      throw error.at(path)
    }
  }
}
