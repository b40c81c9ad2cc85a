import FlowModel
import JSON
import Source
import TestSupport
import Testing

/// Trees that look random: nested mappings and lists of every kind that is brought together in a way of its own.
private struct RandomTrees {
  var numbers: SplitMix64

  mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &numbers) }

  mutating func scalar() -> JSONValue {
    switch pick(6) {
    case 0: .null
    case 1: .bool(pick(2) == 0)
    case 2: .number(JSONNumber(Double(pick(8)) / 4) ?? 0)
    case 3: .number(JSONNumber(pick(5)))
    default: .string(["a", "b", "", "a/b", "~", "\u{E9}", "e\u{301}", "0"][pick(8)])
    }
  }

  mutating func value(_ depth: Int) -> JSONValue {
    guard depth > 0 else { return scalar() }
    switch pick(8) {
    case 0...1: return scalar()
    case 2: return .array((0..<pick(7)).map { _ in .number(JSONNumber(pick(3))) })
    case 3: return .array((0..<pick(7)).map { _ in scalar() })
    case 4: return .array((0..<pick(5)).map { _ in value(depth - 1) })
    case 5: return .array(items(depth))
    default: return mapping(depth)
    }
  }

  mutating func mapping(_ depth: Int) -> JSONValue {
    let names = ["nodes", "outputs", "edges", "arrivals", "a", "b", "x/y", "~1"]
      .shuffled(using: &numbers).prefix(pick(6))
    return .object(JSONObject(names.map { JSONMember($0, value(depth - 1)) }))
  }

  /// Mappings with ids, mostly unlike.
  private mutating func items(_ depth: Int) -> [JSONValue] {
    let keys = [["id"], ["series", "as"], ["series"], ["from", "to"], ["nodeId", "classId"]][
      pick(5)]
    return (0..<pick(8)).map { _ in
      var item = JSONObject(
        keys.map { JSONMember($0, .string(["p", "q", "r", "s", "t", "7"][pick(6)])) })
      if pick(2) == 0 { item["v"] = value(depth - 1) }
      return .object(item)
    }
  }

  /// The value with some edits here and there.
  mutating func edited(_ value: JSONValue, _ depth: Int) -> JSONValue {
    if pick(12) == 0 { return self.value(depth) }
    switch value {
    case .array(var items):
      for index in items.indices where pick(3) == 0 {
        items[index] = edited(items[index], depth - 1)
      }
      if pick(3) == 0, !items.isEmpty { items.remove(at: pick(items.count)) }
      if pick(3) == 0, !items.isEmpty {
        items.insert(items.remove(at: pick(items.count)), at: pick(items.count + 1))
      }
      if pick(3) == 0 { items.insert(self.value(depth - 1), at: pick(items.count + 1)) }
      if pick(8) == 0 { items.shuffle(using: &numbers) }
      return .array(items)
    case .object(let object):
      var members = Array(object.members)
      for index in members.indices where pick(2) == 0 {
        members[index].value = edited(members[index].value, depth - 1)
      }
      if pick(4) == 0, !members.isEmpty { members.remove(at: pick(members.count)) }
      if pick(4) == 0 { members.append(JSONMember("new", self.value(depth - 1))) }
      if pick(4) == 0 { members.shuffle(using: &numbers) }
      return .object(JSONObject(members))
    default: return pick(3) == 0 ? scalar() : value
    }
  }
}

