extension RuleCase {
  /// Rules on topology nodes, edges and constraints. Source: docs/reference/template.md, "Topology".
  static let topologyRules: [RuleCase] =
    topologyNodes + semantics + needs + forbidden + parallelism + constraints + constraintNames
    + edges + limits

  private static let justNodes = """
    schemaVersion: 1
    grid: {bins: 1, binSize: 1, binUnit: days, start: 2025-01-01T00:00:00Z}
    nodes: [{id: a, kind: const, values: [1]}]
    outputs: [{series: a}]

    """

  private static let small =
    justNodes + """
      topology:
        nodes: [{id: A, kind: service, semantics: {arrivals: a, served: a}}]

      """

  private static let topologyNodes: [RuleCase] = [
    RuleCase(
      "topology-nodes-empty", in: .template,
      whole: "«»" + templateHead + "mode: simulation\n" + justNodes, good: templateHead + justNodes),
    RuleCase(
      "topology-nodes-empty", in: .both, whole: justNodes + "«topology»: {edges: []}\n",
      good: small),
    RuleCase(
      "topology-nodes-empty", in: .both, whole: justNodes + "topology: {«nodes»: []}\n",
      good: small),
    RuleCase(
      "topology-id-missing", newest: [("- id: Bank\n      kind", "- «kind»")]),
    RuleCase("topology-id-missing", newest: [("- id: Bank", "- id:«»")]),
    RuleCase(
      "topology-id-duplicate", newest: [("- id: Bank", "- id: «Desk»")],
      good: [("- id: Bank", "- id: desk of a bank")]),
    RuleCase(
      "topology-id-duplicate",
      newest: [("- id: Desk", "- id: &desk «Desk»"), ("- id: Bank", "- id: *desk")],
      good: [("- id: Desk", "- id: &desk Desk"), ("- id: Bank", "- group: *desk\n      id: Bank")]),
    RuleCase("topology-kind-missing", newest: [("Bank\n      kind: dependency", "«Bank»")]),
    RuleCase("topology-kind-missing", newest: [("kind: dependency", "kind:«»")]),
    RuleCase(
      "topology-kind-misspelt", newest: [("kind: dependency", "kind: «dependancy»")],
      good: [("kind: dependency", "kind: external")], fixes: ["change to 'dependency'"]),
    RuleCase(
      "topology-kind-misspelt",
      newest: [("constraints: [crew]", "ui: {x: 1}"), ("kind: sink", "kind: «Sink»")],
      good: [("kind: sink", "kind: link")], fixes: ["change to 'sink'"]),
    RuleCase(
      "topology-kind-misspelt",
      newest: [("constraints: [crew]", "ui: {x: 1}"), ("kind: sink", "kind: «snik»")],
      good: [("kind: sink", "kind: link")], fixes: ["change to 'sink'"]),
    RuleCase(
      "topology-kind-misspelt",
      newest: [("Desk\n      kind: serviceWithBuffer", "Desk\n      kind: «service_with_buffer»")],
      fixes: ["change to 'serviceWithBuffer'"]),
    RuleCase(
      "node-role-misspelt",
      newest: [("Till\n      kind: service", "Till\n      kind: service\n      nodeRole: «snik»")],
      good: [("Till\n      kind: service", "Till\n      kind: service\n      nodeRole: link")],
      fixes: ["change to 'sink'"], besides: ["sink-forbidden-field", "sink-served-mismatch"]),
    RuleCase(
      "node-role-misspelt",
      newest: [
        ("Street\n      kind: sink", "Street\n      kind: external\n      nodeRole: «Sink»")
      ],
      fixes: ["change to 'sink'"]),
    RuleCase(
      "semantics-missing",
      newest: [
        (
          "id: Bank\n      kind: dependency\n      semantics:\n        arrivals: file:calls.csv\n        served: slow\n",
          "id: «Bank»\n      kind: dependency\n"
        )
      ]),
    RuleCase(
      "semantics-missing",
      newest: [
        (
          "semantics:\n        arrivals: file:calls.csv\n        served: slow\n",
          "«semantics»:\n"
        )
      ]),
  ]

