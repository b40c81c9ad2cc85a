import Foundation
import Source
import Testing
import YAML

/// What holds for every text whatsoever; the entry for fuzzing.
private func checkInvariants(_ bytes: [UInt8]) -> String? {
  _ = YAMLTree(parsing: SourceText(bytes), placeholders: true)
  let tree = YAMLTree(parsing: SourceText(bytes))
  var offset = 0
  for token in tree.tokens {
    if token.range.start != offset || token.range.isEmpty { return "a gap at \(offset)" }
    offset = token.range.end
  }
  if offset != bytes.count { return "the tokens end at \(offset)" }
  for (first, second) in zip(tree.diagnostics, tree.diagnostics.dropFirst()) where second < first {
    return "diagnostics are not sorted"
  }
  for diagnostic in tree.diagnostics {
    let edits = diagnostic.fixIts.flatMap(\.edits).map(\.range)
    let ranges = [diagnostic.range] + diagnostic.related.map(\.range) + edits
    if ranges.contains(where: { $0.end > bytes.count }) { return "a range beyond the text" }
  }
  for document in tree.documents {
    if let message = checkNode(document, tree) { return message }
  }
  if tree.diagnostics.contains(where: { $0.code == .yamlEncoding }) { return nil }
  let events = tree.events.map(\.description)
  let again = YAMLTree(parsing: SourceText(tree.emitted()))
  // What is broken may hold what no style can, such as a tag with a space.
  if tree.diagnostics.isEmpty, again.events.map(\.description) != events {
    return "reads back as \(again.events.map(\.description)) not \(events)"
  }
  return nil
}

private func checkNode(_ root: YAMLNode, _ tree: YAMLTree) -> String? {
  var pending = [root]
  while let node = pending.popLast() {
    guard tree.text.range.contains(node.fullRange) else { return "a node beyond the text" }
    guard node.fullRange.contains(node.range) else { return "properties beyond a node" }
    _ = (node.string, node.tag, node.anchor, node.target?.range)
    for (index, entry) in node.entries.enumerated() {
      guard entry.range.contains(entry.key.range) else { return "a key beyond its entry" }
      guard tree.text.range.contains(entry.range) else { return "an entry beyond the text" }
      if index < 4 {
        let insertion = tree.insertion(ofKey: "k", after: index, in: node) { $0.string("v") }
        let edits = [insertion, tree.removal(ofEntry: index, in: node)]
        for edit in edits where tree.text.applying([edit]) == nil {
          return "an edit beyond the text"
        }
      }
      pending += [entry.key, entry.value]
    }
    for (index, item) in node.items.enumerated() {
      if index < 4 {
        let insertion = tree.insertion(ofItemAfter: index, in: node) { $0.string("v") }
        let edits = [insertion, tree.removal(ofItem: index, in: node)]
        for edit in edits where tree.text.applying([edit]) == nil {
          return "an edit beyond the text"
        }
      }
      pending.append(item)
    }
    let replacement = tree.replacement(of: node) { $0.string("v") }
    if tree.text.applying([replacement]) == nil { return "a replacement beyond the text" }
  }
  return nil
}

private let pieces: [String] = [
  "a", "b: ", ":", "- ", "-", "? ", "?", "[", "]", "{", "}", ",", ", ", "\n", "\n", "\n ", "\n  ",
  "\n    ", "\t", " ",
  "#c", " # c", "\"", "'", "|\n", ">-\n", "|+2\n", "&x ", "*x", "!t ", "!!s ", "!<u> ", "---",
  "\n---\n", "\n...\n",
  "%YAML 1.2\n", "%TAG ! x\n", "\r\n", "\r", "\\", "\\\"", "\u{FEFF}", "é", "\u{85}", "\u{7F}",
  "<<<<<<< a\n", "=======\n",
  ">>>>>>> b\n", "${x}", "%", "@", "key: value\n", "x: [1, 2]\n",
]

@Test func `all texts of three common pieces keep the invariants`() {
  // The other half is left to the random texts, for the sake of time.
  let half = pieces.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
  for first in half {
    for second in half {
      for third in half {
        let text = first + second + third
        if let message = checkInvariants(Array(text.utf8)) {
          Issue.record("\(text.debugDescription): \(message)")
        }
      }
    }
  }
}

@Test func `long random texts keep the invariants`() {
  // FLOWTIME_FUZZ_SECONDS makes it go on for that long.
  let seconds =
    ProcessInfo.processInfo.environment["FLOWTIME_FUZZ_SECONDS"].flatMap { Double($0) } ?? 0
  let end = Date().addingTimeInterval(seconds)
  var seed: UInt64 =
    ProcessInfo.processInfo.environment["FLOWTIME_SEED"].flatMap { UInt64($0) } ?? 1
  var round = 0
  while round < 2000 || Date() < end {
    round += 1
    seed &+= 0x9E37_79B9_7F4A_7C15
    var state = seed
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var bytes: [UInt8] = []
    for _ in 0..<next(40) {
      if next(30) == 0 {
        bytes.append(UInt8(next(256)))
      } else {
        bytes += Array(pieces[next(pieces.count)].utf8)
      }
    }
    if let message = checkInvariants(bytes) {
      Issue.record(
        "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription): \(message)")
    }
  }
}
