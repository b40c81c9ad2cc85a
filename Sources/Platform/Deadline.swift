/// The moment at which a wait ends, so that interruptions do not lengthen it.
struct Deadline {
  private let end: Duration?

  /// - Parameter timeout: nil waits for ever.
  init(_ timeout: Duration?) {
    // A year is as good as longer, and the sum cannot overflow.
    end = timeout.map { SystemClock.monotonic() + min($0, .seconds(31_536_000)) }
  }

  /// What is left, never negative; nil when there is no end.
  var remaining: Duration? {
    end.map { max($0 - SystemClock.monotonic(), .zero) }
  }
}
