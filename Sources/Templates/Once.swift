import Synchronization

/// A value that is worked out when it is first asked for, and kept.
final class Once<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  /// Two who ask at the same time wait for one another.
  func get(_ make: () -> Value) -> Value {
    value.withLock { value in
      if let value { return value }
      let made = make()
      value = made
      return made
    }
  }
}
