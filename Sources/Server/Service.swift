package import FlowModel
import Synchronization
import Wire

/// What all connections of one process share: what it serves, and counters.
package final class Service: Sendable {
  package struct Counters: Sendable {
    package var connections = 0
    package var requests = 0
    package var notifications = 0
    package var errors = 0
    package fileprivate(set) var methods: MethodTimes

    fileprivate mutating func add(_ tally: Tally) {
      requests += tally.requestCount
      notifications += tally.notificationCount
      errors += tally.errorCount
      for sample in tally.samples { methods.add(sample) }
    }
  }

  /// The clock and the log are the process's; a test brings its own.
  package struct Surroundings: Sendable {
    /// The present moment.
    package var now: @Sendable () -> Timestamp
    /// Time since some fixed moment, never set back.
    package var uptime: @Sendable () -> Duration
    /// What is logged at most; what weighs less need not be made.
    package var logLevel: LogEvent.Level
    private let take: @Sendable (LogEvent) -> Void

    package init(
      now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
      logLevel: LogEvent.Level = .info, log: @escaping @Sendable (LogEvent) -> Void
    ) {
      self.now = now
      self.uptime = uptime
      self.logLevel = logLevel
      take = log
    }

    /// Takes an event for the person who runs the process.
    package func log(_ event: LogEvent) {
      if event.level <= logLevel { take(event) }
    }
  }

  /// What the program answers.
  package let methods: any ServedMethods
  package let limits: Limits
  package let surroundings: Surroundings
  /// What is refused to connections that may only read.
  let writingMethods: Set<String>
  let places: MethodPlaces
  private let tally: Mutex<Counters>

  package init(_ methods: any ServedMethods) {
    self.methods = methods
    limits = methods.limits.server
    surroundings = methods.surroundings
    let table = methods.table
    writingMethods = table.writing
    places = MethodPlaces(table.requests)
    tally = Mutex(Counters(methods: MethodTimes(places)))
  }

  package var counters: Counters { tally.withLock { $0 } }

  /// - Returns: the number of a new connection, from 1.
  func connect() -> Int {
    tally.withLock { tally in
      tally.connections += 1
      return tally.connections
    }
  }

  /// Takes what a connection has counted, and clears it.
  func take(_ tally: inout Tally) {
    guard !tally.isEmpty else { return }
    self.tally.withLock { $0.add(tally) }
    tally.clear()
  }
}
