import JSON
import Server
import Testing

private let uri = "file:///shop.yaml"

private func opened(_ text: String, version: Int = 1, encoding: String = "utf-16") throws -> (
  talk: Talk, messages: [JSONObject]
) {
  var talk = Talk()
  _ = try talk.result(
    "initialize", #"{"capabilities": {"general": {"positionEncodings": ["\#(encoding)"]}}}"#)
  let messages = try talk.notify(
    "textDocument/didOpen",
    #"{"textDocument": {"uri": "\#(uri)", "languageId": "yaml", "version": \#(version), "text": \#(json(text))}}"#
  )
  return (talk, messages)
}

extension Talk {
  fileprivate mutating func change(_ version: Int, _ changes: String) throws -> [JSONObject] {
    try notify(
      "textDocument/didChange",
      #"{"textDocument": {"uri": "\#(uri)", "version": \#(version)}, "contentChanges": [\#(changes)]}"#
    )
  }

  /// The open document as validation sees it: its codes.
  fileprivate mutating func codes() throws -> [String] {
    try result("validateTemplate", #"{"uri": "\#(uri)"}"#)["diagnostics"]?.arrayValue?.compactMap {
      $0.objectValue?["code"]?.stringValue
    } ?? []
  }
}

private func edit(_ range: (Int, Int, Int, Int), _ text: String) -> String {
  #"{"range": {"start": {"line": \#(range.0), "character": \#(range.1)}, "end": {"line": \#(range.2), "character": \#(range.3)}}, "text": \#(json(text))}"#
}

private func published(_ messages: [JSONObject]) throws -> (
  version: Int?, codes: [String], ranges: [JSONValue]
) {
  #expect(messages.count == 1)
  let message = try #require(messages.first)
  #expect(message["method"] == "textDocument/publishDiagnostics")
  let params = try #require(message["params"]?.objectValue)
  #expect(params["uri"]?.stringValue == uri)
  let diagnostics = try #require(params["diagnostics"]?.arrayValue).compactMap(\.objectValue)
  return (
    params["version"]?.numberValue?.integer, diagnostics.compactMap { $0["code"]?.stringValue },
    diagnostics.compactMap { $0["range"] }
  )
}

@Test func `diagnostics come with the version of the text they are about`() throws {
  var (talk, messages) = try opened(Talk.demo, version: 5)
  #expect(try published(messages).version == 5)
  #expect(try published(messages).codes == [])
  let broken = try published(try talk.change(6, #"{"text": "- a\n"}"#))
  #expect(broken.version == 6)
  #expect(broken.codes == ["template-not-mapping"])
  let mended = try published(try talk.change(9, #"{"text": \#(json(Talk.demo))}"#))
  #expect(mended.version == 9)
  #expect(mended.codes == [])
}

@Test func `closing takes the diagnostics away`() throws {
  var (talk, messages) = try opened("- a\n")
  #expect(try published(messages).codes == ["template-not-mapping"])
  let closed = try published(
    try talk.notify("textDocument/didClose", #"{"textDocument": {"uri": "\#(uri)"}}"#))
  #expect(closed.version == nil)
  #expect(closed.codes == [])
  #expect(try talk.change(2, #"{"text": ""}"#).isEmpty)
  let error = try talk.ask("generate", #"{"uri": "\#(uri)"}"#)["error"]?.objectValue
  #expect(error?["code"] == -32_602)
}

@Test func `changes are applied one after the other`() throws {
  var (talk, _) = try opened("metadata: {id: ab}\n")
  // Each range is about what the change before it left.
  let messages = try talk.change(
    2,
    edit((0, 15, 0, 17), "first") + "," + edit((0, 15, 0, 20), "x\u{E9}") + ","
      + edit((0, 16, 0, 17), ""))
  #expect(try published(messages).version == 2)
  let result = try talk.result("validateTemplate", #"{"uri": "\#(uri)"}"#)
  #expect(
    result["diagnostics"]?.arrayValue?.contains { $0.objectValue?["code"] == "metadata-id-format" }
      == false)
}

@Test(arguments: [("utf-8", 15, 19), ("utf-16", 15, 17), ("utf-32", 15, 16)])
func `a change counts characters in the agreed encoding`(encoding: String, start: Int, end: Int)
  throws
{
  var (talk, messages) = try opened("metadata: {id: 🚲}\n", encoding: encoding)
  let range = try #require(
    zip(try published(messages).codes, try published(messages).ranges).first {
      $0.0 == "metadata-id-format"
    }?.1)
  #expect(
    range == [
      "start": ["line": 0, "character": .number(JSONNumber(start))],
      "end": ["line": 0, "character": .number(JSONNumber(end))],
    ])
  let after = try published(try talk.change(2, edit((0, start, 0, end), "bike")))
  #expect(!after.codes.contains("metadata-id-format"))
  #expect(!after.codes.contains("yaml-syntax"))
}

@Test(arguments: [
  edit((0, 5, 0, 1), "x"), edit((3, 0, 1, 0), "x"),
  #"{"text": "metadata: {id: other}\n"},"# + edit((1, 0, 0, 0), "x"),
])
func `a change whose range is none changes nothing`(changes: String) throws {
  var (talk, _) = try opened(Talk.demo)
  #expect(try talk.change(2, changes).isEmpty)
  #expect(try talk.codes() == [])
  #expect(talk.logged.count == 1)
  // The next change is about the text that is still there.
  #expect(try published(try talk.change(3, edit((0, 0, 0, 0), "# first\n"))).codes == [])
}

@Test(arguments: [
  #"{"range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "x"}"#,
  #"{"range": {"start": {"line": 0}, "end": {"line": 0, "character": 0}}, "text": "x"}"#,
  #"{"range": 7, "text": "x"}"#, #"{"range": null}"#, "7",
  #"{"range": {"start": {"line": 0, "character": 1e99}, "end": {"line": 0, "character": 0}}, "text": "x"}"#,
])
func `a change that is no change is logged and changes nothing`(change: String) throws {
  var (talk, _) = try opened(Talk.demo)
  #expect(try talk.change(2, change).isEmpty)
  #expect(talk.logged.count == 1)
  #expect(try talk.codes() == [])
}

@Test func `a range past the end of line or text is cut`() throws {
  var (talk, _) = try opened("metadata: {id: a}\n")
  _ = try talk.change(2, edit((0, 0, 999_999, 999_999), Talk.demo))
  #expect(try talk.codes() == [])
}

@Test func `documents are ignored before initialize`() throws {
  var talk = Talk()
  let messages = try talk.notify(
    "textDocument/didOpen", #"{"textDocument": {"uri": "\#(uri)", "version": 1, "text": "- a"}}"#)
  #expect(messages.isEmpty)
  #expect(talk.logged == ["'textDocument/didOpen' before 'initialize' is ignored"])
}

@Test func `related places of an open document have its address`() throws {
  let text =
    "metadata: {id: a}\nparameters: []\ngrid: {bins: \"${binz}\", binSize: 1, binUnit: days}\nnodes: [{id: a, kind: expr, expr: \"1\"}]\noutputs: [{series: a}]\n"
  let (_, messages) = try opened(text)
  let diagnostic = try #require(
    messages.first?["params"]?.objectValue?["diagnostics"]?.arrayValue?.first?.objectValue)
  #expect(diagnostic["code"] == "placeholder-undeclared")
  let information = try #require(diagnostic["relatedInformation"]?.arrayValue?.first?.objectValue)
  #expect(information["location"]?.objectValue?["uri"]?.stringValue == uri)
}

@Test func `an open document is what uri means`() throws {
  var (talk, _) = try opened(Talk.demo)
  let result = try talk.result(
    "generate", #"{"uri": "\#(uri)", "parameters": {"rate": 2}}"#)
  #expect(result["provenance"]?.objectValue?["template_id"] == "demo")
}

@Test(arguments: [
  ("schemaVersion: 1\ngrid: {bins: 0, binSize: 1, binUnit: days}\nnodes: []\n", true),
  ("schemaVersion: 1\nprovenance: x\n", true),
  ("schemaVersion: 1\ngrid: {bins: 0, binSize: 1, binUnit: days}\n", false),
  ("schemaVersion: 1\nmetadata: {}\ngrid: {}\nnodes: []\n", false),
  ("schemaVersion: 1\nparameters: []\ngrid: {}\nnodes: []\n", false),
])
func `an open document that is a model is not blamed for being no template`(
  text: String, isModel: Bool
) throws {
  let (_, messages) = try opened(text)
  let codes = try published(messages).codes
  #expect(!codes.isEmpty)
  #expect(codes.contains("metadata-id-missing") == !isModel, "\(codes)")
}
