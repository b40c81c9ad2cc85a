/// The right to start a daemon for one socket path, so that of many who want it one starts it and the others wait.
///
/// It is another lock than the daemon's own, which decides who serves.
package struct StartLock: ~Copyable {
  private let file: LockFile

  /// Returns nil while another process has it.
  ///
  /// The directory is made and checked as by ``UnixListener/open(path:of:admitting:)``.
  ///
  /// - Parameters:
  ///   - socket: The path that is to be served.
  ///   - program: Whose default path may be meant; nil has none.
  /// - Throws: ``SocketFailure``.
  package init?(forSocket socket: String, of program: String? = nil) throws(SocketFailure) {
    try UnixListener.prepareDirectory(of: socket, program)
    do throws(SocketFailure) {
      file = try LockFile(forSocket: socket + ".start")
    } catch {
      if case .alreadyServed = error { return nil }
      throw error
    }
  }
}
