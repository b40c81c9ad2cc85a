/// What docs/reference/template.md says of keys and values, restated for those who make mistakes: what stands where, and
/// which code is right for what.
///
/// Places are paths without indices: `topology.nodes[].kind`.
enum TemplateGrammar {
  /// The keys that a mapping may have. What is not listed here has keys of its author's choice.
  static let keys: [String: [String]] = {
    let schedule = ["kind", "periodBins", "phaseOffset", "capacitySeries"]
    return [
      "": [
        "schemaVersion", "generator", "mode", "metadata", "window", "parameters", "provenance",
        "grid", "classes", "traffic", "nodes", "outputs", "rng", "topology",
      ],
      "metadata": ["id", "title", "description", "version", "tags", "narrative", "captureKey"],
      "window": ["start", "timezone"],
      "parameters[]": [
        "name", "type", "title", "description", "default", "min", "minimum", "max", "maximum",
        "enum", "required", "arrayOf", "fit",
      ],
      "grid": ["bins", "binSize", "binUnit", "start"],
      "classes[]": ["id", "displayName", "description"],
      "traffic": ["arrivals"],
      "traffic.arrivals[]": ["nodeId", "classId", "pattern"],
      "traffic.arrivals[].pattern": ["kind", "ratePerBin", "rate"],
      "nodes[]": [
        "id", "kind", "values", "source", "expr", "expression", "pmf", "profile", "inflow",
        "outflow", "loss", "inputs", "routes", "dispatchSchedule", "metadata", "group",
        "telemetry", "dependencies",
      ],
      "nodes[].pmf": ["values", "probabilities", "policy"],
      "nodes[].profile": ["kind", "name", "weights"],
      "nodes[].inputs": ["queue"],
      "nodes[].routes[]": ["target", "classes", "weight"],
      "nodes[].dispatchSchedule": schedule,
      "outputs[]": ["id", "series", "source", "exclude", "as", "filename", "description"],
      "rng": ["kind", "seed"],
      "topology": ["nodes", "edges", "constraints"],
      "topology.nodes[]": [
        "id", "kind", "nodeRole", "group", "ui", "constraints", "semantics", "initialCondition",
        "dispatchSchedule", "wipLimit", "wipLimitSeries", "wipOverflow",
      ],
      "topology.nodes[].ui": ["x", "y"],
      "topology.nodes[].initialCondition": ["queueDepth"],
      "topology.nodes[].dispatchSchedule": schedule,
      "topology.nodes[].semantics": semanticsSeries + [
        "external_demand", "retryKernel", "parallelism", "slaMin", "maxAttempts",
        "backoffStrategy", "exhaustedPolicy", "aliases",
      ],
      "topology.edges[]": [
        "id", "from", "to", "weight", "type", "measure", "multiplier", "lag",
      ],
      "topology.constraints[]": ["id", "semantics"],
      "topology.constraints[].semantics": ["arrivals", "served", "errors", "latencyMinutes"],
    ]
  }()

  static let semanticsSeries = [
    "arrivals", "served", "errors", "attempts", "failures", "exhaustedFailures", "retryEcho",
    "retryBudgetRemaining", "externalDemand", "queueDepth", "capacity", "processingTimeMsSum",
    "servedCount",
  ]

  /// What a scalar names.
  enum Namespace {
    case nodes, topologyNodes, classes, constraints, nodesOfBothKinds
  }

