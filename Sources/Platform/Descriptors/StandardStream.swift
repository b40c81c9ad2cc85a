import Glibc

/// The three streams a process is started with. Reading and writing are as for ``Descriptor``.
package enum StandardStream: Int32, CaseIterable, Sendable {
  case input = 0
  case output = 1
  case error = 2

  package var number: Int32 { rawValue }

  package var isTerminal: Bool { isatty(number) == 1 }

  /// See ``Descriptor/read(into:)``.
  package func read(into room: inout [UInt8]) throws(SystemError) -> Int {
    try OpenNumber(number).read(into: &room)
  }

  /// See ``Descriptor/write(_:)``.
  package func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    try OpenNumber(number).write(bytes)
  }

  /// See ``Descriptor/writeAll(_:timeout:)``.
  package func writeAll(_ bytes: Span<UInt8>, timeout: Duration? = nil) throws(SystemError) {
    try OpenNumber(number).writeAll(bytes, timeout: timeout)
  }

  /// Takes the stream out of common reach: the result is the stream, and its number now means standard error.
  ///
  /// A stray `print` then ends in the log and not in the middle of a protocol.
  package func takeAway() throws(SystemError) -> Descriptor {
    try Descriptor.moved(from: number, leaving: StandardStream.error.number)
  }

  /// Opens `/dev/null` for each stream that the parent has closed, so that no file or socket gets its number.
  ///
  /// Call it first of all: before another descriptor is opened.
  package static func openMissing() throws(SystemError) {
    for stream in allCases where fcntl(stream.number, F_GETFD) == -1 {
      // The lowest free number is this one, since those below are open by now.
      // It can only be read: what somebody writes to a stream that was closed must not seem to arrive.
      try unsafe SystemCall.run("open", on: "/dev/null") { unsafe open($0, O_RDONLY) }
    }
  }
}

extension Descriptor {
  /// The open file behind `number`, under a new number; `number` stands for the one behind `replacement` from now on.
  static func moved(
    from number: Int32, leaving replacement: Int32
  ) throws(SystemError) -> Descriptor {
    let moved = Descriptor(
      owning: try SystemCall.run("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 3) })
    try SystemCall.run("dup2") { dup2(replacement, number) }
    return moved
  }
}
