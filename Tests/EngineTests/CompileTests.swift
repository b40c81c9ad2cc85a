import Engine
import FlowModel
import Source
import TestSupport
import Testing

/// A model that does not run: each finding's text stands between « and ».
struct BrokenModel: CustomTestStringConvertible, Sendable {
  let code: String
  let text: String
  let message: String?
  let file: String
  let line: Int

  init(
    _ code: String, _ text: String, says message: String? = nil, file: String = #fileID,
    line: Int = #line
  ) {
    self.code = code
    self.text = text
    self.message = message
    self.file = file
    self.line = line
  }

  var testDescription: String { "\(code), line \(line)" }
}

/// Two bins and one series, before what a case adds.
private let start = """
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: a, kind: const, values: [1, 2]}

  """

private func expr(_ text: String) -> String {
  start + "  - {id: x, kind: expr, expr: \"\(text)\"}\n"
}

/// A hundred times what the language has not and an Engine computes: as many problems of one expression as are told.
private let doubtful = String(repeating: "SHIFT(a, 1.5) + ", count: 100)

private func desk(_ semantics: String, _ more: String = "") -> String {
  start + "topology: {nodes: [{id: Desk, kind: queue, semantics: {\(semantics)}\(more)}]}\n"
}

private func limit(_ constraint: String, _ semantics: String = "arrivals: a, served: a") -> String {
  start
    + "topology: {nodes: [{id: Desk, kind: queue, constraints: [c], semantics: {\(semantics)}}], constraints: [\(constraint)]}\n"
}

private func router(_ body: String) -> String {
  start + "  - {id: r, kind: router, \(body)}\n"
}

