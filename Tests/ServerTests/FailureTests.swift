import JSON
import JSONRPC
import Server
import SimMethods
import Testing

/// A request that fails, with the error that answers it.
private struct Failing: Sendable, CustomTestStringConvertible {
  let method: String
  let params: String
  let code: Int
  let kind: String
  /// Parts of the message.
  let parts: [String]

  init(_ method: String, _ params: String, _ code: Int, _ kind: String, _ parts: String...) {
    self.method = method
    self.params = params
    self.code = code
    self.kind = kind
    self.parts = parts
  }

  var testDescription: String { "\(method) \(params.prefix(60))" }

  static let mistyped: [Failing] = [
    ("generate", "{}", "params: expected exactly one of templateId, template and uri"),
    ("generate", #"{"templateId": "a", "template": "b"}"#, "exactly one of"),
    ("generate", #"{"templateId": 1}"#, "params.templateId: expected a string, not a number"),
    (
      "generate", #"{"templateId": "demo", "parameters": []}"#,
      "params.parameters: expected an object, not an array"
    ),
    (
      "generate", #"{"templateId": "demo", "embedProvenance": "yes"}"#,
      "params.embedProvenance: expected true or false, not a string"
    ),
    ("generate", #"{"templateId": "demo", "embedProvenance": 0}"#, "not a number"),
    (
      "generate", #"{"templateId": "demo", "mode": "replay"}"#,
      "params.mode: expected 'simulation' or 'telemetry'"
    ),
    (
      "generate", #"{"templateId": "demo", "parameters": {"rate": 1}, "generatedAt": "noon"}"#,
      "params.generatedAt: expected a time such as"
    ),
    (
      "generate", #"{"templateId": "demo", "generatedAt": "2025-09-25T12:00:00.1234567Z"}"#,
      "finer than a microsecond"
    ),
    (
      "generate", #"{"templateId": "demo", "provenanceNaming": "kebab"}"#,
      "params.provenanceNaming: expected 'snake_case' or 'camelCase', not 'kebab'"
    ),
    ("generate", #"{"uri": "file:///nowhere.yaml"}"#, "params.uri: expected an open document"),
    ("generate", "[1]", "params: expected an object, not an array"),
    ("embedProvenance", "{}", "params.model: expected a string, and it is missing"),
    (
      "embedProvenance", #"{"model": "a"}"#,
      "params.provenance: expected an object, and it is missing"
    ),
    (
      "embedProvenance", #"{"model": "a", "provenance": {}, "replace": 1}"#,
      "params.replace: expected true or false"
    ),
    (
      "extractProvenance", #"{"model": null}"#, "params.model: expected a string, and it is missing"
    ),
    ("validateTemplate", "{}", "exactly one of"),
    (
      "validateTemplate", #"{"template": ["a"]}"#,
      "params.template: expected a string, not an array"
    ),
    ("validateModel", #"{"model": {}}"#, "params.model: expected a string, not an object"),
    ("getTemplate", "{}", "params: expected exactly one of templateId, template and uri"),
    ("generate", #"{"templateID": "demo"}"#, "no member 'templateID'; did you mean 'templateId'?"),
    (
      "generate", #"{"templateId": "demo", "params": {}}"#,
      "params: no member 'params'; did you mean 'parameters'?"
    ),
    ("validateTemplate", #"{"text": "a: 1"}"#, "did you mean 'template'?"),
    ("validateModel", #"{"text": "a: 1"}"#, "did you mean 'model'?"),
    ("diff", #"{"model": {"old": "", "new": ""}}"#, "did you mean 'models'?"),
    ("verifyProvenance", "{}", "params.model: expected a string, and it is missing"),
    (
      "verifyProvenance", #"{"model": "", "templateId": 1}"#, "params.templateId: expected a string"
    ),
    (
      "verifyProvenance", #"{"model": "", "templateId": "demo", "template": "a"}"#,
      "exactly one of templateId, template and uri"
    ),
    ("regenerate", "{}", "params: expected exactly one of provenance and model"),
    ("regenerate", #"{"model": "", "provenance": {}}"#, "exactly one of provenance and model"),
    ("regenerate", #"{"model": "", "force": 1}"#, "params.force: expected true or false"),
    (
      "regenerate", #"{"provenance": {}, "generatedAt": "noon"}"#,
      "params.generatedAt: expected a time such as"
    ),
    ("diff", "{}", "exactly one of models, provenances, templateId, template and uri"),
    ("diff", #"{"models": {"old": "", "new": ""}, "templateId": "demo"}"#, "exactly one of"),
    (
      "diff", #"{"models": {"old": "a: 1"}}"#,
      "params.models.new: expected a string, and it is missing"
    ),
    (
      "diff", #"{"provenances": {"new": {}}}"#,
      "params.provenances.old: expected an object, and it is missing"
    ),
    ("diff", #"{"templateId": "demo"}"#, "params.parameters: expected an object"),
    (
      "diff", #"{"templateId": "demo", "parameters": {"old": 1}}"#,
      "params.parameters.old: expected an object, not a number"
    ),
  ].map { Failing($0.0, $0.1, -32_602, "invalidParams", $0.2) }

  static let refused: [Failing] = [
    Failing(
      "generate", #"{"templateId": "demmo"}"#, 1001, "templateNotFound", "no template 'demmo'",
      "did you mean 'demo'?"),
    Failing(
      "validateTemplate", #"{"templateId": "zzz"}"#, 1001, "templateNotFound", "no template 'zzz'"),
    Failing("getTemplate", #"{"templateId": ""}"#, 1001, "templateNotFound", "no template ''"),
    Failing(
      "generate", #"{"templateId": "broken"}"#, 1002, "templateInvalid", "the template is invalid"),
    Failing(
      "generate", #"{"template": "- a\n- b\n"}"#, 1002, "templateInvalid", "a template is a mapping"
    ),
    Failing("generate", #"{"template": "a: [1"}"#, 1002, "templateInvalid"),
    Failing("generate", #"{"template": ""}"#, 1002, "templateInvalid", "the template is empty"),
    Failing(
      "generate", #"{"templateId": "demo", "parameters": {"bins": 0, "speed": 1, "label": 7}}"#,
      1003,
      "parametersInvalid", "(and 3 more)"),
    Failing(
      "generate", #"{"templateId": "demo", "parameters": {"rate": "fast"}}"#, 1003,
      "parametersInvalid", "'rate' must be a number, not the text 'fast'"),
    Failing(
      "generate", #"{"templateId": "demo", "parameters": {"rate": 9007199254740993}}"#, 1003,
      "parametersInvalid", "cannot be kept exactly"),
    Failing(
      "embedProvenance",
      #"{"model": "grid: {}\n", "provenance": {"model_id": "a", "template_id": "b"}}"#, 1004,
      "modelInvalid", "no 'schemaVersion'"),
    Failing(
      "embedProvenance", #"{"model": "a: [", "provenance": {"model_id": "a", "template_id": "b"}}"#,
      1004, "modelInvalid"),
    Failing(
      "extractProvenance", #"{"model": "- a"}"#, 1004, "modelInvalid", "a model is a mapping"),
    Failing(
      "extractProvenance", #"{"model": "schemaVersion: 1\nprovenance: 7\n"}"#, 1004, "modelInvalid",
      "provenance must be a mapping, not 7"),
    Failing(
      "embedProvenance", #"{"model": "schemaVersion: 1\n", "provenance": "model_1"}"#, 1005,
      "provenanceInvalid", "provenance must be an object, not a string"),
    Failing(
      "embedProvenance", #"{"model": "schemaVersion: 1\n", "provenance": [1]}"#, 1005,
      "provenanceInvalid", "not an array"),
    Failing(
      "embedProvenance", #"{"model": "schemaVersion: 1\n", "provenance": {}}"#, 1005,
      "provenanceInvalid", "no 'model_id'"),
    Failing(
      "embedProvenance",
      #"{"model": "schemaVersion: 1\nprovenance: {}\n", "provenance": {"model_id": "a", "template_id": "b"}}"#,
      1006, "provenanceExists", "'replace'"),
    Failing(
      "diff", #"{"models": {"old": "- a", "new": "a: ["}}"#, 1004, "modelInvalid",
      "old: the model is invalid: a model is a mapping"),
    Failing(
      "diff", #"{"models": {"old": "a: 1", "new": "a: 9007199254740993"}}"#, 1004, "modelInvalid",
      "new: the model is invalid"),
    Failing(
      "diff", #"{"models": {"old": "a: &a [1]\nb: *c\n", "new": "a: 1"}}"#, 1004, "modelInvalid",
      "old: "),
    Failing(
      "diff", #"{"provenances": {"old": {}, "new": {"model_id": "a", "modelId": "b"}}}"#, 1005,
      "provenanceInvalid", "new: ", "two spellings of one field"),
    Failing(
      "diff", #"{"provenances": {"old": {"a": 1e999}, "new": {}}}"#, 1005, "provenanceInvalid",
      "old: ", "not finite"),
    Failing(
      "diff", #"{"templateId": "demmo", "parameters": {}}"#, 1001, "templateNotFound",
      "no template 'demmo'; did you mean 'demo'?"),
    Failing(
      "diff", #"{"templateId": "broken", "parameters": {}}"#, 1002, "templateInvalid",
      "the template is invalid"),
    Failing(
      "diff", #"{"templateId": "demo", "parameters": {"old": {"rate": 1}}}"#, 1003,
      "parametersInvalid", "new: the parameters are invalid"),
    Failing(
      "regenerate", #"{"provenance": {"model_id": "m", "template_id": "demmo"}}"#, 1008,
      "notReproducible", "does not lead back to its model (template-not-found)",
      "no template 'demmo'; did you mean 'demo'?"),
    Failing(
      "regenerate", #"{"model": "schemaVersion: 1\n", "force": true}"#, 1008, "notReproducible",
      "(malformed)", "the model has none"),
    Failing(
      "regenerate",
      #"{"provenance": {"model_id": "model_20250925T120000Z_52848d21", "template_id": "dem"#
        + #"o", "generated_at": "2025-09-25T12:00:00Z", "parameters": {"pin": {"salt": "bc5369"#
        + #"f105fce7e14d8abbeceea398cf", "sha256": "e0560abf8c880bb76345082ebd4de4ef142276490b"#
        + #"0a4fad68bab04b925f4ce5"}}}, "templateId": "demo"}"#, 1009, "sensitiveValues",
      "seals the value of 'pin'"),
    Failing("nonsense", "{}", -32_601, "methodNotFound", "nonsense"),
    Failing("textDocument/hover", "{}", -32_002, "serverNotInitialized", "initialize"),
  ]
}

@Test(arguments: Failing.mistyped + Failing.refused)
private func `a request that fails says what and where, and the next is served`(request: Failing)
  throws
{
  var talk = Talk()
  let error = try #require(try talk.ask(request.method, request.params)["error"]?.objectValue)
  #expect(error["code"]?.numberValue?.integer == request.code)
  let data = try #require(error["data"]?.objectValue)
  #expect(data["kind"]?.stringValue == request.kind)
  let message = try #require(error["message"]?.stringValue)
  for part in request.parts { #expect(message.contains(part)) }
  if [1002, 1003, 1004].contains(request.code) {
    let diagnostics = try #require(data["diagnostics"]?.arrayValue)
    #expect(!diagnostics.isEmpty)
    for diagnostic in diagnostics {
      #expect(diagnostic.objectValue?["source"] == "flowtime-sim")
      #expect(diagnostic.objectValue?["code"]?.stringValue?.isEmpty == false)
      #expect(diagnostic.objectValue?["range"]?.objectValue != nil)
    }
  }
  let status = try talk.result("status")
  #expect(status["counters"]?.objectValue?["errors"] == 1)
}

@Test func `every error of our own is provoked by a test`() {
  // A limit is provoked in the test on messages that are too long.
  let provoked = Set(Failing.refused.map(\.code)).union([FailureCode.limitExceeded.rawValue])
  for code in FailureCode.allCases { #expect(provoked.contains(code.rawValue), "\(code)") }
  #expect(FailureCode.allCases.map(\.rawValue) == Array(1001...1009))
}

@Test func `unknown, missing, mistyped and out-of-range values are one reply`() throws {
  var talk = Talk()
  let error = try #require(
    try talk.ask(
      "generate", #"{"templateId": "demo", "parameters": {"bins": 11, "label": 7, "speed": 1}}"#
    )["error"]?.objectValue)
  let diagnostics = try #require(error["data"]?.objectValue?["diagnostics"]?.arrayValue)
  #expect(
    diagnostics.map { $0.objectValue?["code"]?.stringValue } == [
      "parameter-unknown", "parameter-above-max", "parameter-required", "parameter-type-mismatch",
    ])
}

@Test func `a value with a line break and YAML in it stays a value`() throws {
  var talk = Talk()
  let template = Talk.demo.replacing(
    "\"${rate}\"", with: "\"${rate}\", metadata: {text: \"${label}\"}")
  let value = "x\nnodes: []\n---\nother: \"y"
  let result = try talk.result(
    "generate",
    #"{"template": \#(json(template)), "parameters": {"rate": 1, "label": \#(json(value))}, "embedProvenance": true}"#
  )
  let model = json(try #require(result["model"]?.stringValue))
  let back = try talk.result("extractProvenance", #"{"model": \#(model)}"#)
  #expect(
    back["provenance"]?.objectValue?["parameters"]?.objectValue?["label"]?.stringValue == value)
  #expect(try talk.result("validateModel", #"{"model": \#(model)}"#)["valid"] == true)
}

@Test(arguments: [
  "{", "nonsense", "[]", "{}", "7", #"{"jsonrpc":"1.0","id":1,"method":"echo"}"#,
  #"{"jsonrpc":"2.0","id":{},"method":"echo"}"#, #"{"jsonrpc":"2.0","id":1,"method":7}"#,
])
func `a line that is no request is answered and the next is served`(line: String) throws {
  var talk = Talk()
  // The first byte decides on the framing.
  _ = try talk.result("status")
  let replies = try talk.send(Array(line.utf8) + [0x0A])
  #expect(replies.count == 1)
  #expect(replies.first?["error"]?.objectValue?["code"] != nil)
  #expect(try talk.ask("echo", #"{"a": 1}"#)["result"] == ["a": 1])
}

@Test func `bytes that are no UTF-8 are answered and the next message is served`() throws {
  var talk = Talk()
  var line = Array(
    #"{"jsonrpc":"2.0","id":1,"method":"validateTemplate","params":{"template":"a: "#.utf8)
  line += [0xFF, 0xFE] + Array(#""}}"#.utf8) + [0x0A]
  let replies = try talk.send(line)
  #expect(replies.first?["error"]?.objectValue?["code"] == -32_700)
  #expect(try talk.ask("echo", "{}")["result"] == [:])
}

@Test func `a message over the limit names the limit and its value`() throws {
  var limits = SimLimits()
  limits.server.rpc.bodyLengthMax = 200
  var talk = Talk(limits: limits)
  let long = #"{"text": "\#(String(repeating: "x", count: 200))"}"#
  let replies = try talk.send(
    Array(#"{"jsonrpc":"2.0","id":7,"method":"echo","params":\#(long)}"#.utf8) + [0x0A])
  let data = try #require(replies.first?["error"]?.objectValue?["data"]?.objectValue)
  #expect(data["kind"] == "limitExceeded")
  #expect(data["limit"] == "bodyLengthMax")
  #expect(data["value"] == 200)
  talk.reconnect()
  #expect(try talk.ask("echo", "{}")["result"] == [:])
}

@Test func `a client that leaves in mid-message disturbs nobody`() throws {
  var talk = Talk()
  #expect(try talk.send(Array(#"{"jsonrpc":"2.0","id":7,"meth"#.utf8)).isEmpty)
  // The end of the stream ends a line, and that line is no JSON.
  #expect(try talk.finish().map { $0["error"]?.objectValue?["code"] } == [-32_700])

  talk.reconnect()
  #expect(try talk.send(Array("Content-Length: 100\r\n\r\n{\"jsonrpc\"".utf8)).isEmpty)
  #expect(try talk.finish().isEmpty)
  #expect(talk.ending == .streamBroken)

  talk.reconnect()
  #expect(try talk.ask("echo", "{}")["result"] == [:])
}