  private static let semantics: [RuleCase] = [
    RuleCase(
      "semantics-unknown-series", newest: [("capacity: slow", "capacity: «slo»")],
      good: [("capacity: slow", "capacity: series:slow@basic")], fixes: ["change to 'slow'"]),
    RuleCase(
      "semantics-unknown-series",
      newest: [("arrivals: series:done@gold", "arrivals: «series:don@gold»")],
      good: [("arrivals: series:done@gold", "arrivals: series:done")],
      fixes: ["change to 'series:done@gold'"]),
    RuleCase(
      "semantics-unknown-series", in: .template,
      newest: [("capacity: slow", "external_demand: «nobody»")], besides: ["key-unknown"]),
    RuleCase(
      "semantics-unknown-series", newest: [("capacity: slow", "externalDemand: «nobody»")]),
    RuleCase(
      "semantics-unknown-series", newest: [("capacity: slow", "retryBudgetRemaining: «nobody»")],
      good: [("capacity: slow", "exhaustedFailures: slow\n        queueDepth: waiting")]),
    RuleCase(
      "semantics-unknown-series", in: .model,
      newest: [("queueDepth: waiting", "queueDepth: «waitin»")],
      good: [("queueDepth: waiting", "queueDepth: self")], fixes: ["change to 'waiting'"]),
    // A queue that is said to be there is not made.
    RuleCase(
      "semantics-unknown-series",
      newest: [("queueDepth: waiting", "queueDepth: «series:nope»")],
      good: [("queueDepth: waiting", "queueDepth: file:queue.csv")]),
    RuleCase(
      "semantics-unknown-series",
      newest: [("queueDepth: waiting", "queueDepth: «waitin@gold»")],
      good: [("queueDepth: waiting", "queueDepth: series:waiting@gold")],
      fixes: ["change to 'waiting@gold'"]),
    // No other field is the node's own queue, and no other kind has one.
    RuleCase("semantics-unknown-series", newest: [("capacity: slow", "capacity: «self»")]),
    RuleCase(
      "semantics-unknown-series", newest: [("capacity: slow", "queueDepth: «self»")],
      good: [("queueDepth: waiting", "queueDepth: self")]),
    RuleCase(
      "alias-unknown",
      newest: [("capacity: slow", "aliases: {served: Sold, «arivals»: Guests, «nosuch»: X}")],
      good: [
        (
          "capacity: slow",
          "aliases: {served: Sold, Queue: Line, EXTERNAL_DEMAND: Calls, queueDepth: Line}"
        )
      ],
      fixes: ["change to 'arrivals'"]),
    RuleCase(
      "alias-unknown", newest: [("capacity: slow", "aliases: {«'servd'»: X}")],
      fixes: ["change to 'served'"]),
    RuleCase(
      "key-unknown", in: .template, newest: [("capacity: slow", "«capcity»: slow")],
      fixes: ["change to 'capacity'"]),
    RuleCase(
      "key-unknown", in: .template,
      newest: [("arrivals: file:calls.csv", "«arrival»: file:calls.csv")],
      fixes: ["change to 'arrivals'"]),
  ]