  /// Where the name of something stands, and the code for a name that nothing has.
  static let references: [String: (Namespace, code: String)] = {
    var references: [String: (Namespace, code: String)] = [
      "outputs[].series": (.nodes, "output-unknown-node"),
      "nodes[].inflow": (.nodes, "buffer-unknown-reference"),
      "nodes[].outflow": (.nodes, "buffer-unknown-reference"),
      "nodes[].loss": (.nodes, "buffer-unknown-reference"),
      "nodes[].inputs.queue": (.nodes, "router-queue-unknown"),
      "nodes[].routes[].target": (.nodes, "router-target-unknown"),
      "nodes[].routes[].classes[]": (.classes, "router-class-unknown"),
      "nodes[].dispatchSchedule.capacitySeries": (.nodes, "dispatch-capacity-unknown"),
      "traffic.arrivals[].nodeId": (.nodesOfBothKinds, "arrival-node-unknown"),
      "traffic.arrivals[].classId": (.classes, "arrival-class-unknown"),
      "topology.nodes[].constraints[]": (.constraints, "constraint-ref-unknown"),
      "topology.nodes[].dispatchSchedule.capacitySeries": (.nodes, "dispatch-capacity-unknown"),
      "topology.nodes[].wipOverflow": (.topologyNodes, "wip-overflow-unknown"),
      "topology.nodes[].semantics.parallelism": (.nodes, "parallelism-unknown-series"),
      "topology.edges[].from": (.topologyNodes, "edge-unknown-node"),
      "topology.edges[].to": (.topologyNodes, "edge-unknown-node"),
    ]
    for field in semanticsSeries {
      references["topology.nodes[].semantics." + field] = (.nodes, "semantics-unknown-series")
    }
    for field in ["arrivals", "served", "errors", "latencyMinutes"] {
      references["topology.constraints[].semantics." + field] = (
        .nodes, "constraint-unknown-series"
      )
    }
    return references
  }()

  /// Where one of a few words stands, and the code for any other.
  static let words: [String: (words: [String], code: String)] = [
    "generator": (["flowtime-sim"], "generator-invalid"),
    "mode": (["simulation", "telemetry"], "mode-unsupported"),
    "window.timezone": (["UTC"], "window-timezone"),
    "parameters[].type": (
      ["integer", "number", "boolean", "string", "array"], "parameter-type-unknown"
    ),
    "parameters[].fit": (["exact", "repeat", "hold", "truncate"], "parameter-fit-invalid"),
    "grid.binUnit": (["minutes", "hours", "days", "weeks"], "grid-bin-unit"),
    "traffic.arrivals[].pattern.kind": (["constant", "poisson"], "arrival-pattern-unknown"),
    "nodes[].kind": (
      ["const", "expr", "pmf", "serviceWithBuffer", "router"], "node-kind-unknown"
    ),
    "nodes[].profile.kind": (["builtin", "inline"], "profile-kind-unsupported"),
    "nodes[].profile.name": (
      ["weekday-office", "three-shift", "hub-rush-hour"], "profile-unknown"
    ),
    "nodes[].dispatchSchedule.kind": (["time-based"], "dispatch-kind"),
    "topology.nodes[].dispatchSchedule.kind": (["time-based"], "dispatch-kind"),
    "topology.nodes[].kind": (
      ["service", "serviceWithBuffer", "queue", "dlq", "router", "sink", "dependency"],
      "topology-kind-misspelt"
    ),
    "topology.edges[].type": (
      ["throughput", "effort", "terminal", "dependency"], "edge-type-unknown"
    ),
    "topology.edges[].measure": (
      ["served", "attempts", "errors", "failures", "exhaustedFailures", "load"],
      "edge-measure-unknown"
    ),
    "rng.kind": (["pcg32"], "rng-kind-unsupported"),
  ]

  /// What a key's value is.
  enum Form {
    case mapping, list, number, text
  }

  /// Keys whose value is no text, which all others are.
  static let forms: [String: Form] = {
    var forms: [String: Form] = [:]
    for place in keys.keys where !place.isEmpty && !place.hasSuffix("[]") {
      forms[place] = .mapping
    }
    forms["nodes[].metadata"] = .mapping
    forms["topology.nodes[].semantics.aliases"] = .mapping
    for place in [
      "metadata.tags", "parameters", "parameters[].enum", "classes", "traffic.arrivals", "nodes",
      "nodes[].values", "nodes[].pmf.values", "nodes[].pmf.probabilities",
      "nodes[].profile.weights", "nodes[].routes", "nodes[].routes[].classes", "outputs",
      "topology.nodes", "topology.nodes[].constraints", "topology.nodes[].semantics.retryKernel",
      "topology.edges", "topology.constraints",
    ] { forms[place] = .list }
    for place in [
      "schemaVersion", "parameters[].min", "parameters[].max", "grid.bins", "grid.binSize",
      "traffic.arrivals[].pattern.ratePerBin", "nodes[].values[]", "nodes[].pmf.values[]",
      "nodes[].pmf.probabilities[]", "nodes[].profile.weights[]", "nodes[].routes[].weight",
      "rng.seed", "topology.nodes[].ui.x", "topology.nodes[].ui.y",
      "topology.nodes[].initialCondition.queueDepth", "topology.nodes[].wipLimit",
      "topology.nodes[].dispatchSchedule.periodBins",
      "topology.nodes[].dispatchSchedule.phaseOffset",
      "topology.nodes[].semantics.retryKernel[]", "topology.nodes[].semantics.slaMin",
      "topology.nodes[].semantics.maxAttempts", "topology.edges[].weight",
      "topology.edges[].multiplier", "topology.edges[].lag",
    ] { forms[place] = .number }
    return forms
  }()

