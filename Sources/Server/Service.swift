package import FlowModel
package import Operations
import Synchronization
import Wire

/// What all connections of one process share: templates, identities, counters.
package final class Service: Sendable {
  package struct Counters: Sendable {
    package var connections = 0
    package var requests = 0
    package var notifications = 0
    package var errors = 0
    package var models = 0
    /// How often the templates were read again.
    package var reloads = 0
    package fileprivate(set) var methods = MethodTimes()

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

  package let limits: Limits
  package let identities: UniqueIdentities
  package let surroundings: Surroundings
  /// What is refused to connections that may only read.
  let writingMethods: Set<String>
  /// A server that was just started is asked for no template yet: reading them can wait until it is.
  private enum Templates: Sendable {
    case unread(@Sendable () -> Snapshot)
    case read(Snapshot)
  }

  private let templates: Mutex<Templates>
  /// How often the templates became others, their first reading included.
  private let edition = Atomic<Int>(0)
  private let tally = Mutex(Counters())
  /// Counted apart: it is the work of many threads.
  private let modelCount = Atomic<Int>(0)
  private let watchers = Mutex<(next: Int, calls: [Int: @Sendable () -> Void])>((0, [:]))

  /// - Parameter read: reads the templates; called once, by the first who wants one, while others wait.
  package init(
    reading read: @escaping @Sendable () -> Snapshot, limits: Limits = Limits(),
    surroundings: Surroundings, writingMethods: Set<String> = MethodTable.writing
  ) {
    self.limits = limits
    self.writingMethods = writingMethods
    self.surroundings = surroundings
    templates = Mutex(.unread(read))
    identities = UniqueIdentities(now: surroundings.now)
  }

  package convenience init(
    _ snapshot: Snapshot, limits: Limits = Limits(), surroundings: Surroundings,
    writingMethods: Set<String> = MethodTable.writing
  ) {
    self.init(
      reading: { snapshot }, limits: limits, surroundings: surroundings,
      writingMethods: writingMethods)
  }

  /// Whether anybody has wanted a template yet.
  package var hasReadTemplates: Bool {
    templates.withLock { if case .read = $0 { true } else { false } }
  }

  /// The templates as they stand now; a reader leaves with a copy.
  package var snapshot: Snapshot { templates.withLock { snapshot(&$0) } }

  /// Brings a copy up to date. Where it is, which is nearly always, nobody waits for anybody.
  ///
  /// - Parameter known: a copy with its edition; nil is left alone until somebody has wanted a template.
  func refresh(_ known: inout (snapshot: Snapshot, edition: Int)?) {
    let present = edition.load(ordering: .acquiring)
    guard present != known?.edition ?? 0 else { return }
    known = templates.withLock { (snapshot(&$0), edition.load(ordering: .relaxed)) }
  }

  /// For one who has the lock.
  private func snapshot(_ templates: inout Templates) -> Snapshot {
    switch templates {
    case .read(let snapshot): return snapshot
    case .unread(let read):
      let snapshot = read()
      templates = .read(snapshot)
      edition.add(1, ordering: .releasing)
      return snapshot
    }
  }

  /// Takes templates that were read again, as one, and calls those who want to know. What is the same stays, with all
  /// that is known of it.
  ///
  /// - Returns: what is different now.
  @discardableResult
  package func replace(_ snapshot: Snapshot) -> CatalogChange {
    let change = templates.withLock { templates in
      let change = CatalogChange(
        from: self.snapshot(&templates).catalog, to: snapshot.catalog)
      if !change.isEmpty {
        templates = .read(snapshot)
        edition.add(1, ordering: .releasing)
      }
      return change
    }
    count { $0.reloads += 1 }
    if !change.isEmpty { for call in watchers.withLock({ Array($0.calls.values) }) { call() } }
    return change
  }

  /// Has something called, from any thread, when the templates are others.
  ///
  /// - Returns: a number for ``forget(watcher:)``.
  package func watch(_ call: @escaping @Sendable () -> Void) -> Int {
    watchers.withLock { watchers in
      watchers.next += 1
      watchers.calls[watchers.next] = call
      return watchers.next
    }
  }

  package func forget(watcher number: Int) { watchers.withLock { $0.calls[number] = nil } }

  package var counters: Counters {
    var counters = tally.withLock { $0 }
    counters.models = modelCount.load(ordering: .relaxed)
    return counters
  }

  func countModel() { modelCount.add(1, ordering: .relaxed) }

  /// - Returns: the number of a new connection, from 1.
  func connect() -> Int {
    tally.withLock { tally in
      tally.connections += 1
      return tally.connections
    }
  }

  package func count(_ change: (inout Counters) -> Void) { tally.withLock { change(&$0) } }

  /// Takes what a connection has counted, and clears it.
  func take(_ tally: inout Tally) {
    guard !tally.isEmpty else { return }
    self.tally.withLock { $0.add(tally) }
    tally.clear()
  }
}
