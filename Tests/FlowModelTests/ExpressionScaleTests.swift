import FlowModel
import Source
import Testing

/// A model of expressions that read one another.
private func model(_ count: Int, _ expression: (Int) -> String) -> SourceText {
  var text = "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: days}\nnodes:\n"
  text += "- {id: n0, kind: const, values: [1]}\n"
  for place in 1..<count {
    text += "- {id: n\(place), kind: expr, expr: \"\(expression(place))\"}\n"
  }
  return SourceText(text)
}

@Test func `a long chain of nodes is no cycle, and a long cycle is one`() {
  let count = 5_000
  #expect(ModelReading(model(count) { "n\($0 - 1) + 1" }).diagnostics == [])
  let findings = ModelReading(model(count) { "n\($0 == 1 ? count - 1 : $0 - 1) + n0" }).diagnostics
  #expect(findings.map(\.code.rawValue) == ["expr-cycle"])
  #expect(findings.first?.related.count == 10)
  #expect(findings.first?.message.contains("n1 -> n4999 -> n4998 -> ") == true)
  #expect(findings.first?.message.contains(" -> … -> n1 is a cycle") == true)
}

@Test func `nodes that read their own past cost in proportion to their number`() {
  func seconds(_ count: Int) -> Duration {
    var text = "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: days}\nnodes:\n"
    for place in 0..<count {
      text += "- {id: n\(place), kind: expr, expr: \"SHIFT(n\(place), 1)\"}\n"
    }
    text += "topology:\n  nodes:\n"
    for place in 0..<count {
      text +=
        "  - {id: T\(place), kind: service, initialCondition: {queueDepth: 0}, "
        + "semantics: {arrivals: n0, served: n0, queueDepth: n\(place)}}\n"
    }
    let source = SourceText(text)
    #expect(ModelReading(source).diagnostics == [])
    let clock = ContinuousClock()
    return (0..<3).map { _ in clock.measure { _ = ModelReading(source) } }.min() ?? .zero
  }
  // Four times the nodes may cost ten times the time on a busy machine, but not sixteen times.
  #expect(seconds(4_000) < seconds(1_000) * 10)
}

@Test func `a long chain of queues is no cycle, and a long cycle is one`() {
  func model(end: String) -> SourceText {
    var text = "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: days}\nnodes:\n"
    text += "- {id: a, kind: const, values: [1]}\n"
    for place in 0..<5_000 {
      let inflow = place == 0 ? end : "q\(place - 1)"
      text += "- {id: q\(place), kind: serviceWithBuffer, inflow: \(inflow), outflow: a}\n"
    }
    return SourceText(text)
  }
  #expect(ModelReading(model(end: "a")).diagnostics == [])
  let findings = ModelReading(model(end: "q4999")).diagnostics
  #expect(findings.map(\.code.rawValue) == ["expr-cycle"])
  #expect(findings.first?.path == "nodes[1].inflow")
  #expect(
    findings.first?.message.hasSuffix("put a node between them whose expression is SHIFT(x, 1)")
      == true)
}

@Test func `of nodes that all read one another one cycle is told`() {
  let all = (1..<40).map { "n\($0)" }
  let findings = ModelReading(
    model(40) { place in all.filter { $0 != "n\(place)" }.joined(separator: " + ") }
  ).diagnostics
  #expect(findings.map(\.code.rawValue) == ["expr-cycle"])
  #expect(findings.first?.message.hasPrefix("n1 -> n2 -> n1 is a cycle") == true)
  #expect(findings.first?.related.map(\.message) == ["'n2' reads 'n1' here"])
}
