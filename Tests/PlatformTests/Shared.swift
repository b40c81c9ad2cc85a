import Synchronization

/// A value that a test and its threads both reach.
final class Shared<Value: Sendable>: Sendable {
  private let inner: Mutex<Value>

  init(_ value: Value) {
    inner = Mutex(value)
  }

  var value: Value {
    get { inner.withLock { $0 } }
    set { inner.withLock { $0 = newValue } }
  }
}
