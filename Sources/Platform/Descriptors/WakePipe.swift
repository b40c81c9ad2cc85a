import Glibc

/// Lets any thread wake one that waits, in ``Poll`` beside descriptors or in ``wait()``.
package struct WakePipe: ~Copyable, Sendable {
  private let pipe: Pipe

  package init() throws(SystemError) {
    let pipe = try Pipe()
    let number = pipe.writing.number
    try SystemCall.run("fcntl") { fcntl(number, F_SETFL, O_NONBLOCK) }
    self.pipe = pipe
  }

  /// Becomes readable when somebody calls ``wake()``; for ``Poll``.
  package var number: Int32 { pipe.reading.number }

  /// Wakes one thread that waits, or the next that will. Never waits itself.
  package borrowing func wake() {
    var byte: UInt8 = 1
    for _ in 0..<Self.attemptsMax {
      if unsafe Glibc.write(pipe.writing.number, &byte, 1) >= 0 { return }
      // A full pipe wakes whoever reads it anyway.
      if errno == EAGAIN { return }
    }
  }

  /// Waits for ``wake()``; each call of that ends one of these, unless thousands come before the first.
  package borrowing func wait() throws(SystemError) {
    var room: [UInt8] = [0]
    try read(into: &room)
  }

  /// Forgets calls of ``wake()`` so far, of which there has been one.
  package borrowing func clear() throws(SystemError) {
    var room = [UInt8](repeating: 0, count: 256)
    try read(into: &room)
  }

  private borrowing func read(into room: inout [UInt8]) throws(SystemError) {
    for _ in 1..<Self.attemptsMax {
      do throws(SystemError) {
        _ = try pipe.reading.read(into: &room)
        return
      } catch {}
    }
    _ = try pipe.reading.read(into: &room)
  }

  /// Whoever misses a call may wait for ever, so what fails once is tried again.
  private static let attemptsMax = 16
}
