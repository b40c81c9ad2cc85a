package import FlowModel
package import RunStore

/// What answers for runs: the store that holds them, bounds and a clock.
///
/// It holds nothing that changes but the store, and how much room there is, so that any number of threads may ask at once.
package struct Engine: Sendable {
  package let store: RunStore
  package let workspace: Workspace
  package let now: @Sendable () -> Timestamp
  package let startedAt: Timestamp

  /// - Parameter now: the clock that the store was given.
  package init(
    store: RunStore, limits: RunLimits = RunLimits(), now: @escaping @Sendable () -> Timestamp
  ) {
    self.store = store
    workspace = Workspace(limits: limits)
    self.now = now
    startedAt = now()
  }

  package var limits: RunLimits { workspace.limits }
}