  private static let needs: [RuleCase] = [
    RuleCase(
      "semantics-arrivals-required",
      newest: [
        ("semantics:\n        arrivals: series:done@gold\n", "«semantics»:\n")
      ]),
    RuleCase(
      "semantics-arrivals-required",
      newest: [("arrivals: series:done@gold", "«arrivals»: ''")]),
    RuleCase(
      "semantics-arrivals-required", in: .template,
      newest: [
        (
          "Desk\n      kind: serviceWithBuffer\n      constraints: [crew]\n      semantics:\n        arrivals: demand\n",
          "Desk\n      kind: serviceWithBuffer\n      constraints: [crew]\n      «semantics»:\n"
        )
      ],
      good: [
        ("grid:", "mode: telemetry\ngrid:"),
        ("        arrivals: series:done@gold\n        served: fast\n", ""),
        ("        arrivals: file:calls.csv\n", ""),
      ]),
    RuleCase(
      "semantics-arrivals-required", in: .model,
      newest: [("semantics:\n        arrivals: series:done@gold\n", "«semantics»:\n")],
      good: [
        ("grid:", "provenance: {model_id: a, template_id: b, mode: telemetry}\ngrid:"),
        ("        arrivals: series:done@gold\n", ""),
      ]),
    RuleCase(
      "semantics-served-or-queue-required",
      newest: [
        (
          "semantics:\n        arrivals: series:done@gold\n        served: fast\n",
          "«semantics»:\n        arrivals: series:done@gold\n"
        )
      ],
      good: [("served: fast\n        capacity", "queueDepth: waiting\n        capacity")]),
    RuleCase(
      "semantics-served-or-queue-required",
      newest: [("served: fast\n        capacity", "«served»:\n        capacity")]),
    RuleCase(
      "semantics-served-or-queue-required", in: .model,
      newest: [
        (
          "semantics:\n        arrivals: fast\n        served: fast\n",
          "«semantics»:\n        arrivals: fast\n"
        )
      ]),
    // A sink of which no `served` can be made.
    RuleCase(
      "semantics-served-or-queue-required",
      newest: [
        (
          "semantics:\n        arrivals: fast\n        served: fast\n",
          "«semantics»:\n        arrivals: fast\n        errors: file:x.csv\n"
        )
      ],
      good: [
        (
          "arrivals: fast\n        served: fast",
          "arrivals: fast\n        served: done\n        errors: file:x.csv"
        )
      ]),
    RuleCase(
      "semantics-served-or-queue-required", in: .template,
      newest: [
        (
          "arrivals: fast\n        served: fast\n",
          "arrivals: fast@gold\n        «served»:\n        errors: lost\n"
        )
      ]),
    RuleCase(
      "dependency-arrivals-served-required",
      newest: [
        (
          "semantics:\n        arrivals: file:calls.csv\n        served: slow",
          "«semantics»:\n        errors: slow"
        )
      ]),
    RuleCase(
      "dependency-arrivals-served-required",
      newest: [("arrivals: file:calls.csv", "«arrivals»: ''")]),
    RuleCase(
      "sink-arrivals-required", in: .template,
      newest: [
        ("semantics:\n        arrivals: fast\n", "«semantics»:\n")
      ]),
    RuleCase(
      "sink-arrivals-required", in: .template,
      newest: [("arrivals: fast\n", "«arrivals»:\n"), ("grid:", "mode: telemetry\ngrid:")]),
    RuleCase(
      "sink-served-mismatch",
      newest: [("arrivals: fast\n        served: fast", "arrivals: fast\n        served: «slow»")],
      good: [
        (
          "arrivals: fast\n        served: fast",
          "arrivals: fast\n        errors: lost\n        served: slow"
        )
      ], fixes: ["change to 'fast'"]),
    RuleCase(
      "sink-served-mismatch",
      newest: [
        ("Till\n      kind: service", "Till\n      kind: service\n      nodeRole: sink"),
        ("served: fast\n        capacity: slow", "served: «fast»"),
      ], fixes: ["change to 'series:done@gold'"]),
  ]

  private static let forbidden: [RuleCase] = [
    // The role makes a sink of a kind that means nothing, also of one that is misspelt.
    RuleCase(
      "sink-served-mismatch",
      newest: [
        ("Street\n      kind: sink", "Street\n      kind: Service\n      nodeRole: sink"),
        ("served: fast\n  edges", "served: «slow»\n  edges"),
      ], fixes: ["change to 'fast'"], besides: ["topology-kind-misspelt"]),
    RuleCase(
      "dependency-forbidden-field",
      newest: [("served: slow\n", "served: slow\n        «capacity»: fast\n")],
      fixes: ["remove 'capacity'"]),
    RuleCase(
      "dependency-forbidden-field",
      newest: [
        (
          "served: slow\n",
          """
          served: slow
                  «queueDepth»: waiting # why
                  «attempts»: fast
                  «failures»: lost
                  «retryEcho»: lost
                  «retryKernel»:
                    - 0.5

          """
        )
      ],
      fixes: ["queueDepth", "attempts", "failures", "retryEcho", "retryKernel"].map {
        "remove '\($0)'"
      }),
    RuleCase(
      "sink-forbidden-field",
      newest: [("served: fast\n  edges", "served: fast\n        «retryKernel»: [1]\n  edges")],
      good: [("served: fast\n  edges", "served: fast\n        aliases: {served: Gone}\n  edges")],
      fixes: ["remove 'retryKernel'"]),
    RuleCase(
      "sink-forbidden-field",
      newest: [
        (
          "semantics:\n        arrivals: fast\n        served: fast\n",
          "semantics: {arrivals: fast, «queueDepth»: self, served: fast}\n"
        )
      ],
      fixes: ["remove 'queueDepth'"]),
  ]

