import EngineOperations
import EngineTestSupport
import Source

/// An Engine of one test's own.
final class TestEngine: Sendable {
  private let home: TemporaryEngine
  var engine: Engine { home.engine }
  var path: String { home.path }

  init(limits: RunLimits = RunLimits()) throws {
    home = try TemporaryEngine(limits: limits)
  }

  func moveOn(seconds: Int64) { home.moveOn(seconds: seconds) }

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
