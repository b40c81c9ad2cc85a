import Engine
import FlowModel
import Source
import Testing

/// A model, and what some of its columns hold.
struct Worked: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bins: Int
  /// Items of `nodes`, one a line.
  let nodes: String
  /// What follows them.
  let rest: String
  let expected: [String: [Double]]

  init(
    _ name: String, bins: Int, _ nodes: String, rest: String = "",
    _ expected: [String: [Double]]
  ) {
    testDescription = name
    self.bins = bins
    self.nodes = nodes
    self.rest = rest
    self.expected = expected
  }

  var text: String {
    "grid: {bins: \(bins), binSize: 1, binUnit: hours}\nnodes:\n"
      + nodes.split(separator: "\n").map { "  - {\($0)}\n" }.joined() + rest
  }
}

private let inf = Double.infinity
private let nan = Double.nan
/// The largest double below one half.
private let nearHalf = 0.49999999999999994

/// Expressions over `a` and what they give.
private func functions(_ a: [Double], _ rows: [(String, [Double])]) -> [Worked] {
  let list = a.map { $0.isNaN ? ".nan" : $0 == inf ? ".inf" : $0 == -inf ? "-.inf" : "\($0)" }
  return rows.map { expression, values in
    Worked(
      "\(expression) of \(a)", bins: a.count,
      "id: a, kind: const, values: [\(list.joined(separator: ", "))]\nid: x, kind: expr, expr: \"\(expression)\"",
      ["x": values])
  }
}

/// engine.md 4.3 and 13.12.
private let expressions: [Worked] =
  functions(
    [-7, 7, -0.5, nearHalf],
    [
      ("MOD(a,3)", [2, 1, 2.5, nearHalf]), ("MOD(a,0-3)", [2, 1, 2.5, nearHalf]),
      ("FLOOR(a)", [-7, 7, -1, 0]), ("CEIL(a)", [-7, 7, -0.0, 1]), ("ROUND(a)", [-7, 7, -1, 1]),
      ("CLAMP(a,5,1)", [1, 1, 1, 1]), ("PULSE(2,1,a)", [0, 7, 0, nearHalf]),
      ("SHIFT(a*2+1, 3)", [0, 0, 0, -13]), ("SHIFT(a, 0)", [-7, 7, -0.5, nearHalf]),
      ("SHIFT(a, 20)", [0, 0, 0, 0]), ("SHIFT(a, 1.9)", [0, -7, 7, -0.5]),
      ("CONV(a, [])", [0, 0, 0, 0]), ("CONV(a, [-1, 1])", [7, -14, 7.5, -0.5 - nearHalf]),
      ("2 - -3", [5, 5, 5, 5]), ("1e1 + .5 + 2.", [12.5, 12.5, 12.5, 12.5]),
      ("[1, 2]", [1, 2, 0, 0]), ("a + [1, 2]", [-6, 9, -0.5, nearHalf]),
      ("PULSE(2.7)", [1, 0, 1, 0]), ("min(a, 0)", [-7, 0, -0.5, 0]),
    ])
  + functions([-7, 7, -0.5], [("MOD(a, \(Int.max))", [Double(Int.max) - 7, 7, Double(Int.max)])])
  + functions(
    [5, 0, nan, inf, -inf],
    [
      ("a / 0", [0, 0, 0, 0, 0]), ("0 / a", [0, 0, nan, 0, -0.0]), ("5 / a", [1, 0, nan, 0, -0.0]),
      ("MOD(a, 0)", [0, 0, 0, 0, 0]), ("MOD(a, 4)", [1, 0, nan, nan, nan]),
      ("FLOOR(a)", [5, 0, nan, inf, -inf]), ("CEIL(a)", [5, 0, nan, inf, -inf]),
      ("ROUND(a)", [5, 0, nan, inf, -inf]), ("STEP(a, 1)", [1, 0, 0, 1, 0]),
      ("STEP(1, a)", [0, 1, 0, 0, 1]), ("MIN(a, 3)", [3, 0, 3, 3, -inf]),
      ("MAX(3, a)", [5, 3, 3, inf, 3]), ("CLAMP(a, -1, 3)", [3, 0, -1, 3, -1]),
      ("CONV(a, [1, 1])", [5, 5, 0, 0, 0]),
    ])
  + [
    Worked(
      "an expected value divides each term", bins: 1,
      "id: x, kind: pmf, pmf: {values: [1, 2], probabilities: [1, 3]}", ["x": [1.75]]),
    Worked(
      "short lists end in zeros, long ones are cut", bins: 2,
      "id: a, kind: const, values: [1]\nid: b, kind: const, values: [1, 2, 3]",
      ["a": [1, 0], "b": [1, 2]]),
    Worked(
      "three bins of demand 10", bins: 3,
      "id: demand, kind: const, values: [10, 10, 10]\nid: served, kind: expr, expr: demand * 0.8",
      ["served": [8, 8, 8]]),
  ]

