import FlowModel
import JSON
import Source
import Templates
import TestSupport
import Testing

/// An expression that a text in place of `${f}` breaks, with marks around what is to blame.
private struct Brought: Sendable, CustomTestStringConvertible {
  let expression: String
  let value: String

  var testDescription: String { "\(expression) with '\(value)'" }
}

private let cases = [
  Brought(expression: "a * «${f}» + a", value: "1+"),
  Brought(expression: "a * «${f}» + a", value: ""),
  Brought(expression: "\"a * «${f}» + a\"", value: "1 *"),
  Brought(expression: "a * «${f}»", value: ""),
  Brought(expression: "a * (1 + «${f}») + a", value: "1))"),
  Brought(expression: "a * «${f}» + ${g}", value: "(1"),
  Brought(expression: "MIN(a, «${f}»)", value: ""),
  Brought(expression: "MIN(a, «${f}»)", value: "a, a"),
  Brought(expression: "a * 0.«${f}»", value: "5 5"),
]

@Test(arguments: cases)
private func `what a value breaks is blamed at its reference and has no fix`(brought: Brought)
  throws
{
  let marked = MarkedText(
    """
    metadata: {id: values}
    parameters:
      - {name: f, type: string, default: "2"}
      - {name: g, type: integer, default: 2}
    grid: {bins: 3, binSize: 1, binUnit: days}
    nodes:
      - {id: a, kind: const, values: [1, 2, 3]}
      - id: b
        kind: expr
        expr: \(brought.expression)
    outputs:
      - {series: "*", description: "${g}"}

    """)
  let document = TemplateDocument(marked.text)
  #expect(document.render([:], for: .generation).diagnostics == [])
  let found = document.render(["f": .string(brought.value)], for: .generation).diagnostics
  #expect(
    found.map { MarkedText.excerpt(of: marked.text, $0.range) }
      == marked.ranges.map { MarkedText.excerpt(of: marked.text, $0) })
  #expect(found.allSatisfy { $0.fixIts.isEmpty && $0.message.contains("does not fit here") })
}
