import Glibc

/// Descriptors that are waited for together, again and again, until there is something to read on one of them.
package struct PollSet: Sendable {
  private var slots: [pollfd] = []

  package init() {}

  /// Adds an open descriptor behind the others.
  package mutating func add(_ number: Int32) {
    slots.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0))
  }

  /// Removes the descriptor at `index`, a place below the number of those added; the last one takes it.
  package mutating func remove(at index: Int) {
    slots.swapAt(index, slots.count - 1)
    slots.removeLast()
  }

  /// Waits until something happens on one of them. Signals neither end nor lengthen the wait.
  ///
  /// - Parameter timeout: rounded up to milliseconds; nil waits for ever.
  /// - Returns: false where nothing has happened in time.
  @discardableResult
  package mutating func wait(timeout: Duration?) throws(SystemError) -> Bool {
    let deadline = Deadline(timeout)
    return try SystemCall.run("poll") {
      let patience = Poll.milliseconds(deadline.remaining)
      return unsafe slots.withUnsafeMutableBufferPointer {
        unsafe poll($0.baseAddress, nfds_t($0.count), patience)
      }
    } > 0
  }

  /// Whether the last wait found bytes, the end, or a failure on the descriptor at `index`.
  package func isReady(_ index: Int) -> Bool { slots[index].revents != 0 }
}
