import Glibc

/// What becomes of memory that was freed.
package enum FreedMemory {
  /// Keeps up to `byteCount` bytes of freed memory for what comes next in each arena, of which there are few, and gives the
  /// rest back.
  ///
  /// A server frees the tree of one message and builds that of the next: by default the C library gives the pages back and
  /// faults them in again each time, which takes longer than reading the message. And it learns from each large block that
  /// is freed to keep twice as much, in every one of the arenas that it makes for threads: a few large messages at a
  /// time would make the process large for good. Setting the bounds ends the learning. glibc has them; other C libraries
  /// are left as they are. Source: mallopt(3).
  package static func keep(_ byteCount: Int) {
    guard let symbol = unsafe dlsym(nil, "mallopt") else { return }
    let set = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    let count = Int32(clamping: byteCount)
    // A block of more than half is given back by itself; an arena trims what is free at its end.
    _ = set(Parameter.trimThreshold.rawValue, count)
    _ = set(Parameter.blockThreshold.rawValue, count / 2)
    _ = set(Parameter.arenaCountMax.rawValue, Int32(min(max(2, Processors.count), 4)))
  }

  /// Gives back what ``keep(_:)`` keeps, and whole pages that are free between others; it is faulted in again when it is
  /// needed. For a moment at which nothing is to be done. Source: malloc_trim(3).
  package static func giveBack() {
    guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
    let trim = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)
    _ = trim(0)
  }

  /// The numbers of malloc.h, which the Glibc module does not show.
  private enum Parameter: Int32 {
    case trimThreshold = -1
    case blockThreshold = -3
    case arenaCountMax = -8
  }
}
