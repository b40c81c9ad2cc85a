import Source
import Testing
import YAML

private func parse(_ text: String) -> YAMLTree { YAMLTree(parsing: SourceText(text)) }

private func comments(_ tree: YAMLTree) -> [String] {
  tree.tokens.filter { $0.kind == .comment }.map { tree.text.string(in: $0.range) }
}

private func events(_ tree: YAMLTree) -> [String] { tree.events.map(\.description) }

/// All collections of a text in the order in which they are met.
private func collections(_ tree: YAMLTree) -> [YAMLNode] {
  var found: [YAMLNode] = []
  var pending = tree.documents
  while let node = pending.popLast() {
    switch node.kind {
    case .mapping:
      found.append(node)
      for entry in node.entries { pending += [entry.key, entry.value] }
    case .sequence:
      found.append(node)
      pending += node.items
    default: break
    }
  }
  return found
}

private func nodes(_ tree: YAMLTree) -> [YAMLNode] {
  var found: [YAMLNode] = []
  var pending = tree.documents
  while let node = pending.popLast() {
    found.append(node)
    for entry in node.entries { pending += [entry.key, entry.value] }
    pending += node.items
  }
  return found
}

/// Texts that differ in all that an edit must leave alone.
private let texts: [String] = [
  "a: 1\n", "a: 1", "a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2", "a: 1\rb: 2\r", "\u{FEFF}a: 1\nb: 2\n",
  "# head\na: 1 # one\n# mid\nb: 2 # two\n# tail\n", "  a: 1\n  b:\n    c: 2\n",
  "a:\n  - x\n  - y: 1\n    z: 2\n",
  "a:\n- x\n- y\nb: 1\n", "- - a\n  - b\n- c\n", "- a: 1\n  b: 2\n- c: 3\n", "---\na: 1\n...\n",
  "--- # c\na: 1\n---\nb: 2\n",
  "a:\n  1\nb:\n  # why\n  2\n", "a: |\n  x\n  y\n\nb: >-\n  z\n", "a: |+\n  x\n\n\nb: 1\n",
  "a: |+\n  x\n\n",
  "{a: 1, b: 2}\n", "{\"a\": 1, \"b\": [1, 2]}", "{\n  a: 1, # one\n  b: 2 # two\n}\n",
  "{\n  a: 1,\n  b: 2,\n}\n",
  "[1, 2, 3]\n", "[\n  1, # one\n  2,\n]\n", "a: [1, {b: 2, c}]\n", "a: {}\nb: []\n", "{ }",
  "a: [ ]\n",
  "a: &x 1\nb: *x\n", "&m\na: !!str 1\nb: &k\n  c: 1\n", "? a\n: b\n? c\n: d\n", "? - a\n: - b\n",
  "a:\nb:\n",
  "a: # c\n  b: 1\n", "a: 'x\n\n  y' # c\nb: x\n  y\n", "[a: 1, {b: 2}]\n", "\"a\": 1\n'b': 2\n",
  "a: 1\n\n\nb: 2\n\n",
  "é: 1\nb: ü # ö\n", "-\n  a: 1\n-\n  - b\n", "a: 1\n  # deep\n# flat\n",
  "grid:\n  bins: 12 # hours\n  unit: h\nnodes: []\n",
]

private struct Value: Sendable, CustomTestStringConvertible {
  let name: String
  let write: @Sendable (inout YAMLWriter) -> Void

  var testDescription: String { name }
}

private let values: [Value] = [
  Value(name: "a number") { $0.plain("5") },
  Value(name: "a string") { $0.string("yes: # no") },
  Value(name: "a text") { $0.scalar("x\ny\n", style: .literal) },
  Value(name: "an empty mapping") {
    $0.beginMapping()
    $0.endMapping()
  },
  Value(name: "a mapping") {
    $0.beginMapping()
    $0.string("p")
    $0.plain("1")
    $0.string("q")
    $0.beginSequence()
    $0.string("r")
    $0.beginMapping(flow: true)
    $0.string("s")
    $0.string("")
    $0.endMapping()
    $0.endSequence()
    $0.endMapping()
  },
  Value(name: "a sequence") {
    $0.beginSequence()
    $0.beginMapping()
    $0.string("id")
    $0.string("x")
    $0.string("kind")
    $0.string("const")
    $0.endMapping()
    $0.endSequence()
  },
]

private func written(_ value: Value) -> [String] {
  var writer = YAMLWriter()
  value.write(&writer)
  let tree = YAMLTree(parsing: SourceText(writer.bytes))
  return content(events(tree).dropFirst(2).dropLast(2))
}

