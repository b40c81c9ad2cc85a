package import FlowModel
package import Operations
import Synchronization

/// What all connections of one process share: templates, identities, counters.
package final class Service: Sendable {
  package struct Counters: Sendable {
    package var connections = 0
    package var requests = 0
    package var notifications = 0
    package var errors = 0
    package var models = 0
  }

  /// The clock and the log are the process's; a test brings its own.
  package struct Surroundings: Sendable {
    /// The present moment.
    package var now: @Sendable () -> Timestamp
    /// Time since some fixed moment, never set back.
    package var uptime: @Sendable () -> Duration
    /// Takes one line for the person who runs the process.
    package var log: @Sendable (String) -> Void

    package init(
      now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
      log: @escaping @Sendable (String) -> Void
    ) {
      self.now = now
      self.uptime = uptime
      self.log = log
    }
  }

  package let limits: Limits
  package let identities: UniqueIdentities
  package let surroundings: Surroundings
  private let current: Mutex<Snapshot>
  private let tally = Mutex(Counters())

  package init(_ snapshot: Snapshot, limits: Limits = Limits(), surroundings: Surroundings) {
    self.limits = limits
    self.surroundings = surroundings
    current = Mutex(snapshot)
    identities = UniqueIdentities(now: surroundings.now)
  }

  /// The templates as they stand now; a reader leaves with a copy.
  package var snapshot: Snapshot { current.withLock { $0 } }

  package func replace(_ snapshot: Snapshot) { current.withLock { $0 = snapshot } }

  package var counters: Counters { tally.withLock { $0 } }

  package func count(_ change: (inout Counters) -> Void) { tally.withLock { change(&$0) } }
}
