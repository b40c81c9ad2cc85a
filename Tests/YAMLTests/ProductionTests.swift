import Source
import Testing
import YAML

/// A text and its events, the outermost four left out, joined by blanks in the suite's notation.
private struct Case: Sendable, CustomTestStringConvertible {
  let text: String
  let events: String

  init(_ text: String, _ events: String) {
    self.text = text
    self.events = events
  }

  var testDescription: String { text.debugDescription }
}

/// Asserts that a text is valid, has these events, is lossless, and reads back the same when written.
private func check(_ test: Case, isStream: Bool = false) {
  let tree = YAMLTree(parsing: SourceText(test.text))
  #expect(tree.diagnostics.isEmpty)
  var offset = 0
  for token in tree.tokens {
    #expect(token.range.start == offset)
    #expect(token.kind != .invalid, "byte \(offset)")
    offset = token.range.end
  }
  #expect(offset == tree.text.count)
  let events = tree.events.map(\.description)
  let shown = isStream ? events.dropFirst().dropLast() : events.dropFirst(2).dropLast(2)
  #expect(shown.joined(separator: " ") == test.events)
  let written = tree.emitted()
  let again = YAMLTree(parsing: SourceText(written))
  #expect(again.events.map(\.description) == events, "\(String(decoding: written, as: UTF8.self))")
}

@Test(arguments: [
  Case("a", "=VAL :a"), Case("a b\n c\n\n d", "=VAL :a b c\\nd"), Case("a:b", "=VAL :a:b"),
  Case("a#b", "=VAL :a#b"),
  Case("-a", "=VAL :-a"), Case("?a", "=VAL :?a"), Case(":a", "=VAL ::a"), Case("a # c", "=VAL :a"),
  Case("\ta", "=VAL :a"), Case("a\n\tb", "=VAL :a b"), Case("--- a\n%b", "=VAL :a %b"),
  Case("a\r\nb\rc", "=VAL :a b c"),
  Case("\u{85}\u{2028}", "=VAL :\u{85}\u{2028}"),
])
private func `plain scalars`(test: Case) { check(test) }

@Test(arguments: [
  Case("''", "=VAL '"), Case("'a''b'", "=VAL 'a'b"), Case("'a\n\n b'", "=VAL 'a\\nb"),
  Case("' a '", "=VAL ' a "),
  Case("'a\\n'", "=VAL 'a\\\\n"), Case("'\u{7F}'", "=VAL '\u{7F}"),
  Case("'a \n\t\n b'", "=VAL 'a\\nb"),
  Case("'# a'", "=VAL '# a"),
])
private func `single-quoted scalars`(test: Case) { check(test) }

