package import EngineOperations
import FlowModel
package import JSON
package import Server
import Synchronization
package import Wire

/// What an Engine serves: the runs of its store, and what it has counted.
package final class EngineMethods: ServedMethods {
  package let engine: Engine
  package let engineLimits: EngineServiceLimits
  package let table: MethodTable
  package let surroundings: Service.Surroundings
  package let watchers = Watchers()
  private let runCount = Atomic<Int>(0)
  private let storedCount = Atomic<Int>(0)

  /// - Parameter limits: those of models are the engine's, whatever stands here.
  package init(
    engine: Engine, surroundings: Service.Surroundings,
    limits: EngineServiceLimits = EngineServiceLimits(), table: MethodTable = .engine
  ) {
    self.engine = engine
    self.surroundings = surroundings
    self.table = table
    var limits = limits
    limits.run = engine.limits
    engineLimits = limits
  }

  package var programName: String { "flowtime-engine" }
  package var programVersion: String { ProductVersion.number }
  package var discovery: JSONValue { DiscoveryDocument.json }
  package var limits: any NamedLimits { engineLimits }

  /// Models that were evaluated, and runs that were stored.
  package var counters: [(name: String, value: Int)] {
    [
      ("runs", runCount.load(ordering: .relaxed)),
      ("storedRuns", storedCount.load(ordering: .relaxed)),
    ]
  }

  func countRun(isStored: Bool) {
    runCount.add(1, ordering: .relaxed)
    if isStored { storedCount.add(1, ordering: .relaxed) }
  }

  package func handlers(connection: Int) -> any MethodHandlers { EngineHandlers(self) }

  // MARK: Recordings

  /// Ids of runs are made of the present time.
  package func dependsOnTime(_ method: String, _ params: JSONObject?) -> Bool {
    switch method {
    case RunMethod.name: params?["store"] != false
    case RunGroupMethod.name: true
    default: false
    }
  }

  package func openings(of result: JSONObject) -> [(text: String, opened: String)] {
    let runs = result["runs"]?.arrayValue?.compactMap(\.objectValue) ?? [result]
    return runs.flatMap { run in
      // The directory first: the id is a part of it.
      [run["directory"]?.stringValue, run["runId"]?.stringValue].compactMap(\.self)
        .map { ($0, "…") }
    }
  }
}