private func queues(_ items: String, constraints: String = "") -> String {
  "topology:\n  nodes:\n" + items.split(separator: "\n").map { "    - {\($0)}\n" }.joined()
    + (constraints.isEmpty ? "" : "  constraints: [\(constraints)]\n")
}

/// engine.md 7.1 to 7.6, 9.3 and 13.12.
private let flows: [Worked] =
  [
    Worked(
      "a limit, a seed and a loss", bins: 8,
      """
      id: i, kind: const, values: [12, 15, 9, 20, 3, 0, 25, 4]
      id: o, kind: const, values: [5, 5, 5, 5, 5, 5, 5, 5]
      id: l, kind: const, values: [1, 0, 2, 0, 1, 0, 0, 3]
      """,
      rest: queues(
        "id: Q, kind: queue, wipLimit: 20, initialCondition: {queueDepth: 8}, semantics: {arrivals: i, served: o, errors: l}"
      ),
      [
        "q_queue": [14, 20, 20, 20, 17, 12, 20, 16], "q_overflow": [0, 4, 2, 15, 0, 0, 12, 0],
      ]),
    Worked(
      "a limit of 0 lets nothing stay", bins: 1,
      "id: i, kind: const, values: [10]\nid: o, kind: const, values: [5]",
      rest: queues("id: Q, kind: queue, wipLimit: 0, semantics: {arrivals: i, served: o}"),
      ["q_queue": [0], "q_overflow": [5]]),
    Worked(
      "inflow that is no number counts as 0", bins: 3,
      "id: i, kind: const, values: [.nan, .inf, 4]\nid: o, kind: const, values: [0, 0, 1]",
      rest: queues("id: Q, kind: queue, semantics: {arrivals: i, served: o}"),
      ["q_queue": [0, 0, 3]]),
    Worked(
      "overflow goes to a dead letter queue", bins: 3,
      "id: i, kind: const, values: [15, 15, 15]\nid: o, kind: const, values: [5, 5, 5]\nid: z, kind: expr, expr: 0",
      rest: queues(
        """
        id: Main, kind: queue, wipLimit: 10, wipOverflow: Dead, semantics: {arrivals: i, served: o}
        id: Dead, kind: dlq, semantics: {arrivals: z, served: z}
        """),
      ["main_queue": [10, 10, 10], "dead_queue": [0, 10, 20]]),
    Worked(
      "overflow goes on within the bin, whatever stands first", bins: 1,
      "id: i, kind: const, values: [10]\nid: z, kind: expr, expr: 0",
      rest: queues(
        """
        id: C, kind: queue, semantics: {arrivals: z, served: z}
        id: B, kind: queue, wipLimit: 3, wipOverflow: C, semantics: {arrivals: z, served: z}
        id: A, kind: queue, wipLimit: 2, wipOverflow: B, semantics: {arrivals: i, served: z}
        """),
      ["a_queue": [2], "b_queue": [3], "c_queue": [5]]),
    Worked(
      "limits may change from bin to bin, and be none", bins: 3,
      "id: i, kind: const, values: [10, 10, 10]\nid: z, kind: expr, expr: 0\nid: w, kind: const, values: [4, .nan, 6]",
      rest: queues("id: Q, kind: queue, wipLimitSeries: w, semantics: {arrivals: i, served: z}"),
      ["q_queue": [4, 14, 6], "q_overflow": [6, 0, 18]]),
    Worked(
      "retries come back by the kernel", bins: 5,
      "id: i, kind: expr, expr: 20\nid: e, kind: const, values: [10, 10, 10, 10, 10]",
      rest: queues(
        "id: Q, kind: queue, semantics: {arrivals: i, served: i, errors: e, retryEcho: echo, retryKernel: [0, 0.6, 0.3, 0.1]}"
      ),
      ["echo": [0, 6, 9, 10, 10]]),
    Worked(
      "an echo without a kernel is 0", bins: 2, "id: i, kind: expr, expr: 20",
      rest: queues("id: Q, kind: queue, semantics: {arrivals: i, served: i, retryEcho: echo}"),
      ["echo": [0, 0]]),
    Worked(
      "pressure holds back what comes", bins: 6,
      """
      id: raw, kind: expr, expr: 100
      id: done, kind: expr, expr: 20
      id: pressure, kind: expr, expr: "CLAMP(depth / 50, 0, 1)"
      id: admitted, kind: expr, expr: "raw * (1 - SHIFT(pressure, 1))"
      """,
      rest: queues(
        "id: Q, kind: queue, semantics: {arrivals: admitted, served: done, queueDepth: depth}"),
      ["depth": [80, 60, 40, 40, 40, 40]]),
    Worked(
      "a schedule lets out in its bins alone, and leaves the series as it is", bins: 5,
      "id: i, kind: expr, expr: 2\nid: o, kind: expr, expr: 9\nid: cap, kind: expr, expr: limit * 2\nid: limit, kind: expr, expr: 1.5",
      rest: queues(
        "id: Q, kind: queue, dispatchSchedule: {periodBins: 2, phaseOffset: -1, capacitySeries: cap}, semantics: {arrivals: i, served: o}"
      ),
      ["q_gated_outflow": [0, 3, 0, 3, 0], "q_queue": [2, 1, 3, 2, 4], "o": [9, 9, 9, 9, 9]]),
  ]
  + [(60.0, 60.0, 80.0, 40.0, 40.0), (30, 40, 100, 30, 40), (5, 6, 0, 0, 0)].map {
    a, b, capacity, gotA, gotB in
    Worked(
      "\(a) and \(b) share \(capacity)", bins: 1,
      "id: a, kind: expr, expr: \(a)\nid: b, kind: expr, expr: \(b)\nid: c, kind: expr, expr: \(capacity)\nid: z, kind: expr, expr: 0\nid: both, kind: expr, expr: a_queue + b_queue",
      rest: queues(
        """
        id: A, kind: queue, constraints: [k], semantics: {arrivals: a, served: z}
        id: B, kind: queue, constraints: [k], semantics: {arrivals: b, served: z}
        """, constraints: "{id: k, semantics: {served: c}}"),
      ["a_capped_k": [gotA], "b_queue": [gotB], "both": [gotA + gotB]])
  }
  + [
    Worked(
      "a router gives classes their rates and the rest by weight", bins: 4,
      "id: s, kind: const, values: [100, 80, 120, 0]\nid: r, kind: router, router: {inputs: {queue: s}, routes: [{target: express, classes: [Gold]}, {target: ground, weight: 3}, {target: pickup}, {target: ground}]}",
      rest: "traffic: {arrivals: [{nodeId: s, classId: Gold, pattern: {ratePerBin: 30}}]}\n",
      [
        "express": [30, 30, 30, 30], "ground": [56, 40, 72, -24], "pickup": [14, 10, 18, -6],
        "r": [0, 0, 0, 0],
      ]),
    Worked(
      "keys beside the kind make a router too, and replace its targets", bins: 2,
      "id: t, kind: const, values: [7, 7]\nid: s, kind: expr, expr: 10\nid: r, kind: router, inputs: {queue: s}, routes: [{target: t, weight: 1}, {target: u, weight: 1}]",
      ["t": [5, 5], "u": [5, 5], "r": [10, 10]]),
    Worked(
      "a buffer is a queue without a topology", bins: 3,
      "id: i, kind: expr, expr: 5\nid: o, kind: expr, expr: 2\nid: b, kind: serviceWithBuffer, inflow: i, outflow: o, dispatchSchedule: {periodBins: 2}",
      ["b": [3, 8, 11]]),
    Worked(
      "a buffer has its seed and its limit from the topology", bins: 3,
      "id: i, kind: expr, expr: 5\nid: o, kind: expr, expr: 2\nid: b, kind: serviceWithBuffer, inflow: i, outflow: o",
      rest: queues(
        "id: Desk, kind: queue, wipLimit: 9, initialCondition: {queueDepth: 4}, semantics: {arrivals: i, served: o, queueDepth: b}"
      ), ["b": [7, 9, 9], "desk_overflow": [0, 1, 3]]),
    Worked(
      "a buffer has its seed from a node without a queue too", bins: 2,
      "id: i, kind: expr, expr: 5\nid: o, kind: expr, expr: 2\nid: b, kind: serviceWithBuffer, inflow: i, outflow: o",
      rest: queues(
        "id: Desk, kind: service, initialCondition: {queueDepth: 4}, semantics: {arrivals: i, served: o, queueDepth: b}"
      ), ["b": [7, 10]]),
    Worked(
      "demand beyond every number is more than any capacity", bins: 1,
      "id: a, kind: const, values: [1e308]\nid: d, kind: expr, expr: 1\nid: c, kind: expr, expr: 0.5\nid: z, kind: expr, expr: 0",
      rest: queues(
        """
        id: A, kind: queue, constraints: [k], semantics: {arrivals: a, served: z}
        id: B, kind: queue, constraints: [k], semantics: {arrivals: a, served: z}
        id: C, kind: queue, constraints: [k], semantics: {arrivals: d, served: z}
        """, constraints: "{id: k, semantics: {served: c}}"),
      ["a_capped_k": [0], "c_capped_k": [0]]),
    Worked(
      "the spread of a distribution is that of squared distances", bins: 1,
      """
      id: a, kind: pmf, pmf: {values: [1, 3, 8], probabilities: [0.1, 0.3, 0.6]}
      id: s, kind: const, values: [0.5]
      id: c, kind: const, values: [0.8]
      id: w, kind: const, values: [3]
      id: n, kind: const, values: [1]
      """,
      rest: queues(
        "id: Desk, kind: service, semantics: {arrivals: a, served: s, capacity: c, processingTimeMsSum: w, servedCount: n}"
      ), ["desk_kingman_wq": [0.5618311533888227]]),
  ]

