import Synchronization

/// A value that is worked out when it is first asked for, and kept.
package final class Once<Value: Sendable>: Sendable {
  private final class Made: Sendable {
    let value: Value

    init(_ value: Value) {
      self.value = value
    }
  }

  private let made = AtomicLazyReference<Made>()
  private let turn = Mutex(())

  package init() {}

  /// Two who ask at the same time wait for one another; nobody waits once it is there.
  package func get(_ make: () -> Value) -> Value {
    if let made = made.load() { return made.value }
    return turn.withLock { _ in
      if let made = made.load() { return made.value }
      return made.storeIfNil(Made(make())).value
    }
  }
}