/// Events without what differs between block and flow style.
private func content(_ events: some Sequence<String>) -> [String] {
  events.map { event in
    for (mark, plain) in [("+MAP {}", "+MAP"), ("+SEQ []", "+SEQ")] where event.hasPrefix(mark) {
      return plain + event.dropFirst(mark.count)
    }
    guard event.hasPrefix("=VAL"), let mark = event.firstIndex(where: { "'\"|>:".contains($0) })
    else { return event }
    return event[..<mark] + ":" + event[event.index(after: mark)...]
  }
}

@Test(arguments: texts, values)
private func `what is inserted can be removed to the last byte`(text: String, value: Value) throws {
  let tree = parse(text)
  try #require(tree.diagnostics.isEmpty)
  for (place, collection) in collections(tree).enumerated() {
    let isMapping = collection.kind == .mapping
    let count = isMapping ? collection.entries.count : collection.items.count
    for index in 0..<max(count, 1) {
      let edit =
        isMapping
        ? tree.insertion(ofKey: "new key", after: index, in: collection, value: value.write)
        : tree.insertion(ofItemAfter: index, in: collection, value: value.write)
      let longer = YAMLTree(parsing: try #require(tree.text.applying([edit])))
      let note = "collection \(place), after \(index): \(longer.text.string.debugDescription)"
      #expect(longer.diagnostics.isEmpty, "\(note) \(longer.diagnostics)")
      #expect(comments(longer) == comments(tree), "\(note)")
      let isPair =
        collection.isFlow && tree.text.bytes[collection.range.start] != UInt8(ascii: "{")
        && isMapping
      if isPair { continue }
      let grown = try #require(collections(longer).dropFirst(place).first)
      let added = count == 0 ? 0 : index + 1
      if isMapping {
        #expect(grown.entries.count == count + 1, "\(note)")
        #expect(grown.entries.entry(at: added)?.key.string == "new key", "\(note)")
      } else {
        #expect(grown.items.count == count + 1, "\(note)")
      }
      let back =
        isMapping
        ? longer.removal(ofEntry: added, in: grown) : longer.removal(ofItem: added, in: grown)
      #expect(longer.text.applying([back])?.string == text, "\(note)")
    }
  }
}

@Test(arguments: texts)
private func `a removal takes one child away and no comment`(text: String) throws {
  let tree = parse(text)
  for (place, collection) in collections(tree).enumerated() {
    let isMapping = collection.kind == .mapping
    let count = isMapping ? collection.entries.count : collection.items.count
    for index in 0..<count {
      let edit =
        isMapping
        ? tree.removal(ofEntry: index, in: collection) : tree.removal(ofItem: index, in: collection)
      let shorter = YAMLTree(parsing: try #require(tree.text.applying([edit])))
      let note = "collection \(place), entry \(index): \(shorter.text.string.debugDescription)"
      let anchorsGone = tree.hasAliases
      if !anchorsGone { #expect(shorter.diagnostics.isEmpty, "\(note) \(shorter.diagnostics)") }
      #expect(comments(shorter).joined() == comments(tree).joined(), "\(note)")
      if !(collection.isFlow && tree.text.bytes[collection.range.start] != UInt8(ascii: "{")
        && isMapping)
      {
        let rest = try #require(collections(shorter).dropFirst(place).first, "\(note)")
        #expect((isMapping ? rest.entries.count : rest.items.count) == count - 1, "\(note)")
      }
    }
  }
}

@Test(arguments: texts, values)
private func `a replacement puts one node in place of another and keeps comments`(
  text: String, value: Value
) throws {
  let tree = parse(text)
  let all = nodes(tree)
  for (place, node) in all.enumerated() {
    let edit = tree.replacement(of: node, value: value.write)
    let changed = YAMLTree(parsing: try #require(tree.text.applying([edit])))
    let note = "node \(place) \(node.range): \(changed.text.string.debugDescription)"
    let isAliasGone = tree.hasAliases
    #expect(isAliasGone || changed.diagnostics.isEmpty, "\(note) \(changed.diagnostics)")
    #expect(
      comments(changed).joined().filter { $0 != " " }
        == comments(tree).joined().filter { $0 != " " }, "\(note)")
    let new = try #require(nodes(changed).dropFirst(place).first, "\(note)")
    let events = content(events(ofSubtree: new))
    let expected = written(value)
    #expect(events == expected, "\(note)")
  }
}

private func events(ofSubtree node: YAMLNode) -> [String] {
  switch node.kind {
  case .scalar: ["=VAL :" + node.string.replacing("\n", with: "\\n")]
  case .alias: ["=ALI"]
  case .mapping:
    ["+MAP"] + node.entries.flatMap { events(ofSubtree: $0.key) + events(ofSubtree: $0.value) } + [
      "-MAP"
    ]
  case .sequence: ["+SEQ"] + node.items.flatMap { events(ofSubtree: $0) } + ["-SEQ"]
  }
}