/// engine.md 9.3 and 13.10: a router of what is computed of series with classes.
private let derivedClasses: [Worked] = [
  Worked(
    "classes of a sum go each its way", bins: 2,
    """
    id: a, kind: const, values: [8, 8]
    id: b, kind: const, values: [2, 4]
    id: both, kind: expr, expr: a + b
    id: route_air, kind: const, values: [0, 0]
    id: route_ground, kind: const, values: [0, 0]
    id: r, kind: router, inputs: {queue: both}, routes: [{target: route_air, classes: [Alpha]}, {target: route_ground, classes: [Beta]}]
    """,
    rest: alphaAndBeta, ["route_air": [8, 8], "route_ground": [2, 4]]),
  Worked(
    "a cap and a share keep the mix, and a queue holds that of what came", bins: 3,
    """
    id: a, kind: const, values: [9, 0, 0]
    id: b, kind: const, values: [3, 0, 4]
    id: both, kind: expr, expr: a + b
    id: out, kind: expr, expr: "MIN(both + SHIFT(q_queue, 1), 8) * 0.5"
    id: done, kind: expr, expr: out * 2
    id: r, kind: router, inputs: {queue: out}, routes: [{target: x, classes: [Alpha]}, {target: y, classes: [Beta]}]
    """,
    rest: queues("id: Q, kind: queue, semantics: {arrivals: both, served: done}") + alphaAndBeta,
    ["q_queue": [4, 0, 0], "x": [3, 1.5, 0], "y": [1, 0.5, 2]]),
]

