package import JSON
package import JSONRPC
package import Operations
import Synchronization

/// What happens to work that was handed out, for ``Session/take(_:)``.
package enum WorkEvent: Sendable {
  case reached(RequestKey, WorkStep)
  /// Comes exactly once, and last, for each work that was handed out, also if it was cancelled and never started.
  case ended(RequestKey, Result<JSONValue, RPCError>)
}

/// A long request as a value: what is to be done, on which state. Any thread may do it, at any time.
package struct BackgroundWork: Sendable {
  package let key: RequestKey
  /// Whether somebody wants to know how far it is.
  let isWatched: Bool
  private let isCancelled = Flag()
  private let body: @Sendable (WorkMonitor) -> Result<JSONValue, RPCError>

  /// Set once, from any thread.
  private final class Flag: Sendable {
    let isSet = Atomic<Bool>(false)
  }

  init(
    _ key: RequestKey, isWatched: Bool,
    body: @escaping @Sendable (WorkMonitor) -> Result<JSONValue, RPCError>
  ) {
    self.key = key
    self.isWatched = isWatched
    self.body = body
  }

  /// Work that has not started never does; other work ends at its next check point.
  package func cancel() {
    isCancelled.isSet.store(true, ordering: .relaxed)
  }

  /// Does the work on this thread.
  ///
  /// - Parameter tell: takes what happens, from this thread.
  package func run(_ tell: @escaping @Sendable (WorkEvent) -> Void) {
    let flag = isCancelled
    guard !flag.isSet.load(ordering: .relaxed) else {
      return tell(.ended(key, .failure(.requestCancelled)))
    }
    let monitor = WorkMonitor(
      isStopped: { flag.isSet.load(ordering: .relaxed) },
      tell: { [key, isWatched] step in
        if isWatched { tell(.reached(key, step)) }
      })
    tell(.ended(key, body(monitor)))
  }
}
