import FlowModel
import JSON
import Source
import Templates
import Testing

private func topology(count: Int, bins: Int = 1) -> String {
  let nodes = (0..<count).map {
    "    - {id: Q\($0), kind: queue, semantics: {arrivals: n, served: n}}\n"
  }
  return """
    metadata: {id: large, title: Large, version: 1.0.0}
    window: {start: "2025-01-01T00:00:00Z", timezone: UTC}
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes: [{id: n, kind: const, values: [1]}]
    outputs: [{series: n}]
    topology:
      edges: [{from: Q0, to: Q1}]
      nodes:

    """ + nodes.joined()
}

@Test(arguments: [0, 1])
func `nodes are made up to their bound, which is said once`(beyond: Int) throws {
  let count = RenderingLimits.madeNodeCountMax + beyond
  let rendered = try Rendered(topology(count: count))
  #expect(rendered.codes == (beyond > 0 ? ["model-too-large"] : []))
  #expect(rendered.diagnostics.first?.path ?? "" == (beyond > 0 ? "topology.nodes[10000]" : ""))
}

@Test(arguments: [200, 201])
func `profiles and fitted lists have one bound together`(count: Int) throws {
  let nodes = (0..<count).map { number in
    number % 2 == 0
      ? "  - {id: n\(number), kind: const, values: \"${one}\"}\n"
      : "  - {id: n\(number), kind: pmf, pmf: {values: [1], probabilities: [1]}, profile: {name: three-shift}}\n"
  }
  let rendered = try Rendered(
    """
    metadata: {id: large}
    parameters: [{name: one, type: array, default: [1], fit: hold}]
    grid: {bins: 10000, binSize: 1, binUnit: days}
    outputs: [{series: "*"}]
    nodes:

    """ + nodes.joined())
  #expect(rendered.codes == (count > 200 ? ["model-too-large"] : []))
}

@Test func `a topology costs in proportion to its nodes`() throws {
  func seconds(_ count: Int) -> Duration {
    let document = TemplateDocument(SourceText(topology(count: count)))
    let clock = ContinuousClock()
    return (0..<3).map { _ in
      clock.measure { _ = document.render([:], for: .generation) }
    }.min() ?? .zero
  }
  // Four times the nodes may cost ten times the time on a busy machine, but not sixteen times.
  #expect(seconds(4_000) < seconds(1_000) * 10)
}

@Test func `queues of one name are numbered without counting from the start each time`() throws {
  let nodes = (0..<2_000).map {
    "    - {id: \"\(String(repeating: "_", count: $0))a\", kind: queue, semantics: {arrivals: demand, served: picked}}"
  }.joined(separator: "\n")
  let generated = try Generated(
    newest(nodes + "\n  edges: [{from: a, to: _a}]"))
  #expect(generated.ids("nodes").last == "a_queue_1999")
}
