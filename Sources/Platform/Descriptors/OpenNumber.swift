import Glibc

/// Reading and writing on a descriptor number that somebody else keeps open.
///
/// Every call blocks until it can do something, also when the descriptor is in non-blocking mode: a process inherits
/// that mode with the standard streams and must not change it, since it shares them with others.
struct OpenNumber: Sendable {
  let number: Int32
  private let isSocket: Bool

  init(_ number: Int32) {
    self.number = number
    isSocket = (try? FileStatus(ofNumber: number).kind) == .socket
  }

  init(ofFile number: Int32) {
    self.number = number
    isSocket = false
  }

  /// Overwrites `room` from its start. Returns the bytes that arrived; 0 at the end of the file.
  func read(into room: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      if let count = try readOnce(into: &room) { return count }
      _ = try Poll.wait(for: .readable, on: number, timeout: nil)
    }
  }

  /// Returns nil where nothing arrives and the descriptor does not wait, or not for ever.
  func readOnce(into room: inout [UInt8]) throws(SystemError) -> Int? {
    precondition(!room.isEmpty)  // nothing read would look like the end
    while true {
      let (count, code) = unsafe room.withUnsafeMutableBytes {
        let count = unsafe Glibc.read(number, $0.baseAddress, $0.count)
        return (count, errno)  // before anything else can set it
      }
      if count >= 0 { return count }
      switch code {
      case EINTR: continue
      case EAGAIN: return nil
      default: throw SystemError(call: "read", code: code)
      }
    }
  }

  /// Writes a beginning of `bytes`. Returns its length, at least 1 unless `bytes` is empty.
  func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    while true {
      if let count = try put(bytes, waiting: true) { return count }
      _ = try Poll.wait(for: .writable, on: number, timeout: nil)
    }
  }

  /// Writes a beginning of `bytes` to a socket, without waiting. Returns its length.
  func writeAvailable(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    bytes.isEmpty ? 0 : try put(bytes, waiting: false) ?? 0
  }

  /// Writes all of `bytes` within `timeout`; see ``Descriptor/writeAll(_:timeout:)``.
  func writeAll(_ bytes: Span<UInt8>, timeout: Duration?) throws(SystemError) {
    let deadline = Deadline(timeout)
    // A socket can be asked not to wait. A pipe takes this much at once when poll calls it writable.
    let atOnce = timeout == nil || isSocket ? Int.max : Int(PIPE_BUF)
    var done = 0
    while done < bytes.count {
      if atOnce != Int.max { try waitUntilWritable(deadline) }
      let part = bytes.extracting(done..<(done + min(bytes.count - done, atOnce)))
      if let count = try put(part, waiting: timeout == nil) {
        done += count
      } else {
        try waitUntilWritable(deadline)
      }
    }
  }

  private func waitUntilWritable(_ deadline: Deadline) throws(SystemError) {
    let events = try Poll.wait(for: .writable, on: number, timeout: deadline.remaining)
    if events.isEmpty { throw SystemError(call: "write", code: ETIMEDOUT) }
  }

  /// Returns nil where the call would have to wait.
  private func put(_ bytes: Span<UInt8>, waiting: Bool) throws(SystemError) -> Int? {
    let flags = waiting ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT
    while true {
      let (count, code) = unsafe bytes.withUnsafeBytes {
        let count =
          if isSocket {
            unsafe send(number, $0.baseAddress, $0.count, Int32(flags))
          } else {
            unsafe Glibc.write(number, $0.baseAddress, $0.count)
          }
        return (count, errno)  // before anything else can set it
      }
      if count >= 0 { return count }
      switch code {
      case EINTR: continue
      case EAGAIN: return nil
      default: throw SystemError(call: "write", code: code)
      }
    }
  }
}
