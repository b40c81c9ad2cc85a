import FlowModel
import Source
import Testing

@Test(arguments: [(66, []), (67, ["yaml-limit"])])
func `aliases cannot multiply a long text beyond its bound`(count: Int, limits: [String]) {
  // 64 MiB hold 67 repetitions, of which the anchor's own is one.
  let text = String(repeating: "x", count: 1_000_000)
  let aliases = Array(repeating: "*a", count: count).joined(separator: " , ")
  let reading = ModelReading(SourceText("x: &a \(text)\ny: [\(aliases)]\n"))
  #expect(reading.diagnostics.map(\.code.rawValue).filter { $0 == "yaml-limit" } == limits)
}
