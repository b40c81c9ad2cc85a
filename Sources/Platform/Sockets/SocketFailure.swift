/// Why a socket could not be served, joined or accepted from. Each case asks for something else to be done.
package enum SocketFailure: Error, Hashable, Sendable {
  /// The path does not fit into a socket address. `length` is in bytes.
  case pathTooLong(path: String, length: Int, lengthMax: Int)
  /// Others could replace the socket in the directory at `path`; `why` says how.
  case directoryNotPrivate(path: String, why: String)
  /// What stands at `path` belongs to the user with number `owner`.
  case notOwned(path: String, owner: UInt32)
  /// Another process serves `path`; its number, where it has told.
  case alreadyServed(path: String, processID: Int32?)
  /// Something that is no socket stands at `path`; it was left alone.
  case notASocket(path: String)
  /// There is no socket at `path`, or nobody listens on it.
  case notServed(path: String)
  /// Somebody listens on `path` who is neither this user nor root.
  case servedByStranger(path: String, userID: UInt32)
  /// A client of a user who is not admitted; it has been closed.
  case strangerRefused(Peer)
  /// No descriptor or memory for another connection; the client still waits in the queue.
  case exhausted(SystemError)
  /// The socket with which the process was started cannot be served.
  case wrongInheritance(why: String)
  case system(SystemError)

  /// Takes steps whose refusal has no case of its own.
  package static func wrapping<Answer: ~Copyable>(
    _ steps: () throws(SystemError) -> Answer
  ) throws(SocketFailure) -> Answer {
    do { return try steps() } catch { throw .system(error) }
  }

  /// What failed, where, and what to do; lower case, no full stop.
  package var message: String {
    switch self {
    case .pathTooLong(let path, let length, let lengthMax):
      "the socket path \(quoted(path)) has \(length) bytes; choose one of at most \(lengthMax)"
    case .directoryNotPrivate(let path, let why):
      "the socket directory \(quoted(path)) is not safe: \(why); choose a directory of your own with mode 0700"
    case .notOwned(let path, let owner):
      "\(quoted(path)) belongs to user \(owner); choose a socket path in a directory of your own"
    case .alreadyServed(let path, let processID):
      "\(quoted(path)) is already served" + (processID.map { " by process \($0)" } ?? "")
        + "; connect to it, or choose another socket path"
    case .notASocket(let path):
      "\(quoted(path)) is not a socket; remove it, or choose another socket path"
    case .notServed(let path):
      "nobody serves \(quoted(path)); start the daemon first"
    case .servedByStranger(let path, let userID):
      "\(quoted(path)) is served by user \(userID), who is not trusted; choose another socket path"
    case .strangerRefused(let peer):
      "refused process \(peer.processID) of user \(peer.userID): neither the daemon's own user nor named by --allow-uid"
    case .exhausted(let error): "cannot take another client now: \(error.message)"
    case .wrongInheritance(let why):
      "the socket that was handed over cannot be served: \(why)"
    case .system(let error): error.message
    }
  }
}
