import EngineOperations
import FlowModel
import JSON
import Platform
import RunStore
import Source
import Synchronization

/// An Engine over a data directory of one test's own, which goes when the value dies. Its clock stands unless it is
/// moved on, and its suffixes count up.
final class TestEngine: Sendable {
  let engine: Engine
  private let clock: Clock
  let path: String

  private final class Clock: Sendable {
    let second = Mutex<Int64>(1_758_801_600)
    let suffix = Mutex<UInt32>(0)

    var now: Timestamp { second.withLock { Timestamp(seconds: $0) ?? .epoch } }

    func next() -> UInt32 {
      suffix.withLock {
        $0 += 1
        return $0
      }
    }
  }

  init(limits: RunLimits = RunLimits()) throws {
    let clock = Clock()
    self.clock = clock
    path =
      try FileSystem.canonicalPath("/tmp") + "/flowtime-engine-"
      + String(UInt64.random(in: 0 ... .max), radix: 36)
    try FileSystem.makeNewDirectory(path)
    let store = try RunStore(
      directory: path, surroundings: .init(now: { clock.now }, suffix: { clock.next() }))
    engine = Engine(store: store, limits: limits, now: { clock.now })
  }

  deinit { try? FileSystem.removeTree(path) }

  func moveOn(seconds: Int64) { clock.second.withLock { $0 += seconds } }

  /// Runs a text and stores it.
  func run(_ model: String, provenance: String? = nil) throws -> RunModel.Result {
    try RunModel.run(
      RunModel.Request(model: SourceText(model), provenance: provenance), in: engine)
  }
}

/// Three bins of demand, of which four fifths are served.
let smallModel = """
  schemaVersion: 1
  grid:
    bins: 3
    binSize: 1
    binUnit: hours
  nodes:
    - id: demand
      kind: const
      values: [10, 10, 10]
    - id: served
      kind: expr
      expr: demand * 0.8
  outputs:
    - series: served
  """ + "\n"
