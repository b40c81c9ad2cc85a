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

@Test func `of nodes that all read one another one cycle is told`() {
  let all = (1..<40).map { "n\($0)" }
  let findings = ModelReading(
    model(40) { place in all.filter { $0 != "n\(place)" }.joined(separator: " + ") }
  ).diagnostics
  #expect(findings.map(\.code.rawValue) == ["expr-cycle"])
  #expect(findings.first?.message.hasPrefix("n1 -> n2 -> n1 is a cycle") == true)
  #expect(findings.first?.related.map(\.message) == ["'n2' reads 'n1' here"])
}