  private static let parallelism: [RuleCase] = [
    RuleCase(
      "parallelism-not-allowed",
      newest: [("capacity: slow", "capacity: slow\n        «parallelism»: 2")],
      fixes: ["remove 'parallelism'"]),
    RuleCase(
      "parallelism-range", newest: [("parallelism: 2", "parallelism: «0.5»")],
      good: [("parallelism: 2", "parallelism: 1")]),
    RuleCase("parallelism-range", newest: [("parallelism: 2", "parallelism: «[2]»")]),
    RuleCase("parallelism-range", newest: [("parallelism: 2", "parallelism: «true»")]),
    RuleCase(
      "parallelism-unknown-series",
      newest: [("parallelism: 2", "parallelism: «series:staf_hours»")],
      good: [("parallelism: 2", "parallelism: series:staff_hours@gold")],
      fixes: ["change to 'series:staff_hours'"]),
    RuleCase(
      "retry-kernel-not-finite", newest: [("[0, 0.5]", "[0, «.nan», «-.inf»]")],
      good: [("[0, 0.5]", "[0, 0.5, 1.5]")]),
  ]

  private static let crew =
    "    - id: crew\n      semantics:\n        arrivals: demand\n        served: staff_hours\n"

  private static let constraints: [RuleCase] = [
    RuleCase(
      "constraint-id-missing",
      newest: [("    - id: crew\n      semantics:", "    - «semantics»:"), ("[crew]", "[]")]),
    RuleCase(
      "constraint-id-duplicate",
      newest: [
        (crew, crew + "    - id: «Crew»\n      semantics: {arrivals: demand, served: demand}\n")
      ]),
    RuleCase(
      "constraint-arrivals-missing",
      newest: [(crew, "    - id: crew\n      «semantics»:\n        served: staff_hours\n")]),
    RuleCase("constraint-arrivals-missing", newest: [(crew, "    - id: «crew»\n")]),
    RuleCase(
      "constraint-served-missing",
      newest: [(crew, "    - id: crew\n      «semantics»:\n        arrivals: demand\n")]),
    RuleCase(
      "constraint-served-missing", newest: [("served: staff_hours", "«served»: ''")]),
    RuleCase(
      "constraint-unknown-series",
      newest: [("served: staff_hours", "served: «staff_huors»")],
      good: [("served: staff_hours", "served: file:hours.csv\n        latencyMinutes: done")],
      fixes: ["change to 'staff_hours'"]),
    RuleCase(
      "constraint-unknown-series",
      newest: [("served: staff_hours", "served: staff_hours\n        errors: «nobody»")]),
    RuleCase(
      "constraint-unknown-series",
      newest: [("served: staff_hours", "served: «self»")]),
    RuleCase(
      "constraint-id-duplicate",
      newest: [
        ("    - id: crew\n", "    - id: &crew «crew»\n"),
        (
          "        served: staff_hours\n",
          "        served: staff_hours\n    - {id: *crew, semantics: {arrivals: demand, served: demand}}\n"
        ),
      ]),
  ]

  private static let constraintNames: [RuleCase] = [
    RuleCase("constraint-ref-empty", newest: [("[crew]", "[crew, «\"\"»]")]),
    RuleCase(
      "constraint-ref-unknown", newest: [("[crew]", "[«crow»]")], good: [("[crew]", "[CREW]")],
      fixes: ["change to 'crew'"]),
    RuleCase("constraint-ref-unknown", newest: [("[crew]", "[crew, «drivers»]")]),
    RuleCase(
      "constraint-ref-none-defined",
      newest: [("[crew]", "[«crew»]"), ("  constraints:\n" + crew, "")],
      good: [("[crew]", "[]"), ("  constraints:\n" + crew, "")]),
  ]