@Test(arguments: [
  Case(#""""#, "=VAL \""),
  Case(
    #""\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P""#,
    "=VAL \"\0\u{7}\\b\\t\\n\u{B}\u{C}\\r\u{1B} \"/\\\\\u{85}\u{A0}\u{2028}\u{2029}"),
  Case(#""\x41\u00e9\U0001F600""#, "=VAL \"Aé😀"), Case(#""\uD83D\uDE00""#, "=VAL \"😀"),
  Case("\"a \\\n  b\"", "=VAL \"a b"), Case("\"a\\\n\n  b\"", "=VAL \"a\\nb"),
  Case("\"a  \n  b\"", "=VAL \"a b"),
  Case("\"a\\  \n b\"", "=VAL \"a  b"), Case("\"a\n\n\n b\"", "=VAL \"a\\n\\nb"),
  Case("\"\n a\"", "=VAL \" a"),
  Case("\"\\\t\"", "=VAL \"\\t"),
])
private func `double-quoted scalars`(test: Case) { check(test) }

@Test(arguments: [
  Case("|\n a\n  b\n", "=VAL |a\\n b\\n"), Case("|-\n a\n\n", "=VAL |a"),
  Case("|+\n a\n\n", "=VAL |a\\n\\n"),
  Case("|\n a\n\n", "=VAL |a\\n"), Case("|", "=VAL |"), Case("|+\n\n", "=VAL |\\n"),
  Case("|-\n\n", "=VAL |"),
  Case("|2\n   a\n", "=VAL | a\\n"), Case("|+2\n   a\n", "=VAL | a\\n"),
  Case("|1-\n  a\n", "=VAL | a"),
  Case("|\n\n a\n", "=VAL |\\na\\n"), Case("|\n \ta\n", "=VAL |\\ta\\n"),
  Case("| # c\n a\n", "=VAL |a\\n"),
  Case("|\n a\n# c\n", "=VAL |a\\n"), Case("|\na\n", "=VAL |a\\n"), Case("|\n a", "=VAL |a\\n"),
  Case("|\r\n a\r\n b\r\n", "=VAL |a\\nb\\n"), Case("- |\n a\n- b", "+SEQ =VAL |a\\n =VAL :b -SEQ"),
])
private func `literal scalars with every header`(test: Case) { check(test) }

@Test(arguments: [
  Case(">\n a\n b\n", "=VAL >a b\\n"), Case(">\n a\n\n b\n", "=VAL >a\\nb\\n"),
  Case(">\n a\n  b\n c\n", "=VAL >a\\n b\\nc\\n"),
  Case(">\n a\n\n  b\n\n c\n", "=VAL >a\\n\\n b\\n\\nc\\n"),
  Case(">-\n a\n\n\n b\n\n", "=VAL >a\\n\\nb"),
  Case(">+\n a\n\n", "=VAL >a\\n\\n"), Case(">\n\n  a\n", "=VAL >\\na\\n"),
  Case(">\n a\n \tb\n", "=VAL >a\\n\\tb\\n"),
])
private func `folded scalars with every chomping`(test: Case) { check(test) }

@Test(arguments: [
  Case("- a\n- b", "+SEQ =VAL :a =VAL :b -SEQ"), Case("-\n- ", "+SEQ =VAL : =VAL : -SEQ"),
  Case("- - a\n  - b\n- c", "+SEQ +SEQ =VAL :a =VAL :b -SEQ =VAL :c -SEQ"),
  Case("-\n - a", "+SEQ +SEQ =VAL :a -SEQ -SEQ"), Case("-\ta", "+SEQ =VAL :a -SEQ"),
  Case("- a: 1\n  b: 2", "+SEQ +MAP =VAL :a =VAL :1 =VAL :b =VAL :2 -MAP -SEQ"),
  Case("  - a\n  - b", "+SEQ =VAL :a =VAL :b -SEQ"),
])
private func `block sequences`(test: Case) { check(test) }

@Test(arguments: [
  Case("a: 1\nb: 2", "+MAP =VAL :a =VAL :1 =VAL :b =VAL :2 -MAP"),
  Case("a:\nb:", "+MAP =VAL :a =VAL : =VAL :b =VAL : -MAP"),
  Case("a:\n  b: 1", "+MAP =VAL :a +MAP =VAL :b =VAL :1 -MAP -MAP"),
  Case("a:\n- b\nc: d", "+MAP =VAL :a +SEQ =VAL :b -SEQ =VAL :c =VAL :d -MAP"),
  Case(
    "a:\n- b: 1\nc: d",
    "+MAP =VAL :a +SEQ +MAP =VAL :b =VAL :1 -MAP -SEQ =VAL :c =VAL :d -MAP"),
  Case(
    "?\n- a: 1\n:\n- b: 2\nc: d",
    "+MAP +SEQ +MAP =VAL :a =VAL :1 -MAP -SEQ +SEQ +MAP =VAL :b =VAL :2 -MAP -SEQ =VAL :c =VAL :d -MAP"
  ),
  Case(
    "- a:\n  - b: 1\n  c: d",
    "+SEQ +MAP =VAL :a +SEQ +MAP =VAL :b =VAL :1 -MAP -SEQ =VAL :c =VAL :d -MAP -SEQ"),
  Case("a:\n  - b", "+MAP =VAL :a +SEQ =VAL :b -SEQ -MAP"),
  Case("a : b", "+MAP =VAL :a =VAL :b -MAP"),
  Case("'a': b\n\"c\" : d", "+MAP =VAL 'a =VAL :b =VAL \"c =VAL :d -MAP"),
  Case(": a", "+MAP =VAL : =VAL :a -MAP"),
  Case("? a\n: b", "+MAP =VAL :a =VAL :b -MAP"), Case("? a", "+MAP =VAL :a =VAL : -MAP"),
  Case("? - a\n: - b", "+MAP +SEQ =VAL :a -SEQ +SEQ =VAL :b -SEQ -MAP"),
  Case("? |\n  a\n: b", "+MAP =VAL |a\\n =VAL :b -MAP"),
  Case("?\n- a\n:\n- b", "+MAP +SEQ =VAL :a -SEQ +SEQ =VAL :b -SEQ -MAP"),
  Case("[a]: b", "+MAP +SEQ [] =VAL :a -SEQ =VAL :b -MAP"),
  Case("{a: b}: c", "+MAP +MAP {} =VAL :a =VAL :b -MAP =VAL :c -MAP"),
  Case("a:\n  # c\n\n  b", "+MAP =VAL :a =VAL :b -MAP"),
  Case("? a: b\n: c", "+MAP +MAP =VAL :a =VAL :b -MAP =VAL :c -MAP"),
  Case("a: b\n c", "+MAP =VAL :a =VAL :b c -MAP"),
  Case("a:\n b\n\n c\nd: e", "+MAP =VAL :a =VAL :b\\nc =VAL :d =VAL :e -MAP"),
  Case("\u{FEFF}a: 1", "+MAP =VAL :a =VAL :1 -MAP"),
])
private func `block mappings with every kind of key`(test: Case) { check(test) }

@Test(arguments: [
  Case("[]", "+SEQ [] -SEQ"), Case("[a, b, ]", "+SEQ [] =VAL :a =VAL :b -SEQ"),
  Case("[a, [b]]", "+SEQ [] =VAL :a +SEQ [] =VAL :b -SEQ -SEQ"),
  Case("[a: b]", "+SEQ [] +MAP {} =VAL :a =VAL :b -MAP -SEQ"),
  Case("[? a : b]", "+SEQ [] +MAP {} =VAL :a =VAL :b -MAP -SEQ"),
  Case("[: b]", "+SEQ [] +MAP {} =VAL : =VAL :b -MAP -SEQ"),
  Case("[\"a\":b]", "+SEQ [] +MAP {} =VAL \"a =VAL :b -MAP -SEQ"),
  Case("[[a]: b]", "+SEQ [] +MAP {} +SEQ [] =VAL :a -SEQ =VAL :b -MAP -SEQ"),
  Case("[a\n  b, # c\n  d]", "+SEQ [] =VAL :a b =VAL :d -SEQ"),
  Case("[a,\n\tb]", "+SEQ [] =VAL :a =VAL :b -SEQ"),
  Case("[-a, :b, ?c]", "+SEQ [] =VAL :-a =VAL ::b =VAL :?c -SEQ"),
  Case("a: [\n b\n ]", "+MAP =VAL :a +SEQ [] =VAL :b -SEQ -MAP"),
])
private func `flow sequences and single pairs`(test: Case) { check(test) }

@Test(arguments: [
  Case("{}", "+MAP {} -MAP"), Case("{a: 1, b: 2,}", "+MAP {} =VAL :a =VAL :1 =VAL :b =VAL :2 -MAP"),
  Case("{a}", "+MAP {} =VAL :a =VAL : -MAP"),
  Case("{a: }", "+MAP {} =VAL :a =VAL : -MAP"), Case("{: a}", "+MAP {} =VAL : =VAL :a -MAP"),
  Case("{a:1}", "+MAP {} =VAL :a:1 =VAL : -MAP"),
  Case("{\"a\":1}", "+MAP {} =VAL \"a =VAL :1 -MAP"),
  Case("{a\n: b}", "+MAP {} =VAL :a =VAL :b -MAP"),
  Case("{? a : b, ? c}", "+MAP {} =VAL :a =VAL :b =VAL :c =VAL : -MAP"),
  Case("{a: {b: [c]}}", "+MAP {} =VAL :a +MAP {} =VAL :b +SEQ [] =VAL :c -SEQ -MAP -MAP"),
  Case("{a: :b}", "+MAP {} =VAL :a =VAL ::b -MAP"),
  Case("{[a]: b}", "+MAP {} +SEQ [] =VAL :a -SEQ =VAL :b -MAP"),
  Case("{a\n b: c}", "+MAP {} =VAL :a b =VAL :c -MAP"),
])
private func `flow mappings`(test: Case) { check(test) }

@Test(arguments: [
  Case("&a b", "=VAL &a :b"), Case("- &a b\n- *a", "+SEQ =VAL &a :b =ALI *a -SEQ"),
  Case("&a\nb: c", "+MAP &a =VAL :b =VAL :c -MAP"),
  Case("&a b: c", "+MAP =VAL &a :b =VAL :c -MAP"),
  Case("&m\n&k a: b", "+MAP &m =VAL &k :a =VAL :b -MAP"),
  Case("a: &x\n- b", "+MAP =VAL :a +SEQ &x =VAL :b -SEQ -MAP"),
  Case("!!str a", "=VAL <tag:yaml.org,2002:str> :a"), Case("! a", "=VAL <!> :a"),
  Case("!l a", "=VAL <!l> :a"),
  Case("!<tag:x,1:y> a", "=VAL <tag:x,1:y> :a"), Case("!l%21 a", "=VAL <!l!> :a"),
  Case("&a !!str b", "=VAL &a <tag:yaml.org,2002:str> :b"),
  Case("!!str &a\nb", "=VAL &a <tag:yaml.org,2002:str> :b"),
  Case("[&a , !!str ]", "+SEQ [] =VAL &a : =VAL <tag:yaml.org,2002:str> : -SEQ"),
  Case("- &a\n- !!null", "+SEQ =VAL &a : =VAL <tag:yaml.org,2002:null> : -SEQ"),
  Case("a: &b c\n*b : d", "+MAP =VAL :a =VAL &b :c =ALI *b =VAL :d -MAP"),
  Case("- &a x\n- &a y\n- *a", "+SEQ =VAL &a :x =VAL &a :y =ALI *a -SEQ"),
  Case("%TAG !e! tag:e,1:\n---\n!e!x a", "=VAL <tag:e,1:x> :a"),
  Case("%TAG ! tag:e,1:\n---\n!x a", "=VAL <tag:e,1:x> :a"),
  Case("%TAG !! tag:e,1:\n---\n!!x a", "=VAL <tag:e,1:x> :a"),
])
private func `anchors, aliases and tags`(test: Case) { check(test) }

@Test(arguments: [
  Case("", ""), Case("# c\n", ""), Case("...\n", ""), Case("---", "+DOC --- =VAL : -DOC"),
  Case("--- a\n...", "+DOC --- =VAL :a -DOC ..."),
  Case("a\n---\nb", "+DOC =VAL :a -DOC +DOC --- =VAL :b -DOC"),
  Case("a\n...\nb", "+DOC =VAL :a -DOC ... +DOC =VAL :b -DOC"),
  Case("---\n---\n", "+DOC --- =VAL : -DOC +DOC --- =VAL : -DOC"),
  Case("%YAML 1.2\n---\na", "+DOC --- =VAL :a -DOC"),
  Case("%FOO bar # c\n---\na", "+DOC --- =VAL :a -DOC"),
  Case("--- |\n a\n--- >\n b\n", "+DOC --- =VAL |a\\n -DOC +DOC --- =VAL >b\\n -DOC"),
  Case("a\n...\n\u{FEFF}# c\n--- b", "+DOC =VAL :a -DOC ... +DOC --- =VAL :b -DOC"),
  Case("---a: b", "+DOC +MAP =VAL :---a =VAL :b -MAP -DOC"),
  Case("--- # c\na: b", "+DOC --- +MAP =VAL :a =VAL :b -MAP -DOC"),
])
private func `streams of documents`(test: Case) { check(test, isStream: true) }

@Test func `a key may have 1024 characters and no more`() {
  for (count, isValid) in [(1023, true), (1024, true), (1025, false)] {
    for key in [String(repeating: "k", count: count), String(repeating: "é", count: count)] {
      #expect(YAMLTree(parsing: SourceText("\(key): 1")).diagnostics.isEmpty == isValid, "\(count)")
      #expect(
        YAMLTree(parsing: SourceText("[\(key): 1]")).diagnostics.isEmpty == isValid, "\(count)")
      #expect(YAMLTree(parsing: SourceText("{\(key): 1}")).diagnostics.isEmpty, "\(count)")
    }
  }
}

@Test func `a placeholder in a flow list is text where that is asked for`() throws {
  let text = SourceText("a: [${x}, b${y}c, {d: ${z}}]")
  #expect(!YAMLTree(parsing: text).diagnostics.isEmpty)
  let tree = YAMLTree(parsing: text, placeholders: true)
  #expect(tree.diagnostics.isEmpty)
  let items = try #require(tree.documents.first?.entries.first?.value.items)
  #expect(items.prefix(2).map(\.string) == ["${x}", "b${y}c"])
  #expect(items.item(at: 2)?.entries.entry(at: 0)?.value.string == "${z}")
}
