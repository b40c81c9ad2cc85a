import Glibc

/// An open file descriptor that exactly one value owns; it closes when the value dies.
package struct Descriptor: ~Copyable, Sendable {
  private let open: OpenNumber

  /// - Parameter number: An open descriptor that nobody else will close.
  package init(owning number: Int32) {
    open = OpenNumber(number)
  }

  /// For a regular file that was just made, which is not looked up.
  init(owningFile number: Int32) {
    open = OpenNumber(ofFile: number)
  }

  deinit {
    // Linux has closed the descriptor even when it says EINTR; what fsync did not report is not reported here either.
    _ = Glibc.close(open.number)
  }

  /// The number that the kernel knows the descriptor by, for ``Poll``; valid while the value lives.
  package var number: Int32 { open.number }

  /// Overwrites `room` from its start; waits until something arrives.
  ///
  /// - Parameter room: At least one byte.
  /// - Returns: How many bytes arrived; 0 at the end of the file.
  /// - Throws: ``SystemError``. Never `EINTR` or `EAGAIN`.
  package borrowing func read(into room: inout [UInt8]) throws(SystemError) -> Int {
    try open.read(into: &room)
  }

  /// Writes a beginning of `bytes`; waits until at least one byte is taken.
  ///
  /// - Returns: How many bytes were taken; 0 only for no bytes.
  /// - Throws: ``SystemError``. Never `EINTR` or `EAGAIN`.
  package borrowing func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    try open.write(bytes)
  }

  /// Writes all of `bytes`.
  ///
  /// - Parameter timeout: For the whole call; nil waits for ever. On a pipe with several writers the call may take
  ///   longer.
  /// - Throws: ``SystemError``, after which an unknown beginning has been written and the stream is of no more use:
  ///   ``SystemError/isTimeout``, ``SystemError/isBrokenPipe``. A broken pipe that is not a socket is an error only
  ///   after ``SignalWatch/ignoreWriteSignals()``; before, the signal ends the process.
  package borrowing func writeAll(
    _ bytes: Span<UInt8>, timeout: Duration? = nil
  ) throws(SystemError) {
    try open.writeAll(bytes, timeout: timeout)
  }

  /// Has ``readInTime(into:)`` wait no longer than this, on a socket; for all who hold it.
  package borrowing func setReadTimeout(_ timeout: Duration) throws(SystemError) {
    let (seconds, attoseconds) = timeout.components
    var time = timeval(
      tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    let length = socklen_t(MemoryLayout<timeval>.size)
    let number = number
    try SystemCall.run("setsockopt") {
      unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &time, length)
    }
  }

  /// As ``read(into:)``, and gives up after ``setReadTimeout(_:)``.
  ///
  /// - Returns: nil where nothing has arrived in time.
  package borrowing func readInTime(into room: inout [UInt8]) throws(SystemError) -> Int? {
    try open.readOnce(into: &room)
  }

  /// Writes as much of `bytes` as is taken without waiting, on a socket.
  ///
  /// - Returns: how many bytes were taken.
  /// - Throws: ``SystemError``. Never `EINTR` or `EAGAIN`.
  package borrowing func writeAvailable(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    try open.writeAvailable(bytes)
  }

  /// Closes now what would otherwise be closed at the end of the value's life.
  package consuming func close() {}

  /// A direction of a connection.
  package enum Side: Sendable {
    case reading, writing, both
  }

  /// Ends one direction of a socket, or both, for all who hold it: a thread that waits in ``read(into:)`` gets 0.
  ///
  /// Does nothing on a connection that has ended already, or on a descriptor that is no socket.
  package borrowing func shutDown(_ side: Side) {
    let how =
      switch side {
      case .reading: SHUT_RD
      case .writing: SHUT_WR
      case .both: SHUT_RDWR
      }
    _ = shutdown(number, Int32(how))
  }
}
