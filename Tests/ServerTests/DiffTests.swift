import FlowModel
import JSON
import TestSupport
import Testing

private func diff(_ params: String) throws -> JSONObject {
  var talk = Talk()
  return try talk.result("diff", params)
}

private func models(_ old: String, _ new: String) throws -> JSONObject {
  try diff(#"{"models": {"old": \#(json(old)), "new": \#(json(new))}}"#)
}

private func changes(_ result: JSONObject, _ member: String = "changes") throws -> [JSONObject] {
  try #require(result[member]?.arrayValue).compactMap(\.objectValue)
}

@Test func `two models differ where their values do`() throws {
  let result = try models(
    "nodes:\n  - {id: a, v: 1}\n  - {id: b}\nrng: {}\n",
    "nodes:\n  - {id: b}\n  - {id: é, v: null}\n  - {id: a, v: 2.5}\n")
  #expect(result["equal"] == false)
  #expect(result["truncated"] == false)
  let told = try changes(result)
  #expect(told.map { $0["kind"] } == ["moved", "added", "changed", "removed"])
  #expect(told.map { $0["path"] } == ["nodes[b]", "nodes['é']", "nodes[a].v", "rng"])
  #expect(told.map { $0["pointer"] } == ["/nodes/0", "/nodes/1", "/nodes/2/v", "/rng"])
  #expect(told.map { $0["from"] } == ["/nodes/1", nil, nil, nil])
  #expect(told.map { $0["old"] } == [nil, nil, 1, [:]])
  #expect(told.map { $0["new"]?.text() } == [nil, #"{"id":"é","v":null}"#, "2.5", nil])
  let patch = try #require(result["patch"]?.arrayValue)
  let old: JSONValue = ["nodes": [["id": "a", "v": 1], ["id": "b"]], "rng": [:]]
  let patched = try old.patched(patch)
  #expect(patched.text() == #"{"nodes":[{"id":"b"},{"id":"é","v":null},{"id":"a","v":2.5}]}"#)
}

@Test func `null is a value, and what is not there has none`() throws {
  let told = try changes(try models("{a: 1, b: null}", "{a: null, c: null}"))
  #expect(told.map { $0["path"] } == ["a", "b", "c"])
  #expect(told.map { $0["old"] } == [1, .null, nil])
  #expect(told.map { $0["new"] } == [.null, nil, .null])
}

@Test(arguments: [("utf-8", 7), ("utf-16", 5), ("utf-32", 4)])
func `ranges are those of each text, in the encoding that was agreed`(
  encoding: String, character: Int
) throws {
  var talk = Talk()
  _ = try talk.result(
    "initialize", #"{"capabilities": {"general": {"positionEncodings": ["\#(encoding)"]}}}"#)
  let result = try talk.result("diff", #"{"models": {"old": "a: 1", "new": "\n👍: 1\na: 2"}}"#)
  let told = try changes(result)
  #expect(told.map { $0["path"] } == ["a", "['👍']"])
  #expect(
    told[0]["oldRange"]?.text()
      == #"{"start":{"line":0,"character":3},"end":{"line":0,"character":4}}"#)
  #expect(told[0]["newRange"]?.objectValue?["start"]?.text() == #"{"line":2,"character":3}"#)
  #expect(told[1]["oldRange"] == nil)
  #expect(
    told[1]["newRange"]?.text()
      == #"{"start":{"line":1,"character":0},"end":{"line":1,"character":\#(character)}}"#)
}

@Test(arguments: [
  (#"{"model_id": "a"}"#, #"{"modelId": "a"}"#, ""),
  (#"{"modelId": "a", "x": 1}"#, #"{"model_id": "b", "x": 1.0}"#, "/modelId"),
  (#"{"modelId": "a"}"#, #"{"modelId": "a", "template_hash": "h"}"#, "/templateHash"),
  (#"{"model_id": "a"}"#, #"{"modelId": "a", "templateHash": "h"}"#, "/template_hash"),
  (
    #"{"parameters": {"model_id": 1}}"#, #"{"parameters": {"modelId": 1}}"#,
    "/parameters/model_id /parameters/modelId"
  ),
  ("{}", "{}", ""),
])
func `a field of a record is the same in either spelling`(
  old: String, new: String, pointers: String
)
  throws
{
  let result = try diff(#"{"provenances": {"old": \#(old), "new": \#(new)}}"#)
  let told = try changes(result)
  #expect(told.compactMap { $0["pointer"]?.stringValue }.joined(separator: " ") == pointers)
  #expect(result["equal"] == .bool(pointers.isEmpty))
  #expect(told.allSatisfy { $0["oldRange"] == nil && $0["newRange"] == nil })
  let record = try JSONDocument.parse(Array(old.utf8)).root
  #expect(throws: Never.self) { try record.patched(result["patch"]?.arrayValue ?? []) }
  let embedded = try models("a: 1\nprovenance: \(old)", "a: 1\nprovenance: \(new)")
  #expect(try changes(embedded).count == told.count)
}

@Test func `two sets of values for a template are two models`() throws {
  let result = try diff(
    #"{"templateId": "demo", "parameters": {"old": {"rate": 1}, "new": {"rate": 2, "bins": 3}}}"#)
  #expect(try changes(result).map { $0["path"] } == ["grid.bins", "nodes[a].expr"])
  #expect(try changes(result, "parameters").map { $0["path"] } == ["bins", "rate"])
  #expect(try changes(result, "parameters").map { $0["old"] } == [2, 1])
  var talk = Talk()
  for (side, values) in [("old", #"{"rate": 1}"#), ("new", #"{"rate": 2, "bins": 3}"#)] {
    let made = try talk.result("generate", #"{"templateId": "demo", "parameters": \#(values)}"#)
    let record = try #require(made["provenance"]?.objectValue)
    let name = try #require(result[side]?.objectValue)
    #expect(name["model_hash"] == record["model_hash"])
    let hash = try #require(name["model_id_hash"]?.stringValue)
    #expect(record["model_id"]?.stringValue?.hasSuffix("_\(hash)") == true)
  }
  // The range of the reference: the same line of the template on both sides.
  let range = try #require(try changes(result).first?["newRange"]?.objectValue)
  #expect(range["start"]?.objectValue?["line"] == 5)
}

@Test(arguments: [
  (
    #"{"models": {"old": "a: [", "new": "b: {"}}"#, "modelInvalid",
    "new: the model is invalid: this '{' is not closed; add '}'"
  ),
  (
    #"{"provenances": {"old": 1, "new": "x"}}"#, "provenanceInvalid",
    "new: the provenance is invalid: provenance must be an object, not a string"
  ),
  (
    #"{"templateId": "demo", "parameters": {"old": {"rate": 1, "bins": 0}, "new": {}}}"#,
    "parametersInvalid",
    "new: the parameters are invalid: 'rate' needs a value"
  ),
])
func `where both sides are at fault, the old one's error has the new one's in it`(
  params: String, kind: String, message: String
) throws {
  var talk = Talk()
  let error = try #require(try talk.ask("diff", params)["error"]?.objectValue)
  let data = try #require(error["data"]?.objectValue)
  #expect(data["kind"] == .string(kind))
  #expect(data["side"] == "old")
  let other = try #require(data["other"]?.objectValue)
  #expect(other["kind"] == .string(kind))
  #expect(other["side"] == "new")
  #expect(other["message"]?.stringValue?.hasPrefix(message) == true, "\(other)")
}

@Test func `values that are given as the default are no difference`() throws {
  let result = try diff(
    #"{"templateId": "demo", "parameters": {"old": {"rate": 1}, "new": {"rate": 1.0, "bins": 2}}}"#)
  #expect(result["equal"] == true)
  #expect(result["parameters"] == [])
  #expect(result["old"] == result["new"])
}

@Test(arguments: [-1, 0, 1])
func `more changes than the limit are cut, and there is no patch`(more: Int) throws {
  let count = Comparison.changeCountMax + more
  let old = "v: [\(Array(repeating: "0", count: count).joined(separator: ", "))]"
  let result = try models(old, old.replacing("0", with: "1"))
  #expect(result["equal"] == false)
  #expect(result["truncated"] == .bool(more > 0))
  #expect(try changes(result).count == min(count, Comparison.changeCountMax))
  #expect(result["patch"]?.arrayValue?.count == (more > 0 ? nil : count))
}

@Test func `a document that is open can be compared under two sets of values`() throws {
  var talk = Talk()
  _ = try talk.result("initialize")
  _ = try talk.notify(
    "textDocument/didOpen",
    #"{"textDocument": {"uri": "file:///d.yaml", "languageId": "yaml", "version": 1, "text": \#(json(Talk.demo))}}"#
  )
  let result = try talk.result(
    "diff",
    #"{"uri": "file:///d.yaml", "parameters": {"old": {"rate": 1}, "new": {"rate": 2}}}"#)
  #expect(try changes(result).map { $0["path"] } == ["nodes[a].expr"])
}
