import Synchronization

/// Who is called when something that all clients share is different.
package final class Watchers: Sendable {
  private let calls = Mutex<(next: Int, calls: [Int: @Sendable () -> Void])>((0, [:]))

  package init() {}

  /// Has something called, from any thread, when there is news.
  ///
  /// - Returns: a number for ``forget(_:)``.
  package func add(_ call: @escaping @Sendable () -> Void) -> Int {
    calls.withLock { watchers in
      watchers.next += 1
      watchers.calls[watchers.next] = call
      return watchers.next
    }
  }

  package func forget(_ number: Int) { calls.withLock { $0.calls[number] = nil } }

  package func callAll() {
    for call in calls.withLock({ Array($0.calls.values) }) { call() }
  }
}
