extension RuleCase {
  /// Rules on what is allowed and hardly meant. Source: docs/reference/template.md, "Lint".
  static let lintRules: [RuleCase] = unused + weights + routes + settings

  // MARK: Nodes

  private static let unused: [RuleCase] =
    [
      nodes("- {id: «spare», kind: const, values: [1]}"),
      nodes(
        "- {id: «spare», kind: const, values: [1]}", outputs: "{series: \"*\", exclude: [spare]}",
        good: "{series: spare}"),
      // Of a chain the last is told; one that uses itself is used by nothing else.
      nodes("- {id: a, kind: const, values: [1]}\n  - {id: «b», kind: expr, expr: a * load}"),
      nodes(
        "- {id: q, kind: serviceWithBuffer, inflow: load, outflow: a, loss: b}\n  - {id: a, kind: expr, expr: \"1\"}\n  - {id: b, kind: expr, expr: \"1\"}\n  - {id: «c», kind: expr, expr: q}"
      ),
      // Of a circle the first is told.
      nodes(
        "- {id: «a», kind: expr, expr: \"SHIFT(b, 1)\"}\n  - {id: b, kind: expr, expr: \"SHIFT(a, 1)\"}"
      ),
      // A router and its targets need each other, and nothing needs them.
      nodes(
        "- {id: «split», kind: router, inputs: {queue: load}, routes: [{target: a, weight: 1}]}\n  - {id: a, kind: expr, expr: \"0\"}"
      ),
      nodes(
        "- {id: a, kind: const, values: [1]}\n  - {id: «q», kind: serviceWithBuffer, inflow: load, outflow: load, dispatchSchedule: {periodBins: 1, capacitySeries: a}}"
      ),
    ]
    + [
      "semantics: {arrivals: load, served: «», parallelism: spare}",
      "semantics: {arrivals: load, served: load, attempts: \"series:spare@gold\"}",
      "semantics: {arrivals: load, served: load}, wipLimitSeries: spare",
      "semantics: {arrivals: load, served: load}, dispatchSchedule: {periodBins: 1, capacitySeries: spare}",
    ].map(topology)

  /// A case of nodes that follow `load`, which is an output.
  private static func nodes(
    _ nodes: String, outputs: String = "{series: load}", good: String = "{series: \"*\"}"
  ) -> RuleCase {
    func text(_ nodes: String, _ outputs: String) -> String {
      """
      metadata: {id: shop}
      grid: {bins: 1, binSize: 1, binUnit: hours}
      nodes:
        - {id: load, kind: const, values: [1]}
        \(nodes)
      outputs: [\(outputs)]

      """
    }
    let all = outputs == "{series: load}" ? outputs : outputs + ", {series: load}"
    let plain = nodes.filter { $0 != "«" && $0 != "»" }
    return RuleCase(
      "node-unused", in: .template, whole: text(nodes, all),
      good: text(plain, good + ", {series: load}"))
  }

  /// A case in which a topology node says how `spare` is used.
  private static func topology(_ use: String) -> RuleCase {
    func text(_ id: String, _ node: String) -> String {
      """
      schemaVersion: 1
      metadata: {id: shop, title: Shop, version: 1.0.0}
      grid: {bins: 1, binSize: 1, binUnit: hours, start: 2025-01-01T00:00:00Z}
      nodes:
        - {id: load, kind: const, values: [1]}
        - {id: \(id), kind: const, values: [1]}
      outputs: [{series: load}]
      topology:
        nodes:
          - {id: Desk, kind: serviceWithBuffer, \(node)}

      """
    }
    return RuleCase(
      "node-unused", in: .template,
      whole: text("«spare»", "semantics: {arrivals: load, served: load}"),
      good: text("spare", use.replacing("served: «»", with: "served: load")))
  }

  // MARK: Edges

  private static let weights: [RuleCase] = [
    edges("weight: «0.6»", "weight: 0.4", "done * 0.7", "done * 0.3"),
    edges("weight: «2»", "weight: 1", "0.5 * done", "done / 2", good: ("1", "1")),
    edges("weight: 7", "weight: 3", "done * 7 / 10", "(1 - 0.7) * done", isGood: true),
    edges("weight: 1", "weight: 2", "done / 3", "done * 0.66666666", isGood: true),
    // Rounded to the digits that are written.
    edges("weight: 1", "weight: 2", "done * 0.3333", "done * 0.6667", isGood: true),
    edges("weight: 1", "weight: 2", "0.33 * done", "(1 - 0.33) * done", isGood: true),
    edges("weight: 1", "weight: 6", "done * 0.143", "done * 0.857", isGood: true),
    edges("weight: «1»", "weight: 2", "done * 0.3", "done * 0.7", good: ("3", "7")),
    edges("weight: «1»", "weight: 2", "done * 0.332", "done * 0.668", good: ("332", "668")),
    edges("weight: 1", "weight: «2»", "done * 0.3333", "done * 0.6", good: ("3333", "6000")),
    edges("weight: «0.5»", "weight: 0.5", "done * ${share}", "done * (1 - ${share})"),
    // An edge without a weight has 1.
    edges("to: «A»", "to: B", "done * 0.7", "done * 0.3"),
    edges(
      "type: throughput, weight: «9»", "measure: served, weight: 1", "done * 0.7", "done * 0.3"),
    // What is no share of what is served is not looked at.
    edges("weight: 9", "weight: 1", "MIN(done, 3)", "done * 0.3", isGood: true),
    edges("weight: 9", "weight: 1", "done * done", "done * 0.3", isGood: true),
    edges("weight: 9", "weight: 1", "done * 0.7 + 1", "done * 0.3", isGood: true),
    edges("weight: 9", "weight: 1", "load * 0.7", "done * 0.3", isGood: true),
    edges("weight: 9, type: effort", "weight: 1", "done * 0.7", "done * 0.3", isGood: true),
    edges("weight: 9, measure: errors", "weight: 1", "done * 0.7", "done * 0.3", isGood: true),
  ]

