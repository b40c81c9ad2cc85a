package import JSON
package import JSONRPC
import Synchronization

/// What work is for.
package enum WorkKey: Hashable, Sendable {
  case request(RequestKey)
  /// The diagnostics of one text of an open document, by a number of its own among those of the connection.
  case document(UInt64)
}

/// What happens to work that was handed out, for ``Session/take(_:)``.
package enum WorkEvent: Sendable {
  case reached(WorkKey, String)
  /// Comes exactly once, and last, for each work that was handed out, also if it was cancelled and never started.
  case ended(WorkKey, Result<JSONValue, RPCError>)
}

/// A long request, or the check of a document, as a value: what is to be done, on which state. Any thread may do it, at
/// any time.
package struct BackgroundWork: Sendable {
  /// Gives the result of the request, or the params of the notification.
  package typealias Body = @Sendable (WorkWatch) -> Result<JSONValue, RPCError>

  package let key: WorkKey
  /// Whether somebody wants to know how far it is.
  let isWatched: Bool
  private let isCancelled = Flag()
  private let body: Body

  /// Set once, from any thread.
  private final class Flag: Sendable {
    let isSet = Atomic<Bool>(false)
  }

  init(
    _ key: WorkKey, isWatched: Bool, body: @escaping Body
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
    let watch = WorkWatch(
      isStopped: { flag.isSet.load(ordering: .relaxed) },
      tell: { [key, isWatched] step in
        if isWatched { tell(.reached(key, step)) }
      })
    tell(.ended(key, body(watch)))
  }
}
