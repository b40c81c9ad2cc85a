import FlowModel
import JSON
import Source
import Templates
import Testing

private let template = """
  metadata: {id: shop, title: Shop, version: 1.0.0}
  parameters:
    - {name: bins, type: integer, default: 3, min: 1, max: 9}
    - {name: low, type: number, default: 10}
    - {name: share, type: number, default: 0.5, enum: [0.5, 0.25]}
    - {name: rest, type: number, default: 0.5, enum: [0.5, 0.25, 0.75]}
    - {name: curve, type: string, default: three-shift}
    - {name: weights, type: array, default: [1, 2], fit: repeat}
    - {name: desk, type: string, default: Desk}
    - {name: flow, type: string, default: picked}
    - {name: extra, type: string, default: extra}
    - {name: start, type: string, default: "2025-01-01T00:00:00Z"}
    - {name: period, type: integer, default: 2}
  window: {start: "${start}", timezone: UTC}
  grid: {bins: "${bins}", binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: pmf, pmf: {values: ["${low}", 30], probabilities: [0.5, 0.5]}, profile: {name: "${curve}"}}
    - {id: picked, kind: pmf, pmf: {values: [1, 3], probabilities: ["${share}", "${rest}"]}, profile: {kind: inline, weights: "${weights}"}}
    - {id: "${extra}", kind: expr, expr: "1"}
  outputs: [{series: "*"}]
  topology:
    nodes:
      - {id: "${desk}", kind: queue, dispatchSchedule: {periodBins: "${period}"}, semantics: {arrivals: demand, served: "${flow}"}}
      - {id: Shop, kind: sink, semantics: {arrivals: demand, errors: "${flow}"}}
    edges: [{from: "${desk}", to: Shop}]

  """

private func model(_ values: JSONObject) throws -> DataNode {
  let rendering = TemplateDocument(SourceText(template)).render(values, for: .generation)
  #expect(rendering.isValid, "\(rendering.diagnostics)")
  return try #require(rendering.model)
}

/// Every scalar with the parameters it comes from, by its path.
private func scalars(_ node: DataNode, _ path: String = "") -> [String: (DataNode, Set<String>)] {
  switch node.content {
  case .mapping(let entries):
    return entries.reduce(into: [:]) { all, entry in
      all.merge(scalars(entry.value, path + "." + entry.key.text)) { first, _ in first }
    }
  case .sequence(let items):
    return items.enumerated().reduce(into: [:]) { all, item in
      all.merge(scalars(item.element, path + ".\(item.offset)")) { first, _ in first }
    }
  default: return [path: (node, Set(node.causes.map(\.text)))]
  }
}

@Test(
  arguments: [
    ("bins", 4, ["grid.bins", "nodes.0.values.1", "nodes.1.values.0"]),
    ("low", 20, ["nodes.0.values.0", "nodes.0.metadata.pmf.expected"]),
    ("curve", "hub-rush-hour", ["nodes.0.values.2", "nodes.0.metadata.profile.name"]),
    ("weights", [3, 1, 5], ["nodes.1.values.0", "nodes.1.values.2"]),
    (
      "desk", "Counter",
      [
        "nodes.3.id", "topology.nodes.0.semantics.queueDepth", "topology.edges.0.from",
        "outputs.3.series",
      ]
    ),
    (
      "flow", "demand",
      ["nodes.3.outflow", "nodes.4.expr", "topology.nodes.0.semantics.served"]
    ),
    ("extra", "desk_queue", ["nodes.2.id", "nodes.3.id", "topology.nodes.0.semantics.queueDepth"]),
    ("start", "2026-01-01T00:00:00Z", ["grid.start"]),
    (
      "period", 3,
      ["topology.nodes.0.dispatchSchedule.periodBins", "nodes.3.dispatchSchedule.periodBins"]
    ),
  ] as [(String, JSONValue, [String])])
