import FlowModel
import JSON
import Source
import Templates
import TestSupport
import Testing

@Test(arguments: [
  ("self", SeriesReference.ownQueue), ("file:a b.csv", .file(path: "a b.csv")),
  ("file:", .file(path: "")), ("demand", .node("demand", class: nil)),
  ("series:demand", .node("demand", class: nil)), ("demand@gold", .node("demand", class: "gold")),
  ("series:demand@gold@x", .node("demand", class: "gold@x")), ("@gold", .node("", class: "gold")),
  ("Self", .node("Self", class: nil)), ("", .node("", class: nil)),
])
func `a series reference is a queue, a file, or a node with a class`(
  text: String, meaning: SeriesReference
) {
  #expect(SeriesReference(text) == meaning)
}

@Test(arguments: [
  ("demnd", "demand"), ("series:demnd", "series:demand"), ("demnd@gold", "demand@gold"),
  ("series:demnd@gold", "series:demand@gold"),
])
func `a node is replaced in a series reference and nothing else`(text: String, result: String) {
  #expect(SeriesReference.replacingNode(in: text, with: "demand") == result)
}

/// Topology nodes of which each overflows into the next, and the last into `end`.
private func chain(count: Int, end: String) -> SourceText {
  let nodes = (0..<count).map { number in
    let next = number + 1 < count ? "N\(number + 1)" : end
    return "    - {id: N\(number), kind: service, wipOverflow: \(next), "
      + "semantics: {arrivals: a, served: a}}\n"
  }
  return SourceText(
    """
    schemaVersion: 1
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes: [{id: a, kind: const, values: [1]}]
    topology:
      nodes:

    """ + nodes.joined())
}

@Test func `a long chain of overflows is no circle, and a long circle is found once`() throws {
  #expect(ModelReading(chain(count: 5_000, end: "loss")).diagnostics == [])
  let found = ModelReading(chain(count: 5_000, end: "N0")).diagnostics
  #expect(found.map(\.code.rawValue) == ["wip-overflow-cycle"])
  #expect(try #require(found.first).message.hasSuffix("'N8' -> 'N9' -> '…'"))
  let inside = ModelReading(chain(count: 5_000, end: "N4999")).diagnostics
  #expect(inside.map(\.path) == ["topology.nodes[4999].wipOverflow"])
}

@Test func `a fix that removes an entry leaves every other byte`() throws {
  let before =
    "topology: # all\r\n  nodes:\r\n    - id: Bank # one\r\n      kind: dependency\r\n"
    + "      semantics:\r\n        arrivals: a\r\n"
  let after = "        served: a # two\r\n"
  let head =
    "schemaVersion: 1\r\ngrid: {bins: 1, binSize: 1, binUnit: days}\r\n"
    + "nodes: [{id: a, kind: const, values: [1]}]\r\n"
  let text = SourceText(head + before + "        capacity: a\r\n" + after)
  let finding = try #require(ModelReading(text).diagnostics.first)
  #expect(finding.code.rawValue == "dependency-forbidden-field")
  let fix = try #require(finding.fixIts.first)
  #expect(text.applying(fix.edits)?.string == head + before + after)
}

/// References in a template; a value that a parameter brings is no mistake of the place where it is used.
@Test func `no fix takes a reference away`() throws {
  let rendered = try Rendered(
    """
    metadata: {id: demo, title: Demo, version: 1.0.0}
    parameters:
      - {name: unit, type: string, default: servd}
      - {name: limit, type: string, default: a}
    grid: {bins: 1, binSize: 1, binUnit: days, start: 2025-01-01T00:00:00Z}
    nodes: [{id: a, kind: const, values: [1]}, {id: served, kind: const, values: [1]}]
    outputs: [{series: a}]
    topology:
      nodes:
        - id: A
          kind: sink
          semantics: {arrivals: a, errors: "${unit}", capacity: "${limit}"}

    """)
  #expect(
    rendered.diagnostics.map(\.code.rawValue) == [
      "semantics-unknown-series", "sink-forbidden-field",
    ])
  #expect(rendered.diagnostics.flatMap(\.fixIts) == [])
}

@Test func `in telemetry a topology may lack what a simulation needs`() throws {
  let text = """
    metadata: {id: demo, title: Demo, version: 1.0.0}
    mode: telemetry
    window: {start: 2025-01-01T00:00:00Z}
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes: [{id: a, kind: const, source: "file://a.csv"}]
    outputs: [{series: a}]
    topology:
      nodes:
        - {id: A, kind: service, semantics: {errors: a}}
        - {id: B, kind: dependency, semantics: {served: file:b.csv}}
      edges: [{from: A, to: B}]

    """
  let template = TemplateDocument(SourceText(text))
  #expect(template.render([:], for: .inspection).diagnostics == [])
  let simulated = template.render([:], mode: .simulation, for: .inspection).diagnostics
  #expect(
    simulated.map(\.code.rawValue) == [
      "semantics-arrivals-required", "semantics-served-or-queue-required",
      "dependency-arrivals-served-required",
    ])
}