private let alphaAndBeta =
  "traffic: {arrivals: [{nodeId: a, classId: Alpha, pattern: {ratePerBin: 1}}, {nodeId: b, classId: Beta, pattern: {ratePerBin: 1}}]}\n"

/// engine.md 6.2: where another engine reads a 0 that is not there yet.
private let dependencies: [Worked] = [
  Worked(
    "a router splits what is computed after it", bins: 1,
    "id: r, kind: router, router: {inputs: {queue: s}, routes: [{target: t}]}\nid: s, kind: expr, expr: a * 2\nid: a, kind: const, values: [4]\nid: x, kind: expr, expr: t + 1",
    ["t": [8], "x": [9]]),
  Worked(
    "an expression reads an echo", bins: 2,
    "id: x, kind: expr, expr: echo * 2\nid: i, kind: expr, expr: 4",
    rest: queues(
      "id: Q, kind: queue, semantics: {arrivals: i, served: i, errors: i, retryEcho: echo, retryKernel: [1, 1]}"
    ), ["x": [8, 16]]),
  Worked(
    "a limit is computed by an expression of another queue", bins: 2,
    "id: i, kind: expr, expr: 10\nid: z, kind: expr, expr: 0\nid: w, kind: expr, expr: b_queue - 2",
    rest: queues(
      """
      id: A, kind: queue, wipLimitSeries: w, semantics: {arrivals: i, served: z}
      id: B, kind: queue, semantics: {arrivals: i, served: z}
      """), ["a_queue": [8, 18]]),
  Worked(
    "a series is read now and one bin ago", bins: 3,
    "id: x, kind: expr, expr: \"SHIFT(q_queue, 1) + q_queue\"\nid: i, kind: expr, expr: 1\nid: z, kind: expr, expr: 0",
    rest: queues("id: Q, kind: queue, semantics: {arrivals: i, served: z}"), ["x": [1, 3, 5]]),
  Worked(
    "what is shifted is more than a name", bins: 4,
    "id: x, kind: expr, expr: \"SHIFT(STEP(q_queue, 20), 1)\"\nid: i, kind: expr, expr: 10 * (1 - x)\nid: z, kind: expr, expr: 0",
    rest: queues("id: Q, kind: queue, semantics: {arrivals: i, served: z}"),
    ["x": [0, 0, 1, 1], "q_queue": [10, 20, 20, 20]]),
  Worked(
    "a constraint waits for demand of a queue of the same bin", bins: 2,
    "id: a, kind: expr, expr: 6\nid: b, kind: expr, expr: c_queue\nid: k, kind: expr, expr: 6\nid: z, kind: expr, expr: 0",
    rest: queues(
      """
      id: A, kind: queue, constraints: [k], semantics: {arrivals: a, served: z}
      id: C, kind: queue, semantics: {arrivals: a, served: z}
      id: B, kind: queue, constraints: [k], semantics: {arrivals: b, served: z}
      """, constraints: "{id: k, semantics: {served: k}}"), ["b_capped_k": [3, 4]]),
]

