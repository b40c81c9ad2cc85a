/// A template of the newest level in the proportions of the bundled ones: stages of five nodes, three of them
/// expressions, each with one topology node; every third holds a queue that is made, and edges lead from each to the
/// next.
enum TopologyTemplate {
  private static let stageSize = 5

  static func text(nodeCount: Int) -> String {
    var random = Random()
    let stages = 0..<(nodeCount / stageSize)
    var text = start(id: "nodes-\(nodeCount)")
    text += "nodes:\n"
    for stage in stages { text += nodes(stage, &random) }
    text += "topology:\n  nodes:\n"
    for stage in stages { text += topologyNode(stage) }
    text += "  edges:\n"
    for stage in stages.dropFirst() { text += edge(stage) }
    text += "outputs:\n"
    for stage in stages { text += "  - series: served_\(stage)\n    as: served_\(stage).csv\n" }
    return text
  }

  private static func start(id: String) -> String {
    """
    schemaVersion: 1
    generator: flowtime-sim
    mode: simulation
    metadata: {id: \(id), title: Stages, version: "1.0.0"}
    window: {start: "2025-01-06T00:00:00Z", timezone: UTC}
    parameters:
      - {name: bins, type: integer, default: 24, min: 1, max: 10000}
      - {name: binSize, type: integer, default: 60, min: 5, max: 480}
      - {name: share, type: number, default: 0.9, min: 0, max: 1}
      - {name: limit, type: number, default: 250, min: 1, max: 100000}
      - name: pattern
        type: array
        arrayOf: number
        default: [20, 15, 10, 10, 15, 30, 60, 110, 160, 190, 200, 210]
        min: 0
        max: 1000000
        fit: repeat
    grid: {bins: "${bins}", binSize: "${binSize}", binUnit: minutes}
    classes:
      - {id: gold, displayName: Gold}
      - {id: silver, displayName: Silver}
    traffic:
      arrivals:
        - {nodeId: demand_0, classId: gold, pattern: {kind: constant, ratePerBin: 5}}
        - {nodeId: demand_0, classId: silver, pattern: {kind: constant, ratePerBin: 15}}

    """
  }

  private static func nodes(_ stage: Int, _ random: inout Random) -> String {
    let before = stage == 0 ? "demand_0" : "served_\(stage - 1)"
    let values = (0..<24).map { _ in String(random.next() % 500) }.joined(separator: ", ")
    let demand = stage % 4 == 0 ? "${pattern}" : "[\(values)]"
    return """
        # What comes by itself, and what the stage before passes on.
        - id: demand_\(stage)
          kind: const
          values: \(demand)
        - id: capacity_\(stage)
          kind: pmf
          pmf:
            values: [\(random.next() % 50), \(50 + random.next() % 50), \(100 + random.next() % 50)]
            probabilities: [0.25, 0.5, 0.25]
        - id: wanted_\(stage)
          kind: expr
          expr: demand_\(stage) + SHIFT(\(before), 1) * ${share}
        - id: served_\(stage)
          kind: expr
          expr: "MIN(wanted_\(stage), MAX(capacity_\(stage), \(random.next() % 90)))"
        - id: utilization_\(stage)
          kind: expr
          expr: CLAMP(served_\(stage) / (capacity_\(stage) + ${limit}), 0, 1)

      """
  }

  private static func topologyNode(_ stage: Int) -> String {
    let holdsQueue = stage % 3 == 0
    return """
          - id: Stage\(stage)
            kind: \(holdsQueue ? "serviceWithBuffer" : "service")
            group: Group\(stage / 10)
            ui: {x: \(stage % 10 * 160), y: \(stage / 10 * 120)}
            semantics:
              arrivals: wanted_\(stage)
              served: served_\(stage)
      \(holdsQueue ? "        queueDepth: self\n" : "")        capacity: capacity_\(stage)

      """
  }

  private static func edge(_ stage: Int) -> String {
    """
      - id: stage_\(stage - 1)_\(stage)
        from: Stage\(stage - 1):out
        to: Stage\(stage):in
        type: throughput
        measure: served

    """
  }
}
