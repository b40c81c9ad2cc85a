import Engine
import FlowModel
import Source

/// Runs: 200 nodes and 25 queues, each of which holds back what comes to the next.
func engineMeasurements() -> [Measurement] {
  [288, 1_000].flatMap { bins -> [Measurement] in
    let text = EngineModels.large(bins: bins)
    guard let plan = Plan.compile(ModelDocument(text)).plan, let run = plan.evaluate() else {
      return []
    }
    return [
      Measurement("compile, 200 nodes x \(bins) bins", size: text.count) {
        Plan.compile(ModelDocument(text)).plan == nil ? 0 : 1
      },
      Measurement("evaluate, 200 nodes x \(bins) bins", size: 0) {
        plan.evaluate()?.series.count ?? 0
      },
      Measurement("series as bytes, 200 nodes x \(bins) bins", size: 0) {
        run.series.reduce(0) { $0 + $1.csv.count }
      },
    ]
  }
}

enum EngineModels {
  /// Eight nodes for each of 25 queues: two lists, and expressions of every kind of cost.
  static func large(bins: Int) -> SourceText {
    var text = "grid: {bins: \(bins), binSize: 5, binUnit: minutes}\nnodes:\n"
    var topology = "topology:\n  nodes:\n"
    for stage in 0..<25 {
      let list = (0..<bins).map { "\(20 + ($0 * 7 + stage * 3) % 23)" }.joined(separator: ", ")
      let source = stage == 0 ? "demand_0" : "demand_\(stage) + out_\(stage - 1) * 0.5"
      text += """
          - {id: demand_\(stage), kind: const, values: [\(list)]}
          - {id: cap_\(stage), kind: const, values: [\(list)]}
          - {id: pressure_\(stage), kind: expr, expr: "CLAMP(depth_\(stage) / 100, 0, 1)"}
          - {id: in_\(stage), kind: expr, expr: "(\(source)) * (1 - SHIFT(pressure_\(stage), 1))"}
          - {id: out_\(stage), kind: expr, expr: "MIN(in_\(stage) + SHIFT(depth_\(stage), 1), cap_\(stage))"}
          - {id: lost_\(stage), kind: expr, expr: "out_\(stage) * 0.02"}
          - {id: smooth_\(stage), kind: expr, expr: "CONV(out_\(stage), [0.5, 0.3, 0.2])"}
          - {id: whole_\(stage), kind: expr, expr: "FLOOR(smooth_\(stage)) + MOD(demand_\(stage), 3)"}

        """
      topology += """
            - id: Stage\(stage)
              kind: serviceWithBuffer
              initialCondition: {queueDepth: 5}
              semantics: {arrivals: in_\(stage), served: out_\(stage), errors: lost_\(stage), queueDepth: depth_\(stage), capacity: cap_\(stage)}

        """
    }
    return SourceText(text + topology)
  }

  /// Ten nodes of 24 bins.
  static let small = SourceText(
    {
      let list = (0..<24).map { "\(20 + $0 * 7 % 23)" }.joined(separator: ", ")
      var text = "grid: {bins: 24, binSize: 60, binUnit: minutes}\nnodes:\n"
      text += "- {id: node_0, kind: const, values: [\(list)]}\n"
      for node in 1..<10 {
        text +=
          "- {id: node_\(node), kind: expr, expr: \"MIN(node_\(node - 1) * 0.9, 30) + \(node)\"}\n"
      }
      return text
    }())
}
