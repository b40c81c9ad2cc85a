import Glibc

/// The operating system refused a step.
package struct SystemError: Error, Hashable, Sendable {
  /// The refused call by the name of its manual page: `open`, `fsync`.
  package let call: String
  /// The path as the caller gave it; nil where the step has none.
  package let path: String?
  /// The `errno` of the call.
  package let code: Int32

  package init(call: String, path: String? = nil, code: Int32) {
    self.call = call
    self.path = path
    self.code = code
  }

  /// What failed, where, and why: "cannot open 'x': No such file or directory".
  ///
  /// Starts in lower case, has no full stop, and fits on one line whatever the path contains.
  package var message: String {
    let place = path.map { " " + quoted($0) } ?? ""
    return "cannot \(Self.verbs[call] ?? call)\(place): \(Self.text(of: code))"
  }

  /// Whether the path, or a directory on the way to it, does not exist.
  package var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether the reader at the other end is gone.
  package var isBrokenPipe: Bool { code == EPIPE || code == ECONNRESET }

  /// Whether the disk, or the user's share of it, is full.
  package var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT }

  /// Whether a time limit that the caller set has passed.
  package var isTimeout: Bool { code == ETIMEDOUT }

  /// The same refusal, told with the path that the user knows.
  package func at(_ path: String) -> SystemError {
    SystemError(call: call, path: path, code: code)
  }

  /// What a user calls the step, where that is not the name of the call.
  private static let verbs = [
    "access": "write", "bind": "make the socket", "connect": "connect to",
    "chmod": "set the mode of", "fchmod": "set the mode of", "fstat": "look up", "fsync": "write",
    "getcwd": "find the current directory", "getsockopt": "ask who is at the other end",
    "inotify_add_watch": "watch", "inotify_init1": "watch files",
    "listen": "listen on", "lstat": "look up", "mkdir": "create directory",
    "opendir": "list directory",
    "pipe": "make a pipe", "poll": "wait", "pthread_create": "start a thread",
    "readdir": "list directory", "readlink": "follow link", "realpath": "resolve",
    "rename": "replace", "rmdir": "remove directory", "send": "write", "sigaction": "watch signals",
    "socket": "make a socket",
    "socketpair": "make a pair of sockets", "stat": "look up", "syncfs": "write",
    "unlink": "remove",
  ]

  private static func text(of code: Int32) -> String {
    var room = [CChar](repeating: 0, count: 256)
    // Cutting the text short is the only way this fails for a code that the kernel gave.
    let size = room.count
    _ = unsafe strerror_r(code, &room, size)
    let bytes = room.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self)
  }
}