private let broken: [BrokenModel] = [
  BrokenModel("grid-missing", "«nodes»: []\n"),
  BrokenModel("grid-bins-range", "grid: {bins: «0», binSize: 1, binUnit: hours}\nnodes: []\n"),
  BrokenModel("grid-bins-range", "grid: {bins: «-3», binSize: 1, binUnit: hours}\nnodes: []\n"),
  BrokenModel("value-type", "grid: {bins: «1.5», binSize: 1, binUnit: hours}\nnodes: []\n"),
  BrokenModel("value-type", "grid: {bins: 1, binSize: 1, binUnit: hours}\nnodes:«»\n"),
  BrokenModel("node-id-missing", start + "  - {«kind»: const, values: [1]}\n"),
  BrokenModel("node-id-duplicate", start + "  - {id: «a», kind: const, values: [1]}\n"),
  BrokenModel("node-kind-missing", start + "  - {id: «b», values: [1]}\n"),
  BrokenModel("node-kind-unknown", start + "  - {id: b, kind: «magic», values: [1]}\n"),
  BrokenModel("const-values-missing", start + "  - {id: «b», kind: const}\n"),
  BrokenModel("value-type", start + "  - {id: b, kind: const, values: [1, «\"2\"»]}\n"),
  BrokenModel("expr-missing", start + "  - {id: «b», kind: expr, expression: a}\n"),
  BrokenModel("pmf-missing", start + "  - {id: «b», kind: pmf}\n"),
  BrokenModel(
    "pmf-length-mismatch",
    start + "  - {id: b, kind: pmf, pmf: {values: [1, 2], probabilities: «[1]»}}\n"),
  BrokenModel(
    "pmf-probabilities-sum",
    start + "  - {id: b, kind: pmf, pmf: {values: [1, 2], probabilities: «[0, 0]»}}\n"),
  BrokenModel("expr-syntax", expr("a «+»")),
  BrokenModel("expr-syntax", expr("«@»a")),
  BrokenModel("expr-function-unknown", expr("«FOO»(a)")),
  BrokenModel("expr-unknown-reference", expr("«nope» + 1"), says: "no node 'nope'"),
  // What an Engine passes over must not hide what it cannot compute.
  BrokenModel("expr-function-unknown", expr(doubtful + "«FOO»(a)")),
  BrokenModel("expr-arity", expr(doubtful + "«CLAMP»(a)")),
  BrokenModel("expr-arity", expr("«MIN»(a)")),
  BrokenModel("expr-arity", expr("«CLAMP»(a, 1)")),
  BrokenModel("expr-arity", expr("«PULSE»()")),
  BrokenModel("expr-shift-lag", expr("SHIFT(a, «a»)")),
  BrokenModel("expr-shift-lag", expr("SHIFT(a, «-1»)")),
  BrokenModel("expr-pulse-literal", expr("PULSE(«0»)")),
  BrokenModel("expr-array-misplaced", expr("CONV(a, «1»)")),
  BrokenModel(
    "engine-cycle", start + "  - {id: x, kind: expr, expr: «x + 1»}\n", says: "'x' -> 'x'"),
  BrokenModel(
    "engine-cycle",
    start + "  - {id: x, kind: expr, expr: «y»}\n  - {id: y, kind: expr, expr: x * 2}\n",
    says: "'x' -> 'y' -> 'x'"),
  BrokenModel(
    "router-queue-missing", router("router: {routes: []}").replacing("id: r", with: "id: «r»")),
  BrokenModel(
    "router-queue-unknown", router("router: {inputs: {queue: «b»}, routes: [{target: t}]}")),
  BrokenModel(
    "router-routes-empty",
    router("router: {inputs: {queue: a}, routes: []}").replacing("id: r", with: "id: «r»")),
  BrokenModel(
    "router-target-missing", router("router: {inputs: {queue: a}, routes: [{«weight»: 1}]}")),
  BrokenModel(
    "router-weight-positive",
    router("router: {inputs: {queue: a}, routes: [{target: t, weight: «0»}]}")),
  BrokenModel(
    "router-class-unknown",
    router("router: {inputs: {queue: a}, routes: [{target: t, classes: [«Gold»]}]}")),
  BrokenModel(
    "semantics-arrivals-required", desk("served: a").replacing(" semantics", with: " «semantics»")),
  BrokenModel("semantics-unknown-series", desk("arrivals: «b», served: a")),
  BrokenModel("semantics-unknown-series", desk("arrivals: «\"file:a.csv\"», served: a")),
  BrokenModel("semantics-unknown-series", desk("arrivals: a, served: «b»")),
  BrokenModel("semantics-unknown-series", desk("arrivals: a, capacity: «b»")),
  BrokenModel("semantics-unknown-series", desk("arrivals: a, served: a, errors: «b»")),
  BrokenModel(
    "semantics-unknown-series",
    desk("arrivals: a, served: a, capacity: «b»").replacing("kind: queue", with: "kind: service")),
  BrokenModel(
    "engine-outflow-missing", desk("arrivals: a").replacing(" semantics", with: " «semantics»")),
  BrokenModel(
    "dispatch-period", desk("arrivals: a, served: a", ", dispatchSchedule: {periodBins: «0»}")),
  BrokenModel(
    "dispatch-capacity-unknown",
    desk("arrivals: a, served: a", ", dispatchSchedule: {periodBins: 1, capacitySeries: «b»}")),
  BrokenModel("wip-limit-unknown", desk("arrivals: a, served: a", ", wipLimitSeries: «b»")),
  BrokenModel("quantity-negative", desk("arrivals: a, served: a", ", wipLimit: «-1»")),
  BrokenModel(
    "engine-retry-source-missing",
    desk("arrivals: a, served: a, retryEcho: «echo», retryKernel: [1]")),
  BrokenModel(
    "semantics-unknown-series",
    desk("arrivals: a, served: a, retryEcho: echo, retryKernel: [1], failures: «b»")),
  BrokenModel(
    "parallelism-unknown-series", desk("arrivals: a, served: a, capacity: a, parallelism: «b»")),
  BrokenModel("constraint-served-missing", limit("{id: «c», semantics: {arrivals: a}}")),
  BrokenModel("constraint-unknown-series", limit("{id: c, semantics: {served: «b»}}")),
  BrokenModel(
    "semantics-unknown-series", limit("{id: c, semantics: {served: a}}", "arrivals: «b», served: a")
  ),
  BrokenModel(
    "engine-cycle",
    start
      + "topology: {nodes: [{id: «A», kind: queue, wipLimit: 1, wipOverflow: B, semantics: {arrivals: a, served: a}}, {id: B, kind: queue, wipLimit: 1, wipOverflow: A, semantics: {arrivals: a, served: a}}]}\n"
  ),
  BrokenModel(
    "engine-cycle",
    start
      + "topology: {nodes: [{id: «A», kind: queue, wipOverflow: B, semantics: {arrivals: a, served: a}}, {id: B, kind: queue, wipOverflow: A, semantics: {arrivals: a, served: a}}]}\n",
    says: "'A' -> 'B' -> 'A'"),
  BrokenModel(
    "engine-cycle",
    desk("arrivals: a, served: a", ", wipOverflow: Desk").replacing("id: Desk", with: "id: «Desk»"),
    says: "'Desk' -> 'Desk'"),
  BrokenModel(
    "engine-class-reserved",
    start
      + "traffic: {arrivals: [{nodeId: a, classId: «DEFAULT», pattern: {kind: constant, ratePerBin: 1}}]}\n"
  ),
  BrokenModel("engine-series-name", start + "  - {id: «in/out», kind: const, values: [1, 2]}\n"),
  BrokenModel(
    "engine-series-name",
    start + "  - {id: «\(String(repeating: "n", count: 130))», kind: expr, expr: a}\n"),
  BrokenModel(
    "engine-series-name",
    start
      + "topology: {nodes: [{id: «'a\\b'», kind: queue, semantics: {arrivals: a, served: a}}]}\n"),
  BrokenModel(
    "engine-series-name",
    start + "topology: {nodes: [], edges: [{id: «e/f», source: a, target: a}]}\n"),
  BrokenModel(
    "engine-series-name",
    start
      + "traffic: {arrivals: [{nodeId: a, classId: «B/C», pattern: {kind: constant, ratePerBin: 1}}]}\n"
  ),
  BrokenModel(
    "engine-limit",
    "grid: {bins: «9000000», binSize: 1, binUnit: hours}\nnodes: [{id: a, kind: const, values: []}, {id: b, kind: expr, expr: a + 1}]\n"
  ),
]

