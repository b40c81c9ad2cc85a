import Source
import Testing
import YAML

/// A broken text, in which `«»` mark what the one diagnostic covers, and the keys and values that are still read.
private struct Broken: Sendable, CustomTestStringConvertible {
  let marked: String
  let code: DiagnosticCode
  /// The content of all scalars, joined by blanks; nil where it does not matter.
  let scalars: String?

  init(_ marked: String, _ scalars: String? = nil, code: DiagnosticCode = .yamlSyntax) {
    self.marked = marked
    self.code = code
    self.scalars = scalars
  }

  var testDescription: String { marked.debugDescription }
}

private func scalars(_ tree: YAMLTree) -> String {
  tree.events.compactMap { event in
    if case .scalar(let text, _, _, _) = event { text } else { nil }
  }.joined(separator: " ")
}

/// Asserts that a text has one diagnostic, at the mark, whose fixes make it vanish, and that the tree is as wanted.
private func check(_ broken: Broken) throws {
  let bytes = Array(broken.marked.utf8)
  var text = bytes
  let open = try #require(bytes.indices.first { bytes[$0...].starts(with: "«".utf8) })
  text.removeSubrange(open..<open + 2)
  let close = try #require(text.indices.first { text[$0...].starts(with: "»".utf8) })
  text.removeSubrange(close..<close + 2)
  let tree = YAMLTree(parsing: SourceText(text))
  #expect(tree.diagnostics.map(\.code) == [broken.code], "\(tree.diagnostics.map(\.message))")
  let first = try #require(tree.diagnostics.first)
  #expect(first.range == ByteRange(open, close), "\(first.message)")
  #expect(first.severity == .error)
  for fix in first.fixIts {
    let fixed = try #require(tree.text.applying(fix.edits))
    #expect(
      !YAMLTree(parsing: fixed).diagnostics.contains { $0.message == first.message }, "\(fix.title)"
    )
  }
  if let wanted = broken.scalars { #expect(scalars(tree) == wanted) }
  #expect(tree.tokens.reduce(0) { $0 == $1.range.start ? $1.range.end : -1 } == text.count)
}

@Test(arguments: [
  Broken("a: «\"»x\nb: 1\n", "a x b 1"), Broken("a: «'»x\nb: 1\n", "a x b 1"),
  Broken("a: [\"x\", «\"»y]\nb: 1\n", "a x y b 1"), Broken("«\"»a: 1\nb: 2\n", "a 1 b 2"),
  Broken("a: [«'»x, y]\nb: 1", "a x y b 1"),
  Broken("- {a: «\"»x, b: 1}\n- \"d\"\n", "a x b 1 d"),
])
private func `a quote that is not closed ends on its line`(broken: Broken) throws {
  try check(broken)
}

@Test(arguments: [
  Broken("a: «[»1, 2\nb: 3\n", "a 1 2 b 3"), Broken("a: «{»x: 1\nb: 3\n", "a x 1 b 3"),
  Broken("- a: «[»1\n  b: [2]\n- c", "a 1 b 2 c"),
  Broken("a: «[»1, {b: 2}\nc: d", "a 1 b 2 c d"), Broken("«[»1, 2", "1 2"),
  Broken("a: [1, {b: 2«]»\nc: d", "a 1 b 2 c d"),
  Broken("a: [1«}»\nb: 2", "a 1 b 2"), Broken("a: 1\nb: [2] «]»\nc: 3", "a 1 b 2 c 3"),
  Broken("a: [1, «,» 2]", "a 1 2"),
  Broken("a: [«,» 1]", "a 1"), Broken("a: [1 «[»2]]", "a 1 2"), Broken("a: {b: 1 c«:» 2}", nil),
])
private func `a bracket that is missing or too many is complained about once`(broken: Broken) throws
{ try check(broken) }

