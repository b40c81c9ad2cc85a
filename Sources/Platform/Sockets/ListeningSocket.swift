import Glibc

/// What listeners of all families do alike, on a socket that they own and that does not block.
enum ListeningSocket {
  /// Waits until `next` has a connection.
  ///
  /// - Returns: nil when the time has passed.
  static func wait(
    _ timeout: Duration?, on number: Int32, next: () throws(SocketFailure) -> Descriptor?
  ) throws(SocketFailure) -> Descriptor? {
    let deadline = Deadline(timeout)
    while true {
      if let connection = try next() { return connection }
      let events = try SocketFailure.wrapping { () throws(SystemError) in
        try Poll.wait(for: .readable, on: number, timeout: deadline.remaining)
      }
      if events.isEmpty { return nil }
    }
  }

  /// Takes the next client from the queue.
  ///
  /// - Parameter name: of the listener, for errors.
  /// - Returns: nil where no client waits, or the one that did has gone.
  static func takeNext(_ number: Int32, _ name: String) throws(SocketFailure) -> Descriptor? {
    do {
      let connection = Descriptor(
        owning: try SystemCall.run("accept", path: name) { Glibc.accept(number, nil, nil) })
      try SystemCall.run("fcntl") { fcntl(connection.number, F_SETFD, FD_CLOEXEC) }
      return connection
    } catch {
      switch error.code {
      // EINVAL: the door is closed, and the queue is empty. The others are errors of one client's connection: accept(2),
      // "Error handling".
      case EAGAIN, ECONNABORTED, EINVAL, ECONNRESET, ENETDOWN, EPROTO, ENOPROTOOPT, EHOSTDOWN,
        EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH, ETIMEDOUT:
        return nil
      case EMFILE, ENFILE, ENOMEM, ENOBUFS: throw .exhausted(error)
      default: throw .system(error)
      }
    }
  }
}
