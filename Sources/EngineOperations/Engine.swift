package import FlowModel
package import RunStore

/// What answers for runs: the store that holds them, bounds and a clock.
///
/// It holds nothing that changes but the store, and how much room there is, so that any number of threads may ask at once.
package struct Engine: Sendable {
  package let store: RunStore
  package let limits: RunLimits
  package let now: @Sendable () -> Timestamp
  package let startedAt: Timestamp
  /// For the texts of models, in bytes.
  package let texts: Room
  /// For what models are evaluated to, in numbers. Who has a share of it waits for no other.
  package let numbers: Room

  /// - Parameter now: the clock that the store was given.
  package init(
    store: RunStore, limits: RunLimits = RunLimits(), now: @escaping @Sendable () -> Timestamp
  ) {
    self.store = store
    self.limits = limits
    self.now = now
    startedAt = now()
    texts = Room(limits.heldTextLengthMax)
    numbers = Room(limits.heldValueCountMax)
  }
}