@Test(arguments: expressions + flows + derivedClasses + dependencies)
func `numbers are those that were worked out`(worked: Worked) throws {
  let (plan, findings) = Plan.compile(ModelDocument(SourceText(worked.text)))
  let run = try #require(plan?.evaluate(), "\(findings.map(\.message))\n\(worked.text)")
  for (name, expected) in worked.expected {
    let found = try #require(run.series.first { $0.column == name }, "\(name)").values
    #expect(
      found.count == expected.count
        && zip(found, expected).allSatisfy {
          $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
        },
      "\(name): \(Array(found)), not \(expected)")
  }
}

/// Numbers as a model has them, and as a file has them.
private let spellings: [(String, String)] = [
  ("10", "10"), ("0.1", "0.1"), ("-0.0", "-0"), ("0", "0"), ("5e19", "50000000000000000000"),
  ("49999999999999990000", "49999999999999990000"), ("7e-20", "0.00000000000000000007"),
  ("-1.5", "-1.5"), ("0.25", "0.25"), ("123.456", "123.456"), ("1e-5", "0.00001"),
  (".nan", "NaN"), (".inf", "inf"), ("-.inf", "-inf"), ("1e22", "10000000000000000000000"),
  ("9007199254740993", "9007199254740992"),
]

@Test(arguments: spellings)
func `a file has the shortest digits, and never an exponent`(number: String, text: String) throws {
  let model =
    "grid: {bins: 1, binSize: 1, binUnit: hours}\nnodes: [{id: a, kind: const, values: [\(number)]}]\n"
  let run = try #require(Plan.compile(ModelDocument(SourceText(model))).plan?.evaluate())
  let series = try #require(run.series.first)
  #expect(series.id == "a@A@DEFAULT")
  #expect(String(decoding: series.csv, as: UTF8.self) == "bin_index,value\n0,\(text)\n")
}

@Test func `work that is told to end gives nothing`() throws {
  let model =
    "grid: {bins: 5000, binSize: 1, binUnit: hours}\nnodes: [{id: a, kind: expr, expr: \"SHIFT(a, 1) + 1\"}]\n"
  let plan = try #require(Plan.compile(ModelDocument(SourceText(model))).plan)
  #expect(plan.evaluate { _ in false } == nil)
  var shares: [Double] = []
  let run = plan.evaluate { share in
    shares.append(share)
    return true
  }
  #expect(run?.series.first?.values.last == 5000)
  #expect(shares == shares.sorted() && shares.last == 1)
}

@Test(
  arguments: [
    ([-3, 0, 1e-15, 1e-15], "150000000000000096.0"), ([4, 4, 3.5, 2.25], "28.1"),
    ([4, 4, 3.5, 4], nil), ([-3, -3, -1, -1], nil), ([1, 1, .infinity, 1], nil),
  ] as [([Double], String?)])
func `arrivals that change are told of with one decimal`(
  arrivals: [Double], divergence: String?
) throws {
  let list = arrivals.map { $0 == inf ? ".inf" : "\($0)" }.joined(separator: ", ")
  let model =
    "grid: {bins: 4, binSize: 1, binUnit: hours}\nnodes: [{id: a, kind: const, values: [\(list)]}]\n"
    + queues("id: Q, kind: queue, semantics: {arrivals: a, served: a}")
  let run = try #require(Plan.compile(ModelDocument(SourceText(model))).plan?.evaluate())
  let told = run.warnings.filter { $0.code == "non_stationary" }.map(\.message)
  #expect(
    told
      == (divergence.map { ["arrivals non-stationary: divergence \($0)% (threshold 25%)"] } ?? []))
}
