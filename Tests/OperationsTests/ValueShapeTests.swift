import FlowModel
import JSON
import Operations
import Source
import TestSupport
import Testing

/// What YAML gives a meaning to, and what a careless writer forgets.
private let pieces = [
  "a", " ", "  ", "\n", "\r\n", "\r", "\t", ":", ": ", " #", "#", "- ", "-", "?", "? ", "[", "]",
  "{", "}",
  ",", "&", "*", "!", "|", ">", "'", "\"", "\\", "%", "@", "`", "---", "...", "${n}", "$${", "~",
  "null",
  "no", "1", ".", "e", "_", "0x", "é", "e\u{301}", "\u{212A}", "🚲", "\u{85}", "\u{2028}",
  "\u{FEFF}",
  "\u{0}", "\u{1B}", "\u{7F}", "\u{A0}", "=", "<<", "\u{FFFD}",
]

@Test func `no text in a value changes the shape of a model or of its record`() throws {
  let seed: UInt64 = 42
  var random = SplitMix64(seed: seed)
  let template = SourceText(
    """
    metadata: {id: shape}
    parameters:
      - {name: n, type: number, default: 1}
      - {name: s, type: string}
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes:
      - {id: whole, kind: const, values: [1], metadata: {text: "${s}x"}}
      - {id: inside, kind: const, values: [1], metadata: {text: "${n} + ${s} + 1"}}
    outputs: [{series: "*"}]

    """)
  for round in 0..<400 {
    let value = (0..<Int.random(in: 0..<8, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }.joined()
    let place: Comment = "seed \(seed), round \(round): \(value.debugDescription)"
    let result = try GenerateModel.run(
      GenerateModel.Request(
        template: .text(template), parameters: ["s": .string(value)], embedsProvenance: true),
      in: Snapshot(), issuer: Bundle.noon)
    let reading = ModelReading(result.model)
    #expect(reading.diagnostics == [], place)
    let model = try #require(reading.data, place)
    #expect(
      model.entries.map(\.key.text) == ["schemaVersion", "provenance", "grid", "nodes", "outputs"],
      place)
    let texts = (model["nodes"]?.items ?? []).map {
      ExactString($0["metadata"]?["text"]?.string ?? "")
    }
    #expect(texts == [ExactString(value + "x"), ExactString("1 + \(value) + 1")], place)
    #expect(try ExtractProvenance.run(result.model).record == result.provenance, place)
  }
}