@Test(arguments: [
  Broken("a:\n  b: 1\n« »c: 2\nd: 3\n", "a b 1 c 2 d 3"),
  Broken("a:\n  b: 1\n  c: 1\n«   »d: 2\ne: 3", "a b 1 c 1 d 2 e 3"),
  Broken("a: 1\nb: 2\n«  »c: 3\nd: 4", "a 1 b 2 c 3 d 4"),
  Broken("a:\n«   »b: 1\n  c: 2\n  d: 3\n", "a b 1 c 2 d 3"),
  Broken("x:\n  - a: 1\n    b: 2\n« »- c: 3\n", "x a 1 b 2 c 3"),
  Broken("k: [a,\n«b»]\n", "k a b"), Broken("k: [!!str\n«b»]\n", "k b"),
  Broken("k: {!!str\n«}»\n", nil), Broken("k: [&a\n«,»\n  b]\n", nil),
])
private func `a line in the wrong column is still read`(broken: Broken) throws { try check(broken) }

@Test(arguments: [
  Broken("a:\n«\t»b: 1\nc: 2\n", "a b 1 c 2"),
  Broken("a:\n  b: 1\n«\t»c: 2\nd: 3\n", "a b 1 c 2 d 3"), Broken("-«\t»- a\n", "a"),
  Broken("a: |\n  x\n«\t»\nb: 1\n", "a x\n b 1"),
])
private func `a tab in the indentation is complained about once`(broken: Broken) throws {
  try check(broken)
}

@Test(arguments: [
  Broken("a: 1\n«b»\nc: 2\n", "a 1 b  c 2"), Broken("«a»\nb: 1\n", "a  b 1"),
  Broken("«a»\n  b: 1\nc: 2", "a b 1 c 2"), Broken("a«:»1\nb: 2\n", "a 1 b 2"),
  Broken("a: 1\nb«:»2\n", "a 1 b 2"), Broken("- name«:»x\n  kind: y\n", "name x kind y"),
  Broken("- «name»\n  kind: y\n", "name  kind y"),
  Broken("a: b«:» c\nd: e", "a b: c d e"), Broken("a: 'b'«:» c\nd: e", "a b d e"),
  Broken("a: 1\n«-» b", "a 1  b"),
  Broken("a: \"b\" «c»\nd: e", "a b d e"), Broken("a: b\n«c»\n", "a b c "),
  Broken("a: «@»b\nc: d", "a @b c d"), Broken("a: «%»b", "a %b"),
  Broken("key: «-» a\n     - b\n", "key a b"),
  Broken("a: \"x\"«#» c\nb: 1", "a x b 1"),
])
private func `a half-typed entry is still an entry`(broken: Broken) throws { try check(broken) }

/// Texts whose one finding has a fix, and what that makes of them; nil where it is not certain what is meant.
@Test(arguments: [
  ("a: 1\nb\nc: 2\n", "a: 1\nb:\nc: 2\n"), ("a: 1\nb x\nc: 2\n", "a: 1\nb: x\nc: 2\n"),
  ("- a: 1\n  max ${x}\n", "- a: 1\n  max: ${x}\n"), ("a: 1\nb  -2 # c\n", "a: 1\nb:  -2 # c\n"),
  ("a: 1\nb [1, {c]\n", nil), ("a: 1\nb [1, [2]]\n", "a: 1\nb: [1, [2]]\n"),
  ("a: 1\nb \"c d\"\n", "a: 1\nb: \"c d\"\n"), ("a: 1\nb 'c\n", nil), ("a: 1\nb [c\n", nil),
  ("a: 1\nb c d\n", "a: 1\nb: c d\n"), ("a: 1\nb 06:00\n", "a: 1\nb: 06:00\n"),
  ("a: 1\nb, c\nd: 2\n", nil), ("a: 1\nb = c\n", nil), ("a: 1\nb,\n", nil), ("a: 1\n${x}\n", nil),
  ("a: 1\nb @c\n", nil), ("a: 1\nb - c\n", nil), ("a: 1\n\"b\" \"c\"\n", "a: 1\n\"b\": \"c\"\n"),
  ("{\"a\" \"b\"}\n", nil), ("{a: 1, \"b\" 2}\n", nil), ("{a: \"b\" c: 2}\n", "{a: \"b\", c: 2}\n"),
  ("[\"a\" \"b\"]\n", "[\"a\", \"b\"]\n"), ("a: ,0.25, 0.5]\n", nil), ("a: @b\n", "a: '@b'\n"),
])
func `a sign is put in only where it is certain to be missing`(text: String, mended: String?) throws
{
  let tree = YAMLTree(parsing: SourceText(text), placeholders: true)
  let fixes = tree.diagnostics.flatMap(\.fixIts)
  #expect(!tree.diagnostics.isEmpty)
  #expect(fixes.count == (mended == nil ? 0 : 1), "\(tree.diagnostics.map(\.message))")
  if let fix = fixes.first {
    let result = try #require(tree.text.applying(fix.edits))
    #expect(result.string == mended)
    #expect(YAMLTree(parsing: result, placeholders: true).diagnostics == [])
  }
}

