import Glibc

/// An exclusive `flock` on a file or directory, held while the value lives.
///
/// The kernel gives it back when the process ends, however it ends.
package struct HeldLock: ~Copyable, Sendable {
  private let file: Descriptor

  /// Waits for the lock of a file, which is made where it is missing and stays.
  package init(waitingFor path: String) throws(SystemError) {
    let number = try unsafe SystemCall.run("open", on: path) {
      unsafe open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0o666)
    }
    let file = Descriptor(owning: number)
    try SystemCall.run("lock", path: path) { flock(number, LOCK_EX) }
    self.file = file
  }

  /// Takes the lock of a directory.
  ///
  /// - Returns: nil while somebody else has it, or where the directory that was locked is no longer at `path`.
  package static func onDirectory(_ path: String) throws(SystemError) -> HeldLock? {
    let number = try unsafe SystemCall.run("open", on: path) {
      unsafe open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    let file = Descriptor(owning: number)
    do {
      try SystemCall.run("lock", path: path) { flock(number, LOCK_EX | LOCK_NB) }
    } catch let error where error.code == EWOULDBLOCK {
      return nil
    }
    let now = try FileSystem.status(path, followingLinks: false)?.identity
    guard try FileStatus(ofNumber: number, path: path).identity == now else { return nil }
    return HeldLock(file)
  }

  private init(_ file: consuming Descriptor) {
    self.file = file
  }

  deinit {
    // A child that was just forked has a copy of the descriptor until it execs.
    _ = flock(file.number, LOCK_UN)
  }
}