  /// Codes for a value of another form, where it is not `value-type`: those of the rule that looks at the key.
  static let formCodes: [String: String] = [
    "schemaVersion": "schema-version-unsupported",
    "generator": "generator-invalid",
    "mode": "mode-unsupported",
    "window.start": "window-start-format",
    "window.timezone": "window-timezone",
    "parameters[].name": "parameter-name-format",
    "parameters[].type": "parameter-type-unknown",
    "parameters[].default": "parameter-default-invalid",
    "parameters[].fit": "parameter-fit-invalid",
    "grid.bins": "grid-bins-range",
    "grid.binSize": "grid-bin-size-range",
    "grid.binUnit": "grid-bin-unit",
    "nodes[].id": "node-id-format",
    "nodes[].kind": "node-kind-unknown",
    "outputs[].series": "output-unknown-node",
    "outputs[].as": "output-filename-format",
    "rng.kind": "rng-kind-unsupported",
    "rng.seed": "rng-seed-range",
    "topology.nodes[].dispatchSchedule.periodBins": "dispatch-period",
    "topology.nodes[].dispatchSchedule.phaseOffset": "dispatch-phase",
    "topology.nodes[].semantics.parallelism": "parallelism-range",
  ]

  /// Values that are of the right form and yet none of those allowed.
  static let outliers: [String: [(text: String, code: String)]] = [
    "schemaVersion": [("2", "schema-version-unsupported")],
    "metadata.id": [("Much Too_Free", "metadata-id-format")],
    "metadata.version": [
      ("\"1.0\"", "metadata-version-format"), ("first", "metadata-version-format"),
    ],
    "window.start": [
      ("\"2025-02-30T00:00:00Z\"", "window-start-format"), ("yesterday", "window-start-format"),
      ("\"2025-01-06T06:00:00+02:00\"", "window-start-not-utc"),
    ],
    "grid.bins": [
      ("0", "grid-bins-range"), ("-3", "grid-bins-range"), ("10001", "grid-bins-range"),
      ("2.5", "grid-bins-range"),
    ],
    "grid.binSize": [
      ("0", "grid-bin-size-range"), ("-1", "grid-bin-size-range"),
      ("1001", "grid-bin-size-range"), ("0.5", "grid-bin-size-range"),
    ],
    "traffic.arrivals[].pattern.ratePerBin": [("-1", "arrival-rate-negative")],
    "nodes[].pmf.values[]": [(".inf", "pmf-not-finite")],
    "nodes[].pmf.probabilities[]": [
      ("1.5", "pmf-probability-above-one"), ("-0.25", "pmf-probability-negative"),
      ("0.001", "pmf-probabilities-sum"), (".nan", "pmf-not-finite"),
    ],
    "nodes[].profile.weights[]": [("-0.5", "profile-weights-negative")],
    "nodes[].routes[].weight": [
      ("0", "router-weight-positive"), ("-1", "router-weight-positive"),
    ],
    "outputs[].as": [
      ("out/served.csv", "output-filename-format"), ("served.json", "output-filename-format"),
      ("two words.csv", "output-filename-format"),
    ],
    "rng.seed": [("-1", "rng-seed-range"), ("2147483648", "rng-seed-range")],
    "topology.nodes[].dispatchSchedule.periodBins": [
      ("0", "dispatch-period"), ("1.5", "dispatch-period"),
    ],
    "topology.nodes[].dispatchSchedule.phaseOffset": [("0.5", "dispatch-phase")],
    "topology.nodes[].semantics.parallelism": [
      ("0", "parallelism-range"), ("-2", "parallelism-range"),
    ],
    "topology.nodes[].semantics.retryKernel[]": [
      (".inf", "retry-kernel-not-finite"), ("-0.5", "quantity-negative"),
    ],
    "topology.edges[].lag": [("1", "edge-lag-used")],
  ]