@Test func `a conflict is complained about once and its first side is read`() throws {
  try check(
    Broken("a: 1\n«<<<<<<< ours»\nb: 2\n=======\nb: 3\n>>>>>>> theirs\nc: 4\n", "a 1 b 2 c 4"))
  try check(
    Broken("«<<<<<<< ours»\na: 1\n=======\na: 2\n>>>>>>> theirs\nb: 3\n", "<<<<<<< ours  a 1 b 3"))
  #expect(YAMLTree(parsing: SourceText("Title\n=======\n")).diagnostics.isEmpty)
  #expect(YAMLTree(parsing: SourceText("a: 1\n<<<<<<< b: 2\n")).diagnostics.isEmpty)
  try check(Broken("a: 1\n«>>>>>>> theirs»\nb: 2\n", "a 1 b 2"))
}

@Test(arguments: [
  Broken("a: \"«\\q»\"", nil), Broken("a: \"«\\x»Z\"", nil), Broken("--- |«0»\n", nil),
  Broken("«%YAML 1.2»\n", nil), Broken("&a «&b» c", nil), Broken("- &a x\n- «&b» *a", nil),
  Broken("--- a\n... «b»\n", "a"),
  Broken("a: [b,«#»c\n  d]", "a b d"), Broken("- !a«{»}", nil), Broken("--- «a:» 1", "a 1"),
])
private func `each broken production has its place`(broken: Broken) throws { try check(broken) }

@Test(arguments: [
  Broken("a: «*b»", code: .yamlAliasUndefined),
  Broken("&a a\n---\n«*a»", code: .yamlAliasUndefined),
  Broken("«!e!»x a", code: .yamlTagHandleUndefined),
  Broken("%TAG !e! tag:e\n---\na\n---\n«!e!»x a", code: .yamlTagHandleUndefined),
  Broken("a: 1\n«a»: 2", code: .yamlKeyDuplicate),
  Broken("a: 1\nb: 2\n«\"\\x61\"»: 2", code: .yamlKeyDuplicate),
  Broken("{a: 1, «'a'»: 2}", code: .yamlKeyDuplicate), Broken("a: b«\u{1}»c", code: .yamlEncoding),
  Broken("a: b«\u{7F}»c", code: .yamlEncoding), Broken("a: «\u{FEFF}»b", code: .yamlEncoding),
  Broken("&a [b, «*a»]", code: .yamlLimit),
])
private func `other findings have their codes`(broken: Broken) throws { try check(broken) }

@Test func `canonically equal keys are different keys`() {
  #expect(
    YAMLTree(parsing: SourceText("\u{E9}: 1\ne\u{301}: 2\nK: 1\n\u{212A}: 2\n")).diagnostics.isEmpty
  )
}

@Test(
  arguments: [
    ([0x61, 0xFF, 0x62], ByteRange(1, 2)), ([0x22, 0xC3, 0x22], ByteRange(1, 2)),
    ([0xED, 0xA0, 0x80], ByteRange(0, 3)),
    ([0x61, 0xC0, 0xAF], ByteRange(1, 3)), ([0xFF, 0xFE, 0x61, 0x00], ByteRange(0, 2)),
    ([0x00, 0x00, 0xFE, 0xFF, 0x00], ByteRange(0, 4)),
    ([0x61, 0x00, 0x62, 0x00], ByteRange(0, 2)),
  ] as [([UInt8], ByteRange)])
func `bytes that are not UTF-8 are an encoding fault`(bytes: [UInt8], range: ByteRange) throws {
  let tree = YAMLTree(parsing: SourceText(bytes))
  #expect(tree.diagnostics.map(\.code) == [.yamlEncoding])
  #expect(tree.diagnostics.first?.range == range)
  #expect(tree.documents.count == 1)
  #expect(tree.tokens.contains { $0.kind == .invalid })
}
