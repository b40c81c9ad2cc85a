import Source
import YAML

/// A text read as YAML is lossless, its diagnostics stand in it, its tree writes back, and edits can be undone.
func fuzzYAML(_ bytes: Span<UInt8>) {
  let text = SourceText(bytes.prefixArray(1 << 16))
  var tight = YAMLLimits()
  tight.depthMax = 4
  tight.diagnosticCountMax = 3
  tight.aliasNodeCountMax = 20
  demandLossless(YAMLTree(parsing: text, limits: tight), tight)
  demandLossless(YAMLTree(parsing: text, placeholders: true), YAMLLimits())
  let tree = YAMLTree(parsing: text)
  demandLossless(tree, YAMLLimits())
  guard !tree.diagnostics.hasErrors else { return }
  for token in tree.tokens where token.kind == .invalid {
    Invariant.report("\(token.range) is no token, and nothing is wrong")
  }
  demandEmissionReadsBack(tree)
  demandInsertionCanBeUndone(tree)
}

/// What holds for every text.
private func demandLossless(_ tree: YAMLTree, _ limits: YAMLLimits) {
  var offset = 0
  for token in tree.tokens {
    Invariant.demand(token.range.start == offset, "a gap or overlap of tokens at byte \(offset)")
    Invariant.demand(!token.range.isEmpty, "an empty token at byte \(offset)")
    offset = token.range.end
  }
  Invariant.demand(offset == tree.text.count, "the tokens end at byte \(offset)")
  DiagnosticInvariants.demand(tree.diagnostics, in: tree.text)
  Invariant.demand(
    tree.diagnostics.count <= limits.diagnosticCountMax + 1,
    "\(tree.diagnostics.count) diagnostics where \(limits.diagnosticCountMax) are allowed")
  for node in nodes(of: tree) {
    Invariant.demand(
      node.fullRange.contains(node.range) && tree.text.range.contains(node.fullRange),
      "a node at \(node.fullRange) in a text of \(tree.text.count) bytes")
  }
}

private func demandEmissionReadsBack(_ tree: YAMLTree) {
  let emitted = tree.emitted()
  let again = YAMLTree(parsing: SourceText(emitted))
  Invariant.demand(
    !again.diagnostics.hasErrors,
    "what is emitted is read without errors: \(Invariant.shown(emitted)) \(again.diagnostics)")
  var expected = tree.events.makeIterator()
  for event in again.events {
    let before = expected.next()?.description ?? "the end"
    let isSame = before.utf8.elementsEqual(event.description.utf8)
    Invariant.demand(
      isSame, "\(before) was emitted as \(Invariant.shown(emitted)), which reads \(event)")
    if !isSame { return }
  }
  Invariant.demand(expected.next() == nil, "events are lost: \(Invariant.shown(emitted))")
}

/// Inserts into some of the collections and takes it out again.
private func demandInsertionCanBeUndone(_ tree: YAMLTree) {
  let collections = nodes(of: tree).enumerated().filter { isOpenForInsertion($1) }
  let step = max(1, collections.count / 6)
  for turn in stride(from: 0, to: collections.count, by: step) {
    let (place, collection) = collections[turn]
    let isMapping = collection.kind == .mapping
    let count = isMapping ? collection.entries.count : collection.items.count
    for index in Set([0, max(count - 1, 0)]).sorted() {
      let value: (inout YAMLWriter) -> Void = { $0.string("a: b # c") }
      let edit =
        isMapping
        ? tree.insertion(ofKey: "fuzz key", after: index, in: collection, value: value)
        : tree.insertion(ofItemAfter: index, in: collection, value: value)
      guard let text = tree.text.applying([edit]) else {
        Invariant.report("an insertion at \(edit.range) cannot be applied")
        continue
      }
      let longer = YAMLTree(parsing: text)
      let note = "insertion after \(index) of the collection at \(collection.range)"
      Invariant.demand(
        !longer.diagnostics.hasErrors,
        "\(note) breaks \(Invariant.shown(tree.text.bytes)): \(Invariant.shown(text.bytes)) \(longer.diagnostics)"
      )
      guard let grown = nodes(of: longer).dropFirst(place).first, grown.kind == collection.kind
      else {
        Invariant.report("\(note) moves it: \(Invariant.shown(text.bytes))")
        continue
      }
      let added = count == 0 ? 0 : index + 1
      let back =
        isMapping
        ? longer.removal(ofEntry: added, in: grown) : longer.removal(ofItem: added, in: grown)
      Invariant.demandSame(
        text.applying([back])?.bytes ?? [], tree.text.bytes,
        "\(note) and removal give the text back")
    }
  }
}

/// A pair without braces becomes a mapping with them: taking the new entry out leaves those.
private func isOpenForInsertion(_ node: YAMLNode) -> Bool {
  switch node.kind {
  case .sequence: true
  case .mapping:
    !(node.isFlow && node.entries.first?.range.start == node.range.start)
      && !node.entries.contains { $0.key.string == "fuzz key" }
  case .scalar, .alias: false
  }
}

/// All nodes, parents before children, in the order of the text.
private func nodes(of tree: YAMLTree) -> [YAMLNode] {
  var found: [YAMLNode] = []
  var pending = Array(tree.documents.reversed())
  while let node = pending.popLast() {
    found.append(node)
    switch node.kind {
    case .mapping:
      pending += node.entries.flatMap { [$0.key, $0.value] }.reversed()
    case .sequence: pending += node.items.reversed()
    case .scalar, .alias: break
    }
  }
  return found
}