private func check(_ old: JSONValue, _ new: JSONValue, _ seed: UInt64) throws {
  let comparison = Comparison(try DataNode(json: old), try DataNode(json: new))
  let patch = try #require(comparison.patch).map(\.json)
  #expect(patch.count == comparison.changes.count)
  let patched = try old.patched(patch)
  let isSame = try CanonicalJSON.bytes(of: patched) == CanonicalJSON.bytes(of: new)
  #expect(isSame, "seed \(seed): \(old.text()) \(new.text()) \(JSONValue.array(patch).text())")
  let areEqual = try CanonicalJSON.bytes(of: old) == CanonicalJSON.bytes(of: new)
  #expect(comparison.isEqual == areEqual, "seed \(seed)")
  for change in comparison.changes {
    let value = try (change.kind == .removed ? old : new).value(at: change.pointer)
    let told = (change.kind == .removed ? change.old : change.new)?.json
    let isThere = try CanonicalJSON.bytes(of: value) == CanonicalJSON.bytes(of: #require(told))
    #expect(isThere, "seed \(seed): \(change.kind) \(change.pointer)")
    if let pointer = change.oldPointer {
      let was = try CanonicalJSON.bytes(of: try old.value(at: pointer))
      let isThere = was == (try CanonicalJSON.bytes(of: #require(change.old?.json)))
      #expect(isThere, "seed \(seed): \(pointer)")
    }
  }
}

@Test func `a patch makes the new tree of the old one`() throws {
  for seed in 0..<4_000 as Range<UInt64> {
    var trees = RandomTrees(numbers: SplitMix64(seed: seed))
    let old = trees.value(4)
    try check(old, trees.edited(old, 4), seed)
    try check(old, trees.value(4), seed)
    try check(old, old, seed)
  }
}

@Test func `a patch makes every short list of every other`() throws {
  // All lists of up to four items out of three, as texts and as items with ids.
  var lists: [[Int]] = [[]]
  var longest = lists
  for _ in 0..<4 {
    longest = longest.flatMap { list in (0..<3).map { list + [$0] } }
    lists += longest
  }
  for old in lists {
    for new in lists {
      func texts(_ list: [Int]) -> JSONValue { .array(list.map { .string("t\($0)") }) }
      func items(_ list: [Int]) -> JSONValue { .array(list.map { ["id": .string("t\($0)")] }) }
      try check(texts(old), texts(new), 0)
      try check(items(old), items(new), 0)
    }
  }
}

@Test func `a patch makes every order of items of every other with the fewest moves`() throws {
  func orders(_ items: [Int]) -> [[Int]] {
    items.isEmpty
      ? [[]]
      : items.flatMap { first in orders(items.filter { $0 != first }).map { [first] + $0 } }
  }
  /// The longest subsequence that rises, by trying all.
  func rise(_ order: [Int]) -> Int {
    (0..<(1 << order.count)).map { choice in
      let kept = order.indices.filter { choice >> $0 & 1 == 1 }.map { order[$0] }
      return kept == kept.sorted() ? kept.count : 0
    }.max() ?? 0
  }
  func items(_ list: [Int]) -> JSONValue { .array(list.map { ["id": .string("n\($0)")] }) }
  let first = Array(0..<5)
  for order in orders(first) {
    try check(items(first), items(order), 0)
    let comparison = Comparison(
      try DataNode(json: items(first)), try DataNode(json: items(order)))
    #expect(comparison.changes.count == first.count - rise(order), "\(order)")
  }
}

private let model = """
  {
    "schemaVersion": 1, "grid": {"bins": 4, "binSize": 1, "binUnit": "hours"},
    "nodes": [
      {"id": "a", "kind": "const", "values": [1, 2, 3, 4]},
      {"id": "b", "kind": "expr", "expr": "a * 2"},
      {"id": "c", "kind": "pmf", "pmf": {"values": [1, 2], "probabilities": [0.5, 0.5]}}
    ],
    "outputs": [{"series": "b", "as": "b.csv"}, {"series": "c", "as": "c.csv"}],
    "tags": ["x", "y", "z"]
  }
  """

/// Edits of one place, as a program makes them.
@Test(arguments: [
  #"{"op":"replace","path":"/grid/bins","value":5}"#,
  #"{"op":"replace","path":"/nodes/0/values/2","value":7}"#,
  #"{"op":"add","path":"/nodes/0/values/4","value":7}"#,
  #"{"op":"remove","path":"/nodes/0/values/1"}"#,
  #"{"op":"add","path":"/nodes/1","value":{"id":"d","kind":"expr","expr":"a"}}"#,
  #"{"op":"remove","path":"/nodes/1"}"#,
  #"{"op":"move","from":"/nodes/0","path":"/nodes/2"}"#,
  #"{"op":"move","from":"/nodes/2","path":"/nodes/0"}"#,
  #"{"op":"replace","path":"/nodes/1/expr","value":"a * 3"}"#,
  #"{"op":"replace","path":"/outputs/0/as","value":"other.csv"}"#,
  #"{"op":"replace","path":"/outputs/1/series","value":"a"}"#,
  #"{"op":"remove","path":"/outputs/1/as"}"#,
  #"{"op":"add","path":"/rng","value":{"kind":"pcg32","seed":1}}"#,
  #"{"op":"remove","path":"/tags"}"#,
  #"{"op":"add","path":"/tags/0","value":"w"}"#,
  #"{"op":"replace","path":"/tags/1","value":"w"}"#,
  #"{"op":"remove","path":"/tags/2"}"#,
])
func `one edit is one operation, and it is that edit`(edit: String) throws {
  let model = try JSONDocument.parse(Array(model.utf8)).root
  let operation = try JSONDocument.parse(Array(edit.utf8)).root
  let edited = try model.patched([operation])
  let patch = try #require(
    Comparison(try DataNode(json: model), try DataNode(json: edited)).patch)
  #expect(patch.map(\.json) == [operation])
}
