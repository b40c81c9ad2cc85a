extension RuleCase {
  /// Rules on the expressions of nodes. Source: docs/reference/expressions.md.
  static let expressions: [RuleCase] =
    missing + syntax + names + calls + cycles + dependencies + doubts

  /// A case in which only the expression of `served` differs.
  private static func expr(
    _ code: String, in document: Document = .both, _ scalar: String, good: String? = nil,
    fixes: [String] = [], besides others: Set<String> = []
  ) -> RuleCase {
    let usual = document == .template ? "expr: MIN(orders, 5)" : "expr: MIN(demand, 5)"
    return RuleCase(
      code, in: document, [(usual, "expr: \(scalar)")],
      good: good.map { [(usual, "expr: \($0)")] } ?? [], fixes: fixes, besides: others)
  }

  /// A case in which nodes follow `served`.
  private static func nodes(
    _ code: String, _ nodes: String, good: String, fixes: [String] = []
  ) -> RuleCase {
    let usual = "expr: MIN(demand, 5)\n"
    return RuleCase(
      code, [(usual, usual + nodes)], good: [(usual, usual + good)], fixes: fixes)
  }

  private static let missing: [RuleCase] = [
    RuleCase(
      "expr-missing",
      [("id: served\n    kind: expr\n    expr: MIN(demand, 5)", "id: «served»\n    kind: expr")]),
    RuleCase("expr-missing", [("expr: MIN(demand, 5)", "«expr»:")]),
    RuleCase(
      "expr-missing", [("expr: MIN(demand, 5)", "«expr»: \" \"")],
      good: [("expr: MIN(demand, 5)", "expr: 5")]),
  ]

  private static let syntax: [RuleCase] = [
    expr("expr-syntax", "demand + «-»1", good: "demand + (0 - 1)", fixes: ["change to '(0 - …)'"]),
    expr("expr-syntax", "MIN(demand «chance»)", good: "MIN(demand, chance)", fixes: ["insert ','"]),
    expr("expr-syntax", "demand * «.5»", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "(demand + 1«]»", fixes: ["change to ')'"]),
    expr("expr-syntax", "demand «>» 5"),
    expr("expr-syntax", "demand + «*» 5"),
    // In quotes, in blocks, over several lines.
    expr("expr-syntax", "\"demand * «.5»\"", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "'demand * «.5»'", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "\"demand\\u0020* «.5»\"", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "\"demand * «.\\x35»\""),
    expr("expr-syntax", "'demand + «''x''»'"),
    expr("expr-syntax", "|\n      demand +\n        «.5»", fixes: ["change to '0.5'"]),
    expr("expr-syntax", ">-\n      demand +\n\n      «.5» * 2", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "demand +\n      «.5»", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "\"demand +   \n\n      \\\n      «.5»\"", fixes: ["change to '0.5'"]),
    expr("expr-syntax", "|\n      demand\n      «# a comment»\n      + 1"),
    // A number that YAML reads as one is written out.
    RuleCase(
      "expr-unknown-reference", [("expr: MIN(demand, 5)", "expr: «x»")],
      good: [("expr: MIN(demand, 5)", "expr: 1e-3")]),
    // In a flow mapping a comma would end the value.
    RuleCase(
      "expr-syntax",
      [
        (
          "  - id: chance\n",
          "  - {id: twice, kind: expr, expr: MIN(demand «chance»)}\n  - id: chance\n"
        )
      ]),
    RuleCase(
      "expr-syntax",
      [
        (
          "  - id: chance\n",
          "  - {id: twice, kind: expr, expr: \"MIN(demand «chance»)\"}\n  - id: chance\n"
        )
      ], fixes: ["insert ','"]),
    expr(
      "expr-syntax", in: .template, "orders * «$bins» + 1", good: "orders * ${bins} + 1",
      fixes: ["change to '${bins}'"]),
    expr("expr-syntax", in: .template, "«$bins» * orders", fixes: ["change to '${bins}'"]),
    expr(
      "expr-syntax", in: .template, "orders * «{{bins}}» - «{{ bins }}» - «{bins}»",
      fixes: Array(repeating: "change to '${bins}'", count: 3)),
    expr("expr-syntax", in: .template, "orders * «$bin» + «{{orders}}»"),
    // What a parameter brings is blamed at its reference.
    expr("expr-syntax", in: .template, "orders «${size}» + 1", good: "orders + 1"),
    expr(
      "expr-syntax", in: .template,
      "orders * «${size} small»".replacing(
        "«${size} small»", with: "${size} «.5»"), besides: ["expr-unknown-reference"]),
  ]

  private static let names: [RuleCase] = [
    expr(
      "expr-unknown-reference", "MIN(«demnd», 5)", good: "MIN(demand, 5)",
      fixes: ["change to 'demand'"]),
    expr("expr-unknown-reference", "\"«Demand» + «nobody»\"", fixes: ["change to 'demand'"]),
    expr("expr-unknown-reference", "SHIFT(«nobody», 1)"),
    expr("expr-unknown-reference", "demand + «MIN»"),
    expr("expr-unknown-reference", "demand + «demand_»".replacing("demand_", with: "max")),
    expr(
      "expr-unknown-reference", in: .template, "MIN(orders, «bins»)", good: "MIN(orders, ${bins})",
      fixes: ["change to '${bins}'"]),
    expr("expr-unknown-reference", in: .template, "orders * «${size}»"),
    // An id that no expression can hold is blamed itself, and never proposed.
    RuleCase(
      "node-id-format",
      [("id: chance", "id: «queue's»"), ("expr: MIN(demand, 5)", "expr: MIN(queue_s, 5)")]),
    // A node whose id is not known may have the name.
    RuleCase(
      "node-id-format", [("id: chance", "id: «5»"), ("MIN(demand, 5)", "MIN(demand, chance)")]),
  ]

  private static let calls: [RuleCase] = [
    expr("expr-function-unknown", "«MINN»(demand, 5)", fixes: ["change to 'MIN'"]),
    expr(
      "expr-function-unknown", "«ABS»(demand)", good: "MAX(demand, 0 - demand)",
      fixes: ["change to 'MAX(demand, 0 - demand)'"]),
    expr("expr-function-unknown", in: .template, "«ABS»(orders * ${bins})"),
    expr("expr-function-unknown", "«SQRT»(demand)"),
    expr("expr-arity", "«MIN»(demand)"),
    expr("expr-arity", "MIN(demand, chance, «5»)", fixes: ["nest the calls"]),
    expr("expr-arity", "FLOOR(demand, «5»)"),
    expr("expr-shift-lag", "SHIFT(demand, «1.5»)", good: "SHIFT(demand, 1)"),
    expr("expr-shift-lag", "SHIFT(demand, «chance»)"),
    expr(
      "expr-shift-lag", in: .template, "SHIFT(orders, «${size}»)", good: "SHIFT(orders, ${bins})",
      besides: ["expr-unknown-reference"]),
    expr("expr-pulse-literal", "PULSE(«0», «0.5»)", good: "PULSE(3, 0, demand)"),
    expr("expr-array-misplaced", "demand + «[1, 2]»", good: "CONV(demand, [1, 2])"),
    expr("expr-array-misplaced", "CONV(demand, «0.5»)", fixes: ["write as a list"]),
    expr(
      "expr-array-misplaced", in: .template, "orders * «${pattern}»",
      good: "CONV(orders, ${pattern})"),
  ]

  private static let cycles: [RuleCase] = [
    nodes(
      "expr-cycle",
      """
        - {id: queue, kind: expr, expr: demand - «done»}
        - {id: done, kind: expr, expr: queue * 0.5}

      """,
      good: """
          - {id: queue, kind: expr, expr: demand - "done"}
          - {id: done, kind: expr, expr: "SHIFT(queue, 1) * 0.5"}

        """.replacing("\"done\"", with: "done")),
    // A weight of 0 is no way round.
    nodes(
      "expr-cycle",
      """
        - {id: failed, kind: expr, expr: (demand + «echo») * 0.5}
        - {id: echo, kind: expr, expr: "CONV(failed, [0, 0.6])"}

      """,
      good: """
          - {id: failed, kind: expr, expr: (demand + echo) * 0.5}
          - {id: echo, kind: expr, expr: "CONV(SHIFT(failed, 1), [0.6])"}

        """),
    // The node itself, also by a lag of 0.
    expr("expr-cycle", "«served» + 1", good: "SHIFT(served, 1) + 1"),
    expr("expr-cycle", "SHIFT(«served», 0)"),
    expr("expr-cycle", "SHIFT(served, 1) + «served»"),
    // Through a queue, which needs what flows in and out, and through the targets of a router.
    nodes(
      "expr-cycle",
      """
        - {id: done, kind: expr, expr: "MIN(demand + «queue», 5)"}
        - {id: queue, kind: serviceWithBuffer, inflow: demand, outflow: done}

      """,
      good: """
          - {id: done, kind: expr, expr: "MIN(demand + SHIFT(queue, 1), 5)"}
          - {id: queue, kind: serviceWithBuffer, inflow: demand, outflow: done, loss: served}

        """),
    nodes(
      "expr-cycle", "  - {id: queue, kind: serviceWithBuffer, inflow: «queue», outflow: demand}\n",
      good: "  - {id: queue, kind: serviceWithBuffer, inflow: demand, outflow: demand}\n"),
    nodes(
      "expr-cycle",
      """
        - {id: left, kind: serviceWithBuffer, inflow: demand, outflow: served, loss: «right»}
        - {id: right, kind: serviceWithBuffer, inflow: left, outflow: demand}

      """,
      good: """
          - {id: left, kind: serviceWithBuffer, inflow: demand, outflow: served, loss: before}
          - {id: right, kind: serviceWithBuffer, inflow: left, outflow: demand}
          - {id: before, kind: expr, expr: "SHIFT(right, 1)"}

        """),
    nodes(
      "expr-cycle",
      "  - {id: split, kind: router, inputs: {queue: «split»}, routes: [{target: served, weight: 1}]}\n",
      good:
        "  - {id: split, kind: router, inputs: {queue: demand}, routes: [{target: served, weight: 1}]}\n"
    ),
    nodes(
      "expr-cycle",
      """
        - {id: done, kind: expr, expr: demand + «part»}
        - {id: split, kind: router, inputs: {queue: done}, routes: [{target: part, weight: 1}]}
        - {id: part, kind: expr, expr: 0}

      """,
      good: """
          - {id: done, kind: expr, expr: demand + split}
          - {id: split, kind: router, inputs: {queue: demand}, routes: [{target: part, weight: 1}]}
          - {id: part, kind: expr, expr: 0}

        """),
    RuleCase(
      "expr-cycle", in: .template,
      newest: [
        ("expr: MIN(demand, staff_hours)", "expr: MIN(demand + «desk_queue», staff_hours)"),
        ("queueDepth: waiting", "queueDepth: self"),
      ],
      good: [
        ("expr: MIN(demand, staff_hours)", "expr: MIN(demand + SHIFT(desk_queue, 1), staff_hours)"),
        ("queueDepth: waiting", "queueDepth: self"),
      ]),
    RuleCase(
      "expr-cycle", in: .template,
      newest: [
        (
          "- id: fast\n    kind: expr\n    expr: \"0\"",
          "- id: fast\n    kind: expr\n    expr: «street_served»"
        ),
        ("arrivals: fast\n        served: fast", "arrivals: fast\n        errors: lost"),
      ]),
    // All of it is made: the place is that of the topology node.
    RuleCase(
      "expr-cycle", in: .template,
      newest: [
        (
          "arrivals: demand\n        served: done\n        queueDepth: waiting",
          "arrivals: «line»\n        served: done\n        queueDepth: line"
        )
      ]),
    // Two cycles that share no node, and a chain that is none.
    nodes(
      "expr-cycle",
      """
        - {id: a, kind: expr, expr: «b»}
        - {id: b, kind: expr, expr: c + a}
        - {id: c, kind: expr, expr: demand}
        - {id: d, kind: expr, expr: a + «e»}
        - {id: e, kind: expr, expr: d}

      """,
      good: """
          - {id: a, kind: expr, expr: b}
          - {id: b, kind: expr, expr: c}
          - {id: c, kind: expr, expr: demand}
          - {id: d, kind: expr, expr: e + e}
          - {id: e, kind: expr, expr: a}

        """),
    selfShift("semantics: {arrivals: demand, served: demand, queueDepth: stock}", id: "«desk»"),
    selfShift(
      "«initialCondition»: {}\n      semantics: {arrivals: demand, served: demand, queueDepth: stock}"
    ),
    selfShift("semantics: {arrivals: demand, served: demand}", call: "«SHIFT(stock, 1)»"),
  ]

  /// A topology with one node, and a node that reads its own past.
  private static func selfShift(
    _ semantics: String, id: String = "desk", call: String = "SHIFT(stock, 1)"
  ) -> RuleCase {
    func text(_ call: String, _ id: String, _ semantics: String) -> [Edit] {
      [
        (
          "outputs:\n",
          """
            - id: stock
              kind: expr
              expr: \(call) + demand
          topology:
            nodes:
              - id: \(id)
                kind: service
                \(semantics)
          outputs:

          """
        )
      ]
    }
    return RuleCase(
      "self-shift-initial", text(call, id, semantics),
      good: text(
        "SHIFT(stock, 1)", "desk",
        "initialCondition: {queueDepth: 0}\n      semantics: {arrivals: demand, served: demand, queueDepth: stock}"
      ))
  }

  private static let dependencies: [RuleCase] = [
    RuleCase(
      "expr-dependency-missing", in: .template,
      [("expr: MIN(orders, 5)", "expr: MIN(orders, 5)\n    dependencies: «[]»")],
      good: [("expr: MIN(orders, 5)", "expr: MIN(orders, 5)\n    dependencies: [orders]")],
      fixes: ["add 'orders'"]),
    RuleCase(
      "expr-dependency-missing", in: .template,
      [
        (
          "expr: MIN(orders, 5)\n",
          "expr: SHIFT(orders, 1) + oven\n    dependencies:\n      «- oven»\n  - {id: oven, kind: expr, expr: \"5\"}\n"
        )
      ],
      good: [("expr: MIN(orders, 5)", "expr: SHIFT(baked, 1)\n    dependencies: []")],
      fixes: ["add 'orders'"]),
    RuleCase(
      "expr-dependency-unused", in: .template,
      [("expr: MIN(orders, 5)", "expr: MIN(orders, 5)\n    dependencies: [orders, «oven»]")],
      good: [
        ("expr: MIN(orders, 5)", "expr: SHIFT(orders, 1)\n    dependencies: [orders, orders]")
      ],
      fixes: ["remove 'oven'"]),
    RuleCase(
      "expr-dependency-unused", in: .template,
      [
        (
          "expr: MIN(orders, 5)",
          "expr: MIN(orders, 5)\n    dependencies:\n      - «oven»\n      - orders"
        )
      ], fixes: ["remove 'oven'"]),
    // Of an expression that cannot be read nothing is known.
    RuleCase(
      "expr-syntax", in: .template,
      [("expr: MIN(orders, 5)", "expr: orders «>» 5\n    dependencies: [oven]")]),
  ]

  private static let doubts: [RuleCase] = [
    expr("expr-division-by-zero", "demand / «0»", good: "demand / chance"),
    expr("expr-division-by-zero", "MOD(demand, «1 - 1»)"),
    expr("expr-clamp-inverted", "CLAMP(demand, «10, 5»)", good: "CLAMP(demand, 5, 10)"),
    expr("expr-branch-idle", in: .template, "orders * MIN(3, «5»)", good: "MIN(orders, 5)"),
    expr(
      "expr-branch-idle", in: .template, "orders * MIN(3, «5»)", good: "orders * MIN(${bins}, 5)"),
    // A model may have been made with other values in mind, a template says what it means.
    negative("«0 - demand»", good: "0 - baked"),
    negative("«5 - demand»", good: "20 - demand"),
    negative("«MIN(demand, orders) - 50»", good: "0 - ${bins} * demand"),
  ]

  /// A case of a result below 0, with a node `demand` of 10 to 30.
  private static func negative(_ scalar: String, good: String) -> RuleCase {
    func edit(_ scalar: String) -> [Edit] {
      [
        (
          "expr: MIN(orders, 5)\n",
          "expr: MIN(orders, 5)\n  - {id: demand, kind: const, values: [10, 20, 30]}\n  - {id: lost, kind: expr, expr: \"\(scalar)\"}\n"
        )
      ]
    }
    return RuleCase("expr-always-negative", in: .template, edit(scalar), good: edit(good))
  }
}