func `a scalar that differs has the parameter that differs among its causes`(
  name: String, value: JSONValue, paths: [String]
) throws {
  let old = scalars(try model([:]))
  let new = scalars(try model(JSONObject([JSONMember(name, value)])))
  var changed: Set<String> = []
  for (path, (node, causes)) in old {
    guard let (other, otherCauses) = new[path], other.content != node.content else { continue }
    changed.insert(String(path.dropFirst()))
    // A list that became longer or shorter moves what follows it.
    if name == "flow", path.hasPrefix(".outputs") { continue }
    #expect(causes.contains(name) && otherCauses.contains(name), "\(path): \(causes)")
  }
  for path in paths { #expect(changed.contains(path), "\(path) in \(changed.sorted())") }
}

/// A template in which a value decides what is made.
private func decided(_ parameter: String, node: String, nodes: String = "") -> String {
  newest(
    "    - {id: Shop, \(node)}", parameters: "{name: p, type: string, default: \(parameter)}",
    nodes: nodes)
}

@Test(arguments: [
  ("queue", "kind: '${p}', semantics: {arrivals: demand, served: picked}", "queueDepth"),
  (
    "queue",
    "kind: '${p}', dispatchSchedule: {periodBins: 2}, semantics: {arrivals: demand, served: picked, queueDepth: self}",
    "queueDepth"
  ),
  (
    "self", "kind: queue, semantics: {arrivals: demand, served: picked, queueDepth: '${p}'}",
    "queueDepth"
  ),
  ("sink", "kind: '${p}', semantics: {arrivals: demand, errors: spoiled}", "served"),
  (
    "sink", "kind: service, nodeRole: '${p}', semantics: {arrivals: demand, errors: spoiled}",
    "served"
  ),
  ("' '", "kind: sink, semantics: {arrivals: demand, served: '${p}', errors: spoiled}", "served"),
])
func `what a value decides to make has its parameter among its causes`(
  value: String, node: String, field: String
) throws {
  let model = try Generated(decided(value, node: node)).model
  let made = try #require(model["nodes"]?.items.last)
  for (path, (_, causes)) in scalars(made) { #expect(causes == ["p"], "\(path)") }
  let semantics = model["topology"]?["nodes"]?.items.first?["semantics"]
  let name = try #require(semantics?[ExactString(field)])
  #expect(name.causes == ["p"])
  #expect(semantics?["arrivals"]?.causes == [])
  let output = model["outputs"]?.items.first { $0["series"]?.string == name.string }
  #expect(output?["series"]?.causes == ["p"])
}

@Test func `what a kind alone brings has its parameter among its causes`() throws {
  let sink = try Generated(decided("sink", node: "kind: '${p}', semantics: {arrivals: demand}"))
  let served = sink.model["topology"]?["nodes"]?.items.first?["semantics"]?["served"]
  #expect(served?.causes == ["p"])
  let buffer = try Generated(
    decided(
      "serviceWithBuffer",
      node: "kind: '${p}', semantics: {arrivals: demand, served: picked, queueDepth: line}"))
  let semantics = buffer.model["topology"]?["nodes"]?.items.first?["semantics"]
  #expect(semantics?["parallelism"]?.causes == ["p"])
  // The author's own word, whatever is made.
  #expect(semantics?["queueDepth"]?.causes == [])
}

@Test(arguments: [
  ("other_${p}", []), ("${p}_other", []), ("shop_${p}", ["p"]), ("${p}", ["p"]),
  ("${p}queue", ["p"]), ("sh${p}ue", ["p"]), ("shop_queue${p}x", []), ("shop_queue_${p}", []),
])
func `a made name has the parameters of ids that are or may be in its way`(
  id: String, causes: [ExactString]
) throws {
  for quote in ["", "\"", "'"] {
    let model = try Generated(
      decided(
        "a1", node: "kind: queue, semantics: {arrivals: demand, served: picked}",
        nodes: "  - id: \(quote)\(id)\(quote)\n    kind: expr\n    expr: 1"))
    #expect(model.model["nodes"]?.items.last?["id"]?.causes == causes)
  }
}

@Test func `a made name that is the second choice has the parameters of all that were tried`()
  throws
{
  let generated = try Generated(
    newest(
      "    - {id: Shop, kind: queue, semantics: {arrivals: demand, served: picked}}",
      parameters:
        "{name: p, type: string, default: queue}, {name: q, type: string, default: '1'}, {name: r, type: string, default: x}",
      nodes:
        "  - {id: 'shop_${p}', kind: expr, expr: 1}\n  - {id: 'shop_queue_${q}', kind: expr, expr: 1}\n  - {id: 'shop_queue_2_${r}', kind: expr, expr: 1}"
    ))
  let id = try #require(generated.model["nodes"]?.items.last?["id"])
  #expect(id.string == "shop_queue_2")
  #expect(id.causes == ["p", "q"])
}

@Test func `names that many ids may take cost in proportion to their number`() throws {
  func seconds(_ count: Int) throws -> Duration {
    let places = 0..<count
    let desks = places.map {
      "    - {id: 'Desk\($0)_${p\($0)}', kind: queue, semantics: {arrivals: demand, served: picked}}"
    }
    let document = TemplateDocument(
      SourceText(
        newest(
          desks.joined(separator: "\n") + "\n  edges: [{from: Desk0_x, to: Desk1_x}]",
          parameters: places.map { "{name: p\($0), type: string, default: x}" }.joined(
            separator: ", "),
          nodes: places.map { "  - {id: '${p\($0)}_\($0)', kind: expr, expr: 1}" }.joined(
            separator: "\n"))))
    let model = try #require(document.render([:], for: .generation).model)
    #expect(model["nodes"]?.items.last?["id"]?.causes.last?.text == "p\(count - 1)")
    let clock = ContinuousClock()
    return (0..<3).map { _ in
      clock.measure { _ = document.render([:], for: .generation) }
    }.min() ?? .zero
  }
  #expect(try seconds(2_000) < seconds(500) * 10)
}

@Test func `what is made of nothing that varies has no causes`() throws {
  let scalars = scalars(try model([:]))
  #expect(scalars[".nodes.3.metadata.graph.hidden"]?.1 == [])
  #expect(scalars[".nodes.3.inflow"]?.1 == [])
  #expect(scalars[".nodes.0.values.0"]?.1 == ["bins", "low", "curve"])
  #expect(scalars[".nodes.1.values.0"]?.1 == ["bins", "share", "rest", "weights"])
  #expect(scalars[".nodes.1.metadata.pmf.expected"]?.1 == ["share", "rest"])
  #expect(scalars[".nodes.3.id"]?.1 == ["desk", "extra"])
}

@Test func `what is made points at what it is made of`() throws {
  let text = SourceText(
    newest(
      """
          - {id: Desk, kind: queue, semantics: {arrivals: demand, served: picked, queueDepth: self}}
          - {id: Shop, kind: sink, semantics: {arrivals: demand, errors: spoiled}}
        edges: [{from: Desk, to: Shop}]
      """))
  let model = try #require(TemplateDocument(text).render([:], for: .generation).model)
  func excerpt(_ path: String) -> String? {
    let node = path.split(separator: ".").reduce(model as DataNode?) { node, step in
      Int(step).flatMap { index in node?.items[index] } ?? node?[ExactString(String(step))]
    }
    return node.map { String(decoding: text.bytes[$0.range.start..<$0.range.end], as: UTF8.self) }
  }
  #expect(excerpt("nodes.3.id") == "self")
  #expect(excerpt("nodes.3.kind") == "self")
  #expect(excerpt("nodes.3.inflow") == "demand")
  #expect(excerpt("nodes.4.id") == "Shop")
  #expect(excerpt("nodes.4.expr") == "Shop")
  #expect(excerpt("topology.nodes.0.semantics.queueDepth") == "self")
  #expect(excerpt("topology.nodes.1.semantics.served") == "Shop")
  #expect(excerpt("grid.start") == #""2025-01-01T00:00:00Z""#)
}
