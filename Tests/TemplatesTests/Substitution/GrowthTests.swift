import FlowModel
import JSON
import Source
import Templates
import Testing

private func template(parameters: String, nodes: String) -> SourceText {
  SourceText(
    """
    metadata: {id: demo}
    parameters:
    \(parameters)
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes:
    \(nodes)
    outputs: [{series: n0}]

    """)
}

private func codes(_ text: SourceText, _ values: JSONObject = JSONObject()) -> [String] {
  Rendered(text, values).besideExpressions.map(\.code.rawValue)
}

@Test(arguments: [-1, 0, 1])
func `texts that values are put into grow up to their bound`(beyond: Int) {
  let text = template(
    parameters: "  - {name: s, type: string}\n  - {name: t, type: string}",
    nodes: "  - {id: n0, kind: expr, expr: \"\(String(repeating: "${s}", count: 16))${t}\"}")
  let values: JSONObject = [
    "s": .string(String(repeating: "x", count: (1 << 20) - 1)),
    "t": .string(String(repeating: "x", count: 16 + beyond)),
  ]
  #expect(codes(text, values) == (beyond > 0 ? ["model-too-large"] : []))
}

@Test func `many references to a long text cannot fill the memory`() {
  let text = template(
    parameters: "  - {name: s, type: string}",
    nodes: "  - {id: n0, kind: expr, expr: \"\(String(repeating: "${s}", count: 20_000))\"}")
  let values: JSONObject = ["s": .string(String(repeating: "x", count: 1 << 20))]
  #expect(codes(text, values) == ["model-too-large"])
}

@Test(arguments: [0, 1])
func `lists that values bring grow up to their bound, whatever their length`(beyond: Int) {
  let text = template(
    parameters: "  - {name: xs, type: array}\n  - {name: ys, type: array}",
    nodes: (0..<19).map { "  - {id: n\($0), kind: const, values: '${xs}'}\n" }.joined()
      + "  - {id: last, kind: const, values: '${ys}'}")
  let values: JSONObject = [
    "xs": .array(Array(repeating: 1, count: 100_000)),
    "ys": .array(Array(repeating: 1, count: 100_000 + beyond)),
  ]
  #expect(codes(text, values).contains("model-too-large") == (beyond > 0))
}

@Test func `a text of nothing but openings is read once`() {
  let count = 50_000
  let text = ReferenceText(String(repeating: "${", count: count))
  #expect(text?.segments.count == count)
}

@Test(
  arguments: [
    ("${${a}", [.reference("${a")]),
    ("${a\n${b}", [.unclosed, .literal("a\n"), .reference("b")]),
    ("${${\n${b}", [.unclosed, .unclosed, .literal("\n"), .reference("b")]),
    ("${a}${b", [.reference("a"), .unclosed, .literal("b")]),
    ("${\n}${a}", [.unclosed, .literal("\n}"), .reference("a")]),
    ("$${a}${b}", [.literal("${a}"), .reference("b")]),
  ] as [(String, [ReferenceText.Segment])])
func `a reference ends at its brace, on its line`(text: String, segments: [ReferenceText.Segment]) {
  #expect(ReferenceText(text)?.segments == segments)
}
