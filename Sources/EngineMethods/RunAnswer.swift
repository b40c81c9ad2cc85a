package import EngineOperations
import FlowModel
import RunStore
package import Wire

extension RunMethod.Summary {
  /// - Parameter encoding: how the positions of diagnostics are counted.
  init(_ result: RunModel.Result, _ encoding: PositionEncoding) {
    self.init(
      runID: result.stored?.id, directory: result.stored?.directory,
      modelHash: result.stored?.scenarioHash,
      warnings: result.run.warnings.map {
        RunMethod.Warning(
          nodeID: $0.nodeID, code: $0.code, message: $0.message, severity: $0.severity)
      },
      provenanceWarnings: result.provenanceWarnings,
      diagnostics: WireDiagnostic.all(result.diagnostics, in: result.text, encoding))
  }
}

extension RunMethod.Result {
  /// What a door or a command answers with.
  ///
  /// - Parameters:
  ///   - series: those that were asked for; nil for what each node of the model gave.
  ///   - encoding: how the positions of diagnostics are counted.
  package init(
    _ result: RunModel.Result, series: [(name: String, values: WireSeries)]? = nil,
    _ encoding: PositionEncoding
  ) {
    let grid = result.run.grid
    self.init(
      summary: RunMethod.Summary(result, encoding),
      grid: (grid.bins, grid.binSize, grid.binUnit.lowercased()), order: result.order,
      series: series ?? result.nodes.map { ($0.id, WireSeries($0.values)) })
  }
}