  private static let edgeList = """
      edges:
        - from: Desk:out
          to: Till
          type: throughput
          measure: served
        - from: Till
          to: Street

    """

  private static let edges: [RuleCase] = [
    RuleCase(
      "edges-required", in: .template,
      newest: [("topology:", "«topology»:"), (edgeList, "")]),
    RuleCase(
      "edges-required", in: .template, newest: [(edgeList, "  «edges»: []\n")],
      good: [(edgeList, "  edges: [{from: Desk, to: Till}]\n")]),
    RuleCase("edge-endpoint-missing", newest: [("- from: Till\n      to", "- «to»")]),
    RuleCase("edge-endpoint-missing", newest: [("to: Street", "«to»:")]),
    RuleCase(
      "edge-unknown-node", newest: [("from: Desk:out", "from: «Dsk:out»")],
      good: [("from: Desk:out", "from: Desk:out:2")], fixes: ["change to 'Desk:out'"]),
    RuleCase("edge-unknown-node", newest: [("to: Street", "to: «demand»")]),
    RuleCase(
      "edge-type-unknown", newest: [("type: throughput", "type: «Throughput»")],
      good: [("type: throughput", "type: effort")], fixes: ["change to 'throughput'"]),
    RuleCase("edge-type-unknown", newest: [("type: throughput", "type: «magic»")]),
    RuleCase(
      "edge-measure-unknown", newest: [("measure: served", "measure: «errros»")],
      good: [("measure: served", "measure: exhaustedFailures")], fixes: ["change to 'errors'"]),
    RuleCase(
      "edge-lag-used", newest: [("to: Street", "to: Street\n      lag: «2»")],
      good: [("to: Street", "to: Street\n      lag: 0")]),
  ]

  private static let limits: [RuleCase] = [
    RuleCase(
      "wip-limit-unknown", newest: [("wipLimit: 50", "wipLimitSeries: «staf_hours»")],
      good: [("wipLimit: 50", "wipLimitSeries: series:staff_hours")],
      fixes: ["change to 'staff_hours'"]),
    RuleCase("wip-limit-unknown", newest: [("wipLimit: 50", "wipLimitSeries: «self»")]),
    RuleCase(
      "wip-overflow-unknown", newest: [("wipOverflow: loss", "wipOverflow: «Til»")],
      good: [("wipOverflow: loss", "wipOverflow: Till")], fixes: ["change to 'Till'"]),
    RuleCase(
      "wip-overflow-unknown", newest: [("wipOverflow: loss", "wipOverflow: «Loss»")],
      fixes: ["change to 'loss'"]),
    RuleCase(
      "wip-overflow-unknown", newest: [("wipOverflow: loss", "wipOverflow: «waiting»")]),
    RuleCase("wip-overflow-cycle", newest: [("wipOverflow: loss", "wipOverflow: «Desk»")]),
    RuleCase(
      "wip-overflow-cycle",
      newest: [
        ("wipOverflow: loss", "wipOverflow: Street"),
        ("- id: Till\n", "- id: Till\n      wipOverflow: «Bank»\n"),
        ("- id: Bank\n", "- id: Bank\n      wipOverflow: Street\n"),
        ("- id: Street\n", "- id: Street\n      wipOverflow: Till\n"),
      ],
      good: [
        ("wipOverflow: loss", "wipOverflow: Street"),
        ("- id: Till\n", "- id: Till\n      wipOverflow: Bank\n"),
        ("- id: Bank\n", "- id: Bank\n      wipOverflow: Street\n"),
      ]),
    RuleCase(
      "quantity-negative",
      newest: [
        ("[0, 0.5]", "[«-0.1», «-0.5», 0.5]\n        maxAttempts: «-2»\n        slaMin: «-5»")
      ],
      good: [("[0, 0.5]", "[0, 0.5]\n        maxAttempts: 0\n        slaMin: 0")]),
    RuleCase(
      "quantity-negative", newest: [("wipLimit: 50", "wipLimit: «-50»")],
      good: [("wipLimit: 50", "wipLimit: 0")]),
    RuleCase(
      "quantity-negative", newest: [("to: Street", "to: Street\n      weight: «-1»")],
      good: [("to: Street", "to: Street\n      weight: 0.5")]),
  ]
}