@Test(arguments: broken)
func `what keeps a model from running is said where it stands`(model: BrokenModel) throws {
  let marked = MarkedText(model.text)
  let (plan, findings) = Plan.compile(ModelDocument(marked.text))
  #expect(plan == nil)
  let range = try #require(marked.ranges.first)
  let found = findings.filter { $0.code.rawValue == model.code }
  #expect(
    found.contains { $0.range == range },
    "\(findings.map { "\($0.code.rawValue) \($0.range) \($0.message)" }), not at \(range)")
  if let message = model.message {
    #expect(found.contains { $0.message.contains(message) }, "\(found.map(\.message))")
  }
}

@Test(arguments: [
  ("{from: a, to: b}", "{from: a, to: «b»}", true),
  ("{id: x, from: a, to: b}", "{id: «x», from: b, to: a}", true),
  ("{id: x, from: a, to: b}", "{id: x, from: a, to: b, measure: «errors»}", false),
  ("{from: a, to: b}", "{from: b, to: «a»}", false),
  ("{from: a, to: b}", "{id: «taken», from: a, to: b}", true),
])
func `an edge that would have the series of another is told of, and the model runs`(
  first: String, second: String, isTold: Bool
) throws {
  let plain = String(second.filter { !"«»".contains($0) })
  let text =
    start + "  - {id: b, kind: const, values: [1, 2]}\n"
    + "  - {id: edge_taken_flowVolume, kind: const, values: [1, 2]}\n"
    + "topology: {nodes: [], edges: [\(first), \(plain)]}\n"
  let (plan, findings) = Plan.compile(ModelDocument(SourceText(text)))
  let told = findings.filter { $0.code == EngineEdgeRepeated.code }
  #expect(told.map(\.severity) == (isTold ? [.warning] : []), "\(findings)")
  #expect(told.allSatisfy { $0.path == "topology.edges[1]" })
  let edges = try #require(plan?.evaluate()).series.filter { $0.kind == .edge }
  #expect(edges.count == (isTold ? 1 : 2))
  #expect(Set(edges.map(\.id)).count == edges.count)
}