  /// A case of two edges and the arrivals of their targets.
  private static func edges(
    _ first: String, _ second: String, _ toA: String, _ toB: String,
    good: (String, String) = ("7", "3"), isGood: Bool = false
  ) -> RuleCase {
    func edge(_ text: String, _ target: String) -> String {
      text.hasPrefix("to:") ? "{from: Desk, \(text)}" : "{from: Desk, to: \(target), \(text)}"
    }
    func text(_ first: String, _ second: String, _ toA: String, _ toB: String) -> String {
      """
      schemaVersion: 1
      metadata: {id: shop, title: Shop, version: 1.0.0}
      parameters: [{name: share, type: number, default: 0.7}]
      grid: {bins: 1, binSize: 1, binUnit: hours, start: 2025-01-01T00:00:00Z}
      nodes:
        - {id: load, kind: const, values: [10]}
        - {id: done, kind: expr, expr: "MIN(load, 8)"}
        - {id: a, kind: expr, expr: "\(toA)"}
        - {id: b, kind: expr, expr: "\(toB)"}
        - {id: seven_tenths, kind: expr, expr: "${share}"}
      outputs: [{series: "*"}]
      topology:
        nodes:
          - {id: Desk, kind: service, semantics: {arrivals: load, served: done}}
          - {id: A, kind: sink, semantics: {arrivals: a}}
          - {id: B, kind: sink, semantics: {arrivals: b}}
        edges:
          - \(edge(first, "A"))
          - \(edge(second, "B"))

      """
    }
    if isGood {
      return RuleCase(
        "edge-weight-mismatch", in: .template,
        whole: text("weight: «5»", "weight: 1", "done * 0.5", "done * 0.5"),
        good: text(first, second, toA, toB))
    }
    return RuleCase(
      "edge-weight-mismatch", in: .template, whole: text(first, second, toA, toB),
      good: text("weight: \(good.0)", "weight: \(good.1)", toA, toB))
  }

  // MARK: Routes

  private static let routes: [RuleCase] = [
    RuleCase(
      "route-unreachable", in: .template,
      newest: [("weight: 2", "classes: [«gold»]")],
      good: [("weight: 2", "classes: [gold, basic]"), arrivalOfBasic]),
    RuleCase(
      "route-unreachable", in: .template, newest: [("weight: 2", "classes: [«basic»]")],
      good: [("weight: 2", "classes: [basic]"), arrivalOfBasic]),
    RuleCase(
      "route-unreachable", in: .template, newest: [("weight: 2", "classes: «[gold, basic]»")],
      good: [("weight: 2", "classes: [gold, basic]"), arrivalOfBasic]),
    RuleCase(
      "route-unreachable", in: .template,
      newest: [("classes: [gold]", "classes: [gold, basic]"), ("weight: 2", "weight: «2»")]),
    // Without arrivals nothing is known of what comes.
    RuleCase(
      "route-unreachable", in: .template, newest: [("weight: 2", "classes: [«basic»]")],
      good: [
        ("weight: 2", "classes: [basic]"),
        (
          "traffic:\n  arrivals:\n    - nodeId: Desk\n      classId: gold\n      pattern:\n        kind: constant\n        ratePerBin: 5\n",
          ""
        ),
      ]),
  ]

  private static let arrivalOfBasic: Edit = (
    "        ratePerBin: 5\n",
    "        ratePerBin: 5\n    - {nodeId: Till, classId: basic, pattern: {kind: constant, ratePerBin: 1}}\n"
  )

  // MARK: Settings

  private static let settings: [RuleCase] = [
    comment("«node-unusd»=off", good: "node-unused=off", fixes: ["change to 'node-unused'"]),
    comment("node-unused=«of»", good: "all=warning", fixes: ["change to 'off'"]),
    comment("«grid-bins-range»=off", good: "key-deprecated = error , edge-lag-used=off"),
    comment("«node-unused»", good: "node-unused=off,"),
    comment("node-unused=«», edge-lag-used=off=off", good: "node-unused=off").marking(
      "edge-lag-used=off=off"),
    RuleCase(
      "lint-setting-unknown", in: .template, [("grid:\n", "grid: # «lint:»\n")],
      good: [("grid:\n", "grid: # lint\n")]),
    RuleCase(
      "lint-setting-unknown", in: .template,
      [("  bins: ${bins}\n", "  # lint: «nothing»=off\n  bins: ${bins}\n")],
      good: [("A ${size} oven", "\"A ${size} oven # lint: nothing=off\"")]),
  ]

  private static func comment(_ settings: String, good: String, fixes: [String] = []) -> RuleCase {
    RuleCase(
      "lint-setting-unknown", in: .template,
      [("metadata:\n", "# lint: \(settings)\nmetadata:\n")],
      good: [("metadata:\n", "# lint: \(good)\nmetadata:\n")], fixes: fixes)
  }

  /// The case with a further mark.
  private func marking(_ text: String) -> RuleCase {
    RuleCase(
      code, in: document, whole: bad.replacing(text, with: "«\(text)»"), good: good, fixes: fixes)
  }
}
