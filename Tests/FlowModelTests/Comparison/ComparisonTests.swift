import FlowModel
import JSON
import Source
import TestSupport
import Testing
import YAML

/// The value of a YAML text, with its ranges.
func tree(_ text: String) throws -> DataNode {
  var reader = DataReader(meaning: CoreMeaning())
  return reader.read(try #require(YAMLTree(parsing: SourceText(text)).documents.first))
}

/// Changes in short: kind, path, values.
private func told(_ comparison: Comparison) -> [String] {
  comparison.changes.map { change in
    let old = change.old?.json?.text() ?? ""
    let new = change.new?.json?.text() ?? ""
    switch change.kind {
    case .added: return "+ \(change.path) \(new)"
    case .removed: return "- \(change.path) \(old)"
    case .changed: return "~ \(change.path) \(old) \(new)"
    case .moved: return "> \(change.path) \(change.oldPointer ?? "") \(change.pointer)"
    }
  }
}

private func check(_ old: String, _ new: String, _ expected: [String]) throws {
  let (oldTree, newTree) = (try tree(old), try tree(new))
  let comparison = Comparison(oldTree, newTree)
  #expect(told(comparison) == expected)
  #expect(comparison.isEqual == expected.isEmpty)
  let patch = try #require(comparison.patch)
  #expect(patch.count == expected.count)
  let json = try #require(oldTree.json)
  let patched = try json.patched(patch.map(\.json))
  #expect(
    try CanonicalJSON.bytes(of: patched)
      == CanonicalJSON.bytes(of: try #require(newTree.json)))
}

@Test(arguments: [
  ("{a: 1, b: 2}", "{b: 2.0, a: 1e0}"),
  ("{a: {b: [1, {c: x}]}}", "a:\n  b:\n    - 1\n    - c: 'x'\n"),
  ("{a: ~, b: 0x10}", "{b: 16, a: null}"),
  ("[{id: a, v: 1}]", "[{v: 1, id: a}]"),
  ("{}", "{}"),
])
func `what is said in another way is no difference`(old: String, new: String) throws {
  try check(old, new, [])
}

@Test(arguments: [
  ("{a: 1, b: 2}", "{a: 3, c: 2}", ["~ a 1 3", "- b 2", "+ c 2"]),
  ("{a: 1}", "{a: '1'}", [#"~ a 1 "1""#]),
  ("{a: null}", "{}", ["- a null"]),
  ("{a: {b: {c: true}}}", "{a: {b: {c: false}}}", ["~ a.b.c true false"]),
  ("{a: {b: 1}}", "{a: [1]}", [#"~ a {"b":1} [1]"#]),
  ("[1]", "{a: 1}", [#"~  [1] {"a":1}"#]),
  ("{a b: 1, c/d~e: 2}", "{a b: 2, c/d~e: 3}", ["~ ['a b'] 1 2", "~ ['c/d~e'] 2 3"]),
  // A name in NFC and in NFD is two names.
  ("{\u{E9}: 1}", "{e\u{301}: 1}", ["- ['\u{E9}'] 1", "+ ['e\u{301}'] 1"]),
  ("{a: \u{E9}}", "{a: e\u{301}}", ["~ a \"\u{E9}\" \"e\u{301}\""]),
])
func `entries are compared by key`(old: String, new: String, changes: [String]) throws {
  try check(old, new, changes)
}

@Test(arguments: [
  ("[1, 2, 3]", "[1, 5, 3]", ["~ [1] 2 5"]),
  // Numbers of one length are a series: each stands for its bin.
  ("[1, 2, 3]", "[2, 3, 1]", ["~ [0] 1 2", "~ [1] 2 3", "~ [2] 3 1"]),
  ("[1, 2, 3]", "[1, 2, 3, 4]", ["+ [3] 4"]),
  ("[1, 2, 3, 4]", "[2, 3, 4]", ["- [0] 1"]),
  ("[a, b, c]", "[a, x, b, c]", [#"+ [1] "x""#]),
  ("[a, b, c, d]", "[a, d]", [#"- [1] "b""#, #"- [2] "c""#]),
  ("[a, b, c]", "[a, x, c]", [#"~ [1] "b" "x""#]),
  ("[a, [1, 2], c]", "[a, [1, 3], c]", ["~ [1][1] 2 3"]),
  ("[{a: 1}, {a: 2}]", "[{a: 0}, {a: 1}, {a: 2}]", [#"+ [0] {"a":0}"#]),
  ("[{a: 1, b: 1}, {a: 2, b: 1}]", "[{a: 1, b: 1}, {a: 2, b: 3}]", ["~ [1].b 1 3"]),
  ("[]", "[a, b]", [#"+ [0] "a""#, #"+ [1] "b""#]),
])
func `items without an identity are brought together by what stays`(
  old: String, new: String, changes: [String]
) throws {
  try check(old, new, changes)
}

@Test(arguments: [
  (
    "nodes: [{id: a, v: 1}, {id: b, v: 1}]", "nodes: [{id: b, v: 2}, {id: a, v: 1}]",
    ["> nodes[b] /nodes/1 /nodes/0", "~ nodes[b].v 1 2"]
  ),
  (
    "nodes: [{id: a}, {id: b}, {id: c}]", "nodes: [{id: a}, {id: x}, {id: c}]",
    [#"- nodes[b] {"id":"b"}"#, #"+ nodes[x] {"id":"x"}"#]
  ),
  (
    "nodes: [{id: a, values: [1, 2]}]", "nodes: [{id: a, values: [1, 3]}]",
    ["~ nodes[a].values[1] 2 3"]
  ),
  (
    "outputs: [{series: a, as: a.csv}, {series: a, as: b.csv}]",
    "outputs: [{series: a, as: a.csv}, {series: a, as: c.csv}]",
    [#"~ outputs[a, c.csv].as "b.csv" "c.csv""#]
  ),
  (
    "outputs: [{series: a}, {series: b, as: x.csv}]",
    "outputs: [{series: c, as: x.csv}, {series: a, as: a.csv}]",
    [
      "> outputs[c, x.csv] /outputs/1 /outputs/0", #"~ outputs[c, x.csv].series "b" "c""#,
      #"+ outputs[a, a.csv].as "a.csv""#,
    ]
  ),
  (
    "edges: [{from: a, to: b, w: 1}, {id: e, from: a, to: c}]",
    "edges: [{id: e, from: a, to: d}, {from: a, to: b, w: 2}]",
    [
      "> edges[e] /edges/1 /edges/0", #"~ edges[e].to "c" "d""#, "~ edges[a, b].w 1 2",
    ]
  ),
  (
    "arrivals: [{nodeId: n, classId: x, r: 1}, {nodeId: n, classId: y, r: 1}]",
    "arrivals: [{nodeId: n, classId: y, r: 2}]",
    [#"- arrivals[n, x] {"nodeId":"n","classId":"x","r":1}"#, "~ arrivals[n, y].r 1 2"]
  ),
  // An id that looks like an index, or ends a bracket, stands in quotes.
  (
    "nodes: [{id: '7', v: 1}, {id: 'a]', v: 1}]", "nodes: [{id: '7', v: 2}, {id: 'a]', v: 2}]",
    ["~ nodes['7'].v 1 2", "~ nodes['a]'].v 1 2"]
  ),
  // Two items of one id have none.
  (
    "nodes: [{id: a, v: 1}, {id: a, v: 2}]", "nodes: [{id: a, v: 1}, {id: a, v: 3}]",
    ["~ nodes[1].v 2 3"]
  ),
  // `1` and `"1"` are two ids.
  (
    "nodes: [{id: 1}]", "nodes: [{id: '1'}]",
    [#"- nodes['1'] {"id":1}"#, #"+ nodes['1'] {"id":"1"}"#]
  ),
])
func `items with an identity are brought together by it`(
  old: String, new: String, changes: [String]
) throws {
  try check(old, new, changes)
}

@Test func `a move among many is one change`() throws {
  let ids = (0..<50).map { "{id: n\($0)}" }
  for (from, to) in [(0, 49), (49, 0), (10, 11), (30, 5)] {
    var moved = ids
    moved.insert(moved.remove(at: from), at: to)
    let comparison = Comparison(
      try tree("nodes: [\(ids.joined(separator: ", "))]"),
      try tree("nodes: [\(moved.joined(separator: ", "))]"))
    #expect(comparison.changes.map(\.kind) == [.moved], "\(from) to \(to)")
  }
}

@Test func `a change knows where it stands in both texts`() throws {
  let old = "a: 1\nb:\n  - {id: x, v: [1, 2]}\nc:\n  d: 1\n"
  let new = "b:\n  - {id: x, v: [1, 30]}\na: 1\nlong: text\n"
  let comparison = Comparison(try tree(old), try tree(new))
  func text(_ range: ByteRange?, in text: String) -> String? {
    range.map { SourceText(text).string(in: $0) }
  }
  #expect(comparison.changes.map(\.path) == ["b[x].v[1]", "c", "long"])
  #expect(comparison.changes.map { text($0.oldRange, in: old) } == ["2", "c:\n  d: 1", nil])
  #expect(comparison.changes.map { text($0.newRange, in: new) } == ["30", nil, "long: text"])
}

@Test(arguments: [9, 10, 11])
func `changes are told up to a limit, and without them all there is no patch`(count: Int) throws {
  let old = "[" + (0..<count).map { "{id: n\($0), v: 1}" }.joined(separator: ", ") + "]"
  let comparison = Comparison(
    try tree(old), try tree(old.replacing("v: 1", with: "v: 2")), changeCountMax: 10)
  #expect(comparison.changes.count == min(count, 10))
  #expect(comparison.isTruncated == (count > 10))
  #expect((comparison.patch == nil) == (count > 10))
  #expect(!comparison.isEqual)
}

@Test(arguments: [5, 6, 7])
func `paths are told up to a limit`(lengthMax: Int) throws {
  let comparison = Comparison(
    try tree("{aa: 1}"), try tree("{aa: 2}"), pathLengthMax: lengthMax - 1)
  // `aa` and `/aa`.
  #expect(comparison.isTruncated == (lengthMax - 1 < 5))
  #expect(!comparison.isEqual)
}

@Test func `what is too costly to bring together is compared item by item`() throws {
  let (old, new) = (try tree("[a, b, c, d]"), try tree("[x, a, b, c, d]"))
  #expect(Comparison(old, new).changes.count == 1)
  let cheap = Comparison(old, new, alignmentStepCountMax: 8)
  #expect(cheap.changes.count == 5)
  let patch = try #require(cheap.patch)
  #expect(try #require(old.json).patched(patch.map(\.json)) == new.json)
}

@Test func `what stands alone in its list needs no search, however deep it is`() throws {
  let (old, new) = (try tree("[[[[a, b, c]]]]"), try tree("[[[[x, a, b, c]]]]"))
  // Seven values to look at, and the steps of one insertion.
  #expect(Comparison(old, new, alignmentStepCountMax: 20).changes.count == 1)
}
