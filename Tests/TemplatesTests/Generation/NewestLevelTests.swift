import FlowModel
import JSON
import Source
import Templates
import Testing

private let flows = "semantics: {arrivals: demand, served: picked}"

@Test(arguments: [
  ("binUnit: hours}", #""2025-01-01T00:00:00Z""#),
  ("binUnit: hours, start: \"2024-05-01T06:00:00Z\"}", #""2024-05-01T06:00:00Z""#),
])
func `the grid starts with the window unless it has a start of its own`(
  grid: String, start: String
) throws {
  let template = newest("    - {id: Desk, kind: service, \(flows)}")
    .replacing("binUnit: hours}", with: grid)
  #expect(try Generated(template)["grid.start"] == start)
}

@Test func `what only a template says stays out of the model`() throws {
  let template =
    newest(
      "    - {id: Desk, kind: service, \(flows)}",
      nodes:
        "  - {id: more, kind: expr, group: shop, telemetry: more, dependencies: [demand], expr: demand}"
    ).replacing("mode: simulation", with: "generator: flowtime-sim\nmode: simulation")
    .replacing("series: \"*\"", with: "id: all, description: All, series: \"*\"")
  let generated = try Generated(template)
  #expect(
    generated.model.entries.map(\.key.text) == [
      "schemaVersion", "grid", "nodes", "outputs", "topology",
    ])
  #expect(generated.text.hasPrefix("schemaVersion: 1\n"))
  #expect(generated["nodes.more"] == #"{"id":"more","kind":"expr","expr":"demand"}"#)
  #expect(generated["outputs.0"] == #"{"series":"*"}"#)
}

@Test func `lists and mappings with nothing in them stay out of the model`() throws {
  let template =
    newest(
      "    - {id: Desk, kind: service, ui: {}, constraints: [], initialCondition: {}, semantics: {arrivals: demand, served: picked, retryKernel: [], aliases: {}}}\n  edges: []\n  constraints: []",
      nodes: "  - {id: more, kind: expr, expr: demand, metadata: {note: null}}",
      outputs: "demand, exclude: []"
    ) + "classes: []\ntraffic: {arrivals: []}\n"
  let generated = try Generated(template)
  for empty in ["[]", "{}"] {
    #expect(!generated.text.contains(empty), "\(generated.text)")
  }
  #expect(
    generated.model.entries.map(\.key.text) == [
      "schemaVersion", "grid", "nodes", "outputs", "topology",
    ])
  #expect(generated["nodes.more"] == #"{"id":"more","kind":"expr","expr":"demand"}"#)
}

@Test func `the random number generator is written in small letters`() throws {
  let template =
    newest("    - {id: Desk, kind: service, \(flows)}") + "rng: {kind: \"Pcg32\", seed: 7}\n"
  #expect(try Generated(template)["rng"] == #"{"kind":"pcg32","seed":7}"#)
}

@Test func `sections stand in one order, whatever order they are written in`() throws {
  let generated = try Generated(
    """
    topology:
      nodes:
        - semantics: {queueDepth: self, served: demand, arrivals: demand}
          dispatchSchedule: {periodBins: 2, kind: time-based}
          kind: queue
          id: Desk
          nodeRole: desk
          ui: {y: 2, x: 1}
    rng: {seed: 7, kind: pcg32}
    outputs: [{series: demand}]
    nodes: [{source: "file://demand.csv", values: [1], kind: const, id: demand}]
    traffic:
      arrivals:
        - {pattern: {ratePerBin: 2, kind: constant}, classId: gold, nodeId: demand}
        - {pattern: {rate: 1, kind: poisson}, classId: iron, nodeId: demand}
    classes: [{id: iron}, {displayName: Gold, id: gold}]
    grid: {start: "2025-01-01T00:00:00Z", binUnit: hours, binSize: 1, bins: 1}
    window: {start: "2025-01-01T00:00:00Z", timezone: UTC}
    metadata: {id: shop, title: Shop, version: 1.0.0}

    """)
  #expect(
    generated.model.entries.map(\.key.text) == [
      "schemaVersion", "grid", "classes", "traffic", "nodes", "outputs", "rng", "topology",
    ])
  #expect(generated.ids("classes") == ["iron", "gold"])
  #expect(generated["traffic.arrivals.0.classId"] == #""gold""#)
  #expect(generated["rng"] == #"{"kind":"pcg32","seed":7}"#)
  #expect(
    generated["nodes.demand"]
      == #"{"id":"demand","kind":"const","values":[1],"source":"file://demand.csv"}"#)
  #expect(
    generated["topology.nodes.Desk"]
      == #"{"id":"Desk","kind":"queue","nodeRole":"desk","ui":{"x":1,"y":2},"semantics":{"arrivals":"demand","served":"demand","queueDepth":"desk_queue"},"dispatchSchedule":{"kind":"time-based","periodBins":2}}"#
  )
}

@Test func `every field of semantics reaches the model`() throws {
  let fields = [
    "arrivals: demand", "served: demand", "errors: spoiled", "attempts: demand",
    "failures: spoiled", "exhaustedFailures: spoiled", "retryEcho: spoiled",
    "retryBudgetRemaining: demand", "retryKernel: [0, 0.5]", "external_demand: demand",
    "queueDepth: spoiled", "capacity: demand", "parallelism: 2", "processingTimeMsSum: demand",
    "servedCount: demand", "slaMin: 5", "maxAttempts: 3", "backoffStrategy: none",
    "exhaustedPolicy: drop", "aliases: {served: Sold}",
  ]
  let generated = try Generated(
    newest(
      "    - {id: Desk, kind: serviceWithBuffer, semantics: {\(fields.joined(separator: ", "))}}"))
  let semantics = try #require(
    generated.model["topology"]?["nodes"]?.items.first?["semantics"]?.entries)
  #expect(semantics.map(\.key.text) == SemanticsField.allCases.map(\.rawValue))
}

@Test(arguments: [
  ("mode: simulation", nil, nil), ("mode: Telemetry", nil, Mode.telemetry),
  ("mode: simulation", Mode.simulation, nil), ("mode: telemetry", .simulation, .simulation),
  ("generator: flowtime-sim", .telemetry, .telemetry),
])
func `the mode of a request stands in for the template's`(
  written: String, asked: Mode?, mode: Mode?
) {
  let text = newest("    - {id: Desk, kind: service, \(flows)}")
    .replacing("mode: simulation", with: written)
  let rendering = TemplateDocument(SourceText(text)).render([:], mode: asked, for: .generation)
  #expect(rendering.mode == mode)
  #expect(rendering.parameters.members.isEmpty)
}

@Test func `what a template presets of its provenance is ignored, with a warning`() throws {
  let generated = try Generated(
    newest("    - {id: Desk, kind: service, \(flows)}")
      .replacing("grid:", with: "provenance: {modelId: forged}\ngrid:"))
  #expect(generated.diagnostics.map(\.code.rawValue) == ["provenance-preset-ignored"])
  #expect(generated["provenance"] == nil)
}