/// Models that run, and in which something is left out.
private let leftOut: [BrokenModel] = [
  BrokenModel(
    "semantics-unknown-series",
    desk("arrivals: a, served: a, errors: «b»").replacing("kind: queue", with: "kind: service")),
  BrokenModel("semantics-unknown-series", desk("arrivals: a, served: a, attempts: «b»")),
  BrokenModel(
    "semantics-unknown-series", desk("arrivals: a, served: a, servedCount: «\"series:b\"»")),
  BrokenModel("output-unknown-node", start + "outputs: [{series: a}, {series: «b»}]\n"),
  BrokenModel("output-unknown-node", start + "outputs: [{series: «b/*»}]\n"),
  BrokenModel(
    "edge-unknown-node", start + "topology: {nodes: [], edges: [{source: «b», target: c}]}\n"),
  BrokenModel(
    "edge-unknown-node", start + "topology: {nodes: [], edges: [{from: «\"b:out\"», to: c}]}\n"),
  BrokenModel(
    "engine-edge-repeated",
    start
      + "  - {id: edge_e_flowVolume, kind: expr, expr: a}\ntopology: {nodes: [], edges: [{id: «e», source: a, target: c}]}\n"
  ),
  BrokenModel(
    "engine-series-repeated",
    start
      + "topology: {nodes: [{id: Desk, kind: queue, semantics: {arrivals: a, served: a}}, {id: «desk», kind: queue, semantics: {arrivals: a, served: a}}]}\n"
  ),
  BrokenModel(
    "engine-series-repeated",
    start
      + "topology: {nodes: [{id: A, kind: queue, semantics: {arrivals: a, served: a, queueDepth: d}}, {id: B, kind: queue, semantics: {arrivals: a, served: a, queueDepth: «d»}}]}\n"
  ),
  BrokenModel(
    "engine-series-repeated",
    start
      + "  - {id: d, kind: const, values: [1, 2]}\ntopology: {nodes: [{id: A, kind: queue, semantics: {arrivals: a, served: a, queueDepth: d}}, {id: B, kind: queue, semantics: {arrivals: a, served: a, queueDepth: «d»}}]}\n"
  ),
]

@Test(arguments: leftOut)
func `what a run leaves out is said where it stands, once`(model: BrokenModel) throws {
  let marked = MarkedText(model.text)
  let (plan, findings) = Plan.compile(ModelDocument(marked.text))
  #expect(plan != nil)
  let told = findings.filter { $0.code.rawValue == model.code }
  #expect(told.map(\.range) == marked.ranges, "\(findings)")
  #expect(told.allSatisfy { $0.severity == .warning })
}

@Test(arguments: [
  desk("arrivals: a, served: a, attempts: \"file:attempts.csv\", queueDepth: self"),
  start + "outputs: [{series: \"*\"}, {series: A}, {series: \"a/*\"}]\n",
  start + "topology: {nodes: [], edges: [{source: \"a:out\", target: c}]}\n",
])
func `what a run reads or others read is not told of`(text: String) throws {
  let (plan, findings) = Plan.compile(ModelDocument(SourceText(text)))
  #expect(plan != nil)
  #expect(findings.filter { $0.severity == .warning } == [], "\(findings)")
}

@Test func `a cycle over the target of a router is told where the target stands`() throws {
  let marked = MarkedText(
    start + """
        - {id: x, kind: expr, expr: "«t» + 1"}
        - {id: r, kind: router, router: {inputs: {queue: x}, routes: [{target: t}]}}
        - {id: «t», kind: const, values: [0, 0]}
        - {id: last, kind: const, values: [1, 2]}

      """)
  let (plan, findings) = Plan.compile(ModelDocument(marked.text))
  #expect(plan == nil)
  let cycle = try #require(findings.first { $0.code == EngineCycle.code })
  #expect(cycle.related.map(\.range).contains(marked.ranges[1]), "\(cycle)")
}
