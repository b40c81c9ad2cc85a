import FlowModel
package import JSON
package import Operations
package import Server
import Synchronization
package import Wire

/// What Sim serves: templates, the ids that it gives out, and what it has counted.
package final class SimService: ServedMethods {
  package let simLimits: SimLimits
  package let table: MethodTable
  package let surroundings: Service.Surroundings
  package let watchers = Watchers()
  let identities: UniqueIdentities
  /// A server that was just started is asked for no template yet: reading them can wait until it is.
  private enum Templates: Sendable {
    case unread(@Sendable () -> Snapshot)
    case read(Snapshot)
  }

  private let templates: Mutex<Templates>
  /// How often the templates became others, their first reading included.
  private let edition = Atomic<Int>(0)
  private let modelCount = Atomic<Int>(0)
  private let reloadCount = Atomic<Int>(0)

  /// - Parameter read: reads the templates; called once, by the first who wants one, while others wait.
  package init(
    reading read: @escaping @Sendable () -> Snapshot, limits: SimLimits = SimLimits(),
    surroundings: Service.Surroundings, table: MethodTable = .sim
  ) {
    simLimits = limits
    self.table = table
    self.surroundings = surroundings
    templates = Mutex(.unread(read))
    identities = UniqueIdentities(now: surroundings.now)
  }

  package convenience init(
    _ snapshot: Snapshot, limits: SimLimits = SimLimits(), surroundings: Service.Surroundings,
    table: MethodTable = .sim
  ) {
    self.init(reading: { snapshot }, limits: limits, surroundings: surroundings, table: table)
  }

  package var programName: String { ProductVersion.name }
  package var programVersion: String { ProductVersion.number }
  package var discovery: JSONValue { DiscoveryDocument.json }
  package var limits: any NamedLimits { simLimits }

  /// Models that were made, and how often the templates were read again.
  package var counters: [(name: String, value: Int)] {
    [
      ("models", modelCount.load(ordering: .relaxed)),
      ("reloads", reloadCount.load(ordering: .relaxed)),
    ]
  }

  func countModel() { modelCount.add(1, ordering: .relaxed) }

  package func handlers(connection: Int) -> any MethodHandlers {
    Handlers(self, connection: connection)
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
    reloadCount.add(1, ordering: .relaxed)
    if !change.isEmpty { watchers.callAll() }
    return change
  }
}
