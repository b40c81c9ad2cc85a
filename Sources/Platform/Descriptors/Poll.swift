import Glibc

/// Waits until one of several descriptors can be used.
package enum Poll {
  package struct Events: OptionSet, Hashable, Sendable {
    package let rawValue: Int16

    package init(rawValue: Int16) {
      self.rawValue = rawValue
    }

    /// A read will not block: there are bytes, a client to accept, or the end of the file.
    package static let readable = Events(rawValue: Int16(POLLIN))
    /// A write of at most 4096 bytes will not block.
    package static let writable = Events(rawValue: Int16(POLLOUT))
    /// The other end is closed. Reported without being asked for; unread bytes may remain.
    package static let hungUp = Events(rawValue: Int16(POLLHUP))
    /// The next call will say what is wrong. Reported without being asked for.
    package static let failed = Events(rawValue: Int16(POLLERR))
    /// The number is not open. Reported without being asked for.
    package static let invalid = Events(rawValue: Int16(POLLNVAL))
  }

  /// Waits for the first event on any of `entries`. Signals neither end nor lengthen the wait.
  ///
  /// - Parameters:
  ///   - entries: Descriptors and what to wait for; a negative number is passed over.
  ///   - timeout: Rounded up to milliseconds; nil waits for ever, zero only looks.
  /// - Returns: What happened to each entry, in their order; empty sets throughout when the time has passed.
  package static func wait(
    on entries: [(number: Int32, events: Events)], timeout: Duration?
  ) throws(SystemError) -> [Events] {
    var slots = entries.map { pollfd(fd: $0.number, events: $0.events.rawValue, revents: 0) }
    let deadline = Deadline(timeout)
    try SystemCall.run("poll") {
      let patience = milliseconds(deadline.remaining)
      return unsafe slots.withUnsafeMutableBufferPointer {
        unsafe poll($0.baseAddress, nfds_t($0.count), patience)
      }
    }
    return slots.map { Events(rawValue: $0.revents) }
  }

  /// Waits for one descriptor: see ``wait(on:timeout:)``.
  package static func wait(
    for events: Events, on number: Int32, timeout: Duration?
  ) throws(SystemError) -> Events {
    var slot = pollfd(fd: number, events: events.rawValue, revents: 0)
    let deadline = Deadline(timeout)
    try SystemCall.run("poll") { unsafe poll(&slot, 1, milliseconds(deadline.remaining)) }
    return Events(rawValue: slot.revents)
  }

  /// Rounded up: a wait that ended early would have to be waited again.
  static func milliseconds(_ timeout: Duration?) -> Int32 {
    guard let timeout else { return -1 }
    if timeout <= .zero { return 0 }
    if timeout >= .seconds(1_000_000) { return 1_000_000_000 }
    let (seconds, attoseconds) = timeout.components
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
