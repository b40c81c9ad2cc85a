import JSON
import Operations
import Server
import SimMethods
import Source
import Testing

@Test func `our own methods need no initialize`() throws {
  var talk = Talk()
  let result = try talk.result(
    "generate",
    #"{"templateId": "demo", "parameters": {"rate": -5}, "generatedAt": "2025-09-25T14:00:00+02:00"}"#
  )
  #expect(
    result["model"]?.stringValue == """
      schemaVersion: 1
      grid:
        bins: 2
        binSize: 1
        binUnit: days
      nodes:
        - id: a
          kind: expr
          expr: (0 - 5)
      outputs:
        - series: a
          as: a.csv

      """)
  let record = try #require(result["provenance"]?.objectValue)
  #expect(record["generated_at"] == "2025-09-25T12:00:00Z")
  #expect(record["parameters"]?.objectValue?.members.map(\.name) == ["bins", "rate", "label"])
  let header = try #require(result["provenanceHeader"]?.stringValue)
  #expect(try JSONDocument.parse(Array(header.utf8)).root == .object(record))
  #expect(header.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
}

@Test func `without a fixed clock the same request gives another id`() throws {
  var talk = Talk()
  let params =
    #"{"templateId": "demo", "parameters": {"rate": 1}, "provenanceNaming": "camelCase"}"#
  let ids = try (0..<3).map { _ in
    try talk.result("generate", params)["provenance"]?.objectValue?["modelId"]?.stringValue ?? ""
  }
  #expect(Set(ids).count == 3)
  #expect(ids[0].hasPrefix("model_19700101T000000Z_"))
  #expect(ids[1].hasPrefix("model_19700101T000000.000001Z_"))
}

