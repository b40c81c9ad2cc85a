import Source
import Testing
import YAML

private func parse(_ text: String, _ change: (inout YAMLLimits) -> Void) -> YAMLTree {
  var limits = YAMLLimits()
  change(&limits)
  return YAMLTree(parsing: SourceText(text), limits: limits)
}

private func isLossless(_ tree: YAMLTree) -> Bool {
  tree.tokens.reduce(0) { $0 == $1.range.start ? $1.range.end : -1 } == tree.text.count
}

@Test func `a text may be as long as its limit`() {
  for (limit, codes) in [(3, [DiagnosticCode.yamlLimit]), (4, []), (5, [])] {
    let tree = parse("a: 1") { $0.textLengthMax = limit }
    #expect(tree.diagnostics.map(\.code) == codes, "\(limit)")
    #expect(isLossless(tree))
    #expect(tree.documents.count == 1)
  }
}

@Test(arguments: [
  "[[[a]]]", "- - - a", "a:\n b:\n  c: d", "{a: {b: {c: d}}}", "- [{a: b}]", "? ? ? a",
  "a: [b: c]",
])
func `collections may be nested as deep as the limit`(text: String) {
  for (limit, codes) in [(2, [DiagnosticCode.yamlLimit]), (3, []), (4, [])] {
    let tree = parse(text) { $0.depthMax = limit }
    #expect(tree.diagnostics.map(\.code) == codes, "\(limit)")
    #expect(tree.diagnostics.allSatisfy { $0.message.contains("depthMax (2)") })
    #expect(isLossless(tree))
    #expect(tree.documents.count == 1)
    #expect(Array(tree.events).count > 4)
  }
}

@Test(arguments: ["[", "{a: ", "- ", "? ", "[{a: "])
func `nesting beyond all bounds is one complaint`(opening: String) {
  let tree = YAMLTree(
    parsing: SourceText(String(repeating: opening, count: 20_000) + "\n---\nb: 1\n"))
  #expect(tree.diagnostics.filter { $0.code == .yamlLimit }.count == 1)
  #expect(tree.diagnostics.count <= 2)
  #expect(isLossless(tree))
  #expect(tree.documents.last?.entries.first?.key.string == "b")
}

@Test func `diagnostics end with one that names their limit`() {
  let text = String(repeating: "a: b: c\n", count: 8)
  for (limit, count) in [(0, 1), (3, 4), (20, 15)] {
    let tree = parse(text) { $0.diagnosticCountMax = limit }
    #expect(tree.diagnostics.count == count, "\(limit)")
    #expect(tree.diagnostics.contains { $0.code == .yamlLimit } == (limit < 15), "\(limit)")
  }
}

@Test func `aliases count as what they name`() {
  // Ten nodes under a, ten times a under b: 1 + 2 keys + 11 + 1 + 10 * 11.
  let text = "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nb: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
  for (limit, codes) in [(124, [DiagnosticCode.yamlLimit]), (125, []), (126, [])] {
    #expect(
      parse(text) { $0.aliasNodeCountMax = limit }.diagnostics.map(\.code) == codes, "\(limit)")
  }
}

@Test func `an alias bomb is refused at the alias that goes too far`() throws {
  var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
  for level in 1...30 {
    text +=
      "a\(level): &a\(level) ["
      + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
  }
  let tree = YAMLTree(parsing: SourceText(text))
  #expect(tree.diagnostics.map(\.code) == [.yamlLimit])
  #expect(try #require(tree.diagnostics.first).message.contains("aliasNodeCountMax (1000000)"))
  #expect(tree.hasAliases)
}

@Test(arguments: [
  "&a [*a]", "&a\n- b\n- *a\n", "&a {b: {c: *a}}", "x: &a\n  y: *a\n", "&a [&a [b], *a]",
])
func `an alias inside what it names is refused, if it is the last of its name`(text: String) {
  let tree = YAMLTree(parsing: SourceText(text))
  #expect(tree.diagnostics.map(\.code) == (text.contains("[b]") ? [] : [.yamlLimit]))
}