  /// Ids that must be written in letters, digits and `_`, and the code for others.
  static let namesOfForm: [String: String] = [
    "parameters[].name": "parameter-name-format",
    "classes[].id": "class-id-format",
    "nodes[].id": "node-id-format",
  ]

  /// Lists whose items have ids that must differ: the key of the id, and the code of two that are the same.
  static let ids: [String: (key: String, code: String)] = [
    "parameters": ("name", "parameter-name-duplicate"),
    "classes": ("id", "class-id-duplicate"),
    "nodes": ("id", "node-id-duplicate"),
    "topology.nodes": ("id", "topology-id-duplicate"),
    "topology.constraints": ("id", "constraint-id-duplicate"),
  ]

  /// Keys that must be there, whatever else is, and the code of a mapping without one.
  static let required: [String: String] = [
    "metadata": "metadata-id-missing",
    "metadata.id": "metadata-id-missing",
    "metadata.title": "metadata-title-missing",
    "metadata.version": "metadata-version-missing",
    "window": "window-start-missing",
    "window.start": "window-start-missing",
    "parameters[].name": "parameter-name-missing",
    "parameters[].type": "parameter-type-unknown",
    "grid": "grid-missing",
    "grid.bins": "grid-bins-range",
    "grid.binSize": "grid-bin-size-range",
    "grid.binUnit": "grid-bin-unit",
    "classes[].id": "class-id-missing",
    "traffic.arrivals[].nodeId": "arrival-node-missing",
    "traffic.arrivals[].classId": "arrival-class-required",
    "traffic.arrivals[].pattern": "arrival-pattern-missing",
    "traffic.arrivals[].pattern.kind": "arrival-pattern-missing",
    "traffic.arrivals[].pattern.ratePerBin": "arrival-rate-negative",
    "nodes": "nodes-empty",
    "nodes[].id": "node-id-missing",
    "nodes[].kind": "node-kind-missing",
    "nodes[].values": "const-no-values-no-source",
    "nodes[].expr": "expr-missing",
    "nodes[].pmf": "pmf-missing",
    "nodes[].pmf.values": "pmf-values-empty",
    "nodes[].pmf.probabilities": "pmf-probabilities-empty",
    "nodes[].profile.name": "profile-name-missing",
    "nodes[].profile.weights": "profile-weights-missing",
    "nodes[].inflow": "buffer-flow-missing",
    "nodes[].outflow": "buffer-flow-missing",
    "nodes[].inputs": "router-queue-missing",
    "nodes[].inputs.queue": "router-queue-missing",
    "nodes[].routes": "router-routes-empty",
    "nodes[].routes[].target": "router-target-missing",
    "nodes[].routes[].classes": "router-route-selector",
    "nodes[].routes[].weight": "router-route-selector",
    "outputs": "outputs-empty",
    "outputs[].series": "output-source-missing",
    "rng.kind": "rng-kind-missing",
    "rng.seed": "rng-seed-missing",
    "topology": "topology-nodes-empty",
    "topology.nodes": "topology-nodes-empty",
    "topology.nodes[].id": "topology-id-missing",
    "topology.nodes[].kind": "topology-kind-missing",
    "topology.nodes[].semantics": "semantics-missing",
    "topology.nodes[].dispatchSchedule.periodBins": "dispatch-period",
    "topology.edges": "edges-required",
    "topology.edges[].from": "edge-endpoint-missing",
    "topology.edges[].to": "edge-endpoint-missing",
    "topology.constraints[].id": "constraint-id-missing",
    "topology.constraints[].semantics": "constraint-arrivals-missing",
    "topology.constraints[].semantics.arrivals": "constraint-arrivals-missing",
    "topology.constraints[].semantics.served": "constraint-served-missing",
  ]

  /// Functions of expressions and how many arguments each takes.
  static let functions: [String: ClosedRange<Int>] = [
    "SHIFT": 2...2, "CONV": 2...2, "MIN": 2...2, "MAX": 2...2, "CLAMP": 3...3, "MOD": 2...2,
    "FLOOR": 1...1, "CEIL": 1...1, "ROUND": 1...1, "STEP": 2...2, "PULSE": 1...3,
  ]
}