@Test(arguments: [
  ("{}", "utf-16"), (#"{"general": {"positionEncodings": ["utf-8", "utf-16"]}}"#, "utf-8"),
  (#"{"general": {"positionEncodings": ["utf-7", "utf-32"]}}"#, "utf-32"),
  (#"{"general": {"positionEncodings": []}}"#, "utf-16"),
])
func `the first position encoding that both know is agreed`(capabilities: String, encoding: String)
  throws
{
  var talk = Talk()
  let result = try talk.result(
    "initialize", #"{"processId": 42, "capabilities": \#(capabilities)}"#)
  let agreed = try #require(result["capabilities"]?.objectValue)
  #expect(agreed["positionEncoding"]?.stringValue == encoding)
  #expect(agreed["textDocumentSync"]?.objectValue?["change"] == 2)
  #expect(talk.clientProcessID == 42)
}

@Test func `initialize may be sent once`() throws {
  var talk = Talk()
  _ = try talk.result("initialize")
  let error = try talk.ask("initialize")["error"]?.objectValue
  #expect(error?["code"] == -32_600)
}

@Test func `after shutdown only exit is followed`() throws {
  var talk = Talk()
  _ = try talk.result("initialize")
  #expect(try talk.ask("shutdown")["result"] == .null)
  #expect(try talk.ask("status")["error"]?.objectValue?["code"] == -32_600)
  #expect(talk.ending == nil)
  #expect(try talk.notify("exit", "{}").isEmpty)
  #expect(talk.ending == .exit(isOrderly: true))
  #expect(try talk.send(Array(#"{"jsonrpc":"2.0","id":1,"method":"echo"}"#.utf8) + [0x0A]).isEmpty)
}

@Test func `exit without shutdown ends the conversation in disorder`() throws {
  var talk = Talk()
  #expect(try talk.notify("exit", "{}").isEmpty)
  #expect(talk.ending == .exit(isOrderly: false))
}

@Test func `notifications are never answered`() throws {
  var talk = Talk()
  for method in [
    "initialized", "$/cancelRequest", "$/setTrace", "unknown", "generate", "$/unknown",
  ] {
    #expect(try talk.notify(method, #"{"id": 1}"#).isEmpty, "\(method)")
  }
  #expect(try talk.ask("echo", "[1]")["result"] == [1])
}

@Test func `templates are listed with what a form needs`() throws {
  var talk = Talk()
  let templates = try #require(try talk.result("listTemplates")["templates"]?.arrayValue)
  #expect(templates.map { $0.objectValue?["templateId"] } == ["broken", "demo"])
  #expect(templates.map { $0.objectValue?["state"] } == ["broken", "ready"])
  #expect(templates.allSatisfy { $0.objectValue?["text"] == nil })
  let demo = try talk.result("getTemplate", #"{"templateId": "demo"}"#)
  #expect(demo["text"]?.stringValue == Talk.demo)
  let schema = try #require(demo["parametersSchema"]?.objectValue)
  #expect(schema["required"] == ["rate"])
  #expect(
    schema["properties"]?.objectValue?["bins"]
      == ["type": "integer", "minimum": 1, "maximum": 10, "default": 2])
  // A text is told of in the same way; it has no path.
  let text = try talk.result("getTemplate", #"{"template": \#(json(Talk.demo))}"#)
  var expected = demo
  expected["path"] = nil
  #expect(text == expected)
  let bare = try talk.result("getTemplate", #"{"template": "grid: {}"}"#)
  #expect(bare["templateId"] == nil)
  #expect(bare["state"] == "broken")
}

@Test(arguments: [
  (#"{"experimental": {"templatesDidChange": true}}"#, true),
  (#"{"experimental": {"templatesDidChange": false}}"#, false), (#"{"experimental": 7}"#, false),
  ("{}", false),
])
func `a client that asks for it is told of other templates`(capabilities: String, isTold: Bool)
  throws
{
  var talk = Talk()
  let entry = TemplateCatalog.Entry(path: "new.yaml", text: SourceText("metadata: {id: new}\n"))
  // Before initialize nobody has asked.
  #expect(try talk.reload([entry]).isEmpty)
  let result = try talk.result("initialize", #"{"capabilities": \#(capabilities)}"#)
  let agreed = result["capabilities"]?.objectValue?["experimental"]?.objectValue
  #expect((agreed?["templatesDidChange"] == true) == isTold)
  #expect(try talk.reload([entry]).isEmpty)
  let told = try talk.reload([])
  #expect(told.count == (isTold ? 1 : 0))
  if let notification = told.first {
    #expect(notification["method"] == "templates/didChange")
    #expect(
      notification["params"] == ["added": [], "removed": ["new"], "changed": [], "broken": []])
  }
  _ = try talk.ask("shutdown")
  #expect(try talk.reload([entry]).isEmpty)
}

@Test func `status counts how often templates were read, whether or not they are others`() throws {
  var talk = Talk()
  for _ in 0..<2 { _ = try talk.reload([]) }
  #expect(try talk.result("status")["counters"]?.objectValue?["reloads"] == 2)
}

@Test func `validation tells a template by itself from values for it`() throws {
  var talk = Talk()
  #expect(try talk.result("validateTemplate", #"{"templateId": "demo"}"#)["valid"] == true)
  let result = try talk.result("validateTemplate", #"{"templateId": "demo", "parameters": {}}"#)
  #expect(result["valid"] == false)
  #expect(result["parameters"] == ["bins": 2, "label": "x"])
}

@Test func `status names every limit and counts what was done`() throws {
  var talk = Talk()
  _ = try talk.result("generate", #"{"templateId": "demo", "parameters": {"rate": 1}}"#)
  let status = try talk.result("status")
  #expect(status["uptimeSeconds"]?.numberValue?.double == 1.5)
  #expect(status["templateCount"] == 2)
  #expect(
    status["counters"] == [
      "connections": 1, "requests": 2, "notifications": 0, "errors": 0, "models": 1,
      "reloads": 0,
    ])
  #expect(
    status["limits"]?.objectValue?.members.map(\.name) == SimLimits().named.map(\.name))
}

@Test(arguments: ["snake_case", "camelCase"])
func `a record is embedded, replaced and taken out again`(naming: String) throws {
  var talk = Talk()
  let generated = try talk.result(
    "generate",
    #"{"templateId": "demo", "parameters": {"rate": 1}, "provenanceNaming": "\#(naming)"}"#)
  let model = try #require(generated["model"]?.stringValue)
  let record = try #require(generated["provenance"])
  let recordText = String(decoding: record.serialized(), as: UTF8.self)
  let params = { (model: String, rest: String) in
    #"{"model": \#(json(model)), "provenance": \#(recordText)\#(rest)}"#
  }
  let embedded = try #require(
    try talk.result("embedProvenance", params(model, ""))["model"]?.stringValue)
  let again = try talk.result("embedProvenance", params(embedded, #", "replace": true"#))
  #expect(again["model"]?.stringValue == embedded)
  let extracted = try talk.result("extractProvenance", #"{"model": \#(json(embedded))}"#)
  #expect(extracted["model"]?.stringValue == model)
  #expect(extracted["provenance"] == record)
  #expect(extracted["diagnostics"] == [])
  let none = try talk.result("extractProvenance", #"{"model": \#(json(model))}"#)
  #expect(none["provenance"] == .null)
  #expect(none["model"]?.stringValue == model)
}

@Test func `a model is validated whole`() throws {
  var talk = Talk()
  let result = try talk.result("validateModel", #"{"model": "grid: {bins: 0}\nnodes: []\n"}"#)
  #expect(result["valid"] == false)
  #expect(
    result["diagnostics"]?.arrayValue?.compactMap { $0.objectValue?["code"]?.stringValue } == [
      "schema-version-missing", "grid-bin-size-range", "grid-bin-unit", "grid-bins-range",
      "nodes-empty",
    ])
}

@Test(arguments: [(299, 2), (300, 1), (301, 1)])
func `answers beyond the bound wait until the earlier ones are taken`(
  length: Int, firstCount: Int
) throws {
  var limits = SimLimits()
  limits.server.outputLengthMax = 300
  var talk = Talk(limits: limits)
  // The first answer and its line break have exactly `length` bytes.
  let frame = #"{"jsonrpc":"2.0","id":1,"result":""}"#.utf8.count + 1
  let filler = String(repeating: "x", count: length - frame)
  func echo(_ id: Int, _ text: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"echo","params":["\#(text)"]}"# + "\n"
  }
  let replies = try talk.send(Array((echo(1, String(filler.dropLast(2))) + echo(2, "a")).utf8))
  #expect(replies.compactMap { $0["id"]?.numberValue?.integer } == [1, 2])
  #expect(talk.firstCount == firstCount)
}
