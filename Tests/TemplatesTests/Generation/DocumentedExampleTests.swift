import FlowModel
import TestSupport
import Testing

/// What the examples of the page leave out.
private let rest = """
  metadata: {id: shop, title: Shop, version: 1.0.0}
  window: {start: "2025-01-01T00:00:00Z", timezone: UTC}
  grid: {bins: 3, binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: [30, 50, 20]}
    - {id: picked, kind: expr, expr: "MIN(demand, 40)"}
    - {id: spoiled, kind: const, values: [0, 5, 0]}
  outputs: [{series: "*"}]
  topology: {nodes: [{id: Desk, kind: service, semantics: {arrivals: demand, served: demand}}]}

  """

/// Top-level keys with their text.
private func sections(_ text: some StringProtocol) -> [(key: Substring, text: Substring)] {
  String(text)[...].matches(of: /(?m)^([a-zA-Z]+):.*\n(?: .*\n)*/).map { ($0.1, $0.0) }
}

@Test func `every example of generation in the template reference gives what the page says`() throws
{
  let page = try PackageFolder.text("docs/reference/template.md")
  let examples = page.matches(
    of: /```yaml template\n([^`]*)```\n\ngives\n\n```yaml model\n([^`]*)```/)
  #expect(examples.count == 4)
  for example in examples {
    let keys = sections(example.1).map(\.key)
    let kept = sections(rest).filter { !keys.contains($0.key) }.map(\.text).joined()
    let model = sections(try Generated(kept + example.1).text)
    for promised in sections(example.2) {
      let made = try #require(model.first { $0.key == promised.key })
      #expect(made.text == promised.text)
    }
  }
}

@Test func `the curves of the template reference are those of the built-in profiles`() throws {
  let page = try PackageFolder.text("docs/reference/template.md")
  for curve in DayCurve.allCases {
    let cells = page.split(separator: "\n").filter { $0.hasPrefix("| `\(curve.rawValue)` |") }
      .flatMap {
        $0.split(separator: "|").dropFirst().compactMap { Double($0.filter { $0 != " " }) }
      }
    #expect(cells == curve.hourlyWeights)
  }
}
