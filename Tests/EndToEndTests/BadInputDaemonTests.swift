import JSON
import Testing

private struct Case: CustomTestStringConvertible {
  let testDescription: String
  let method: String
  let params: JSONValue
  let code: Int
  let kind: String?
  /// What `error` must hold, as text.
  let notices: [String]

  init(
    _ description: String, _ method: String, _ params: JSONValue, _ code: Int, _ kind: String?,
    _ notices: String...
  ) {
    testDescription = description
    self.method = method
    self.params = params
    self.code = code
    self.kind = kind
    self.notices = notices
  }
}

private let record: JSONValue = ["model_id": "m", "template_id": "t"]

private let cases = [
  Case(
    "an unknown template", "generate", ["templateId": "it-system"], 1001, "templateNotFound",
    "no template 'it-system'", "\"near\":[\"it-system-microservices\"]"),
  Case(
    "parameters wrong in every way", "generate",
    [
      "templateId": "it-system-microservices",
      "parameters": ["binz": 1, "bins": 0, "binSize": "wide", "binUnit": "years"],
    ], 1003, "parametersInvalid", "parameter-unknown", "parameter-below-min",
    "parameter-type-mismatch", "parameter-not-in-enum"),
  Case(
    "a parameter that is missing", "generate",
    [
      "template": """
      metadata: {id: t}
      parameters: [{name: rate, type: number}]
      grid: {bins: 1, binSize: 1, binUnit: hours}
      nodes: [{id: a, kind: const, values: ["${rate}"]}]
      outputs: [{id: a, series: a, as: a.csv}]
      """
    ], 1003, "parametersInvalid", "parameter-required", "\"line\":1"),
  Case(
    "a number that cannot be kept", "generate",
    [
      "templateId": "it-system-microservices",
      "parameters": ["bins": .number(JSONNumber(spelling: "9007199254740993") ?? 0)],
    ], 1003, "parametersInvalid", "bins"),
  Case(
    "broken YAML", "generate", ["template": "a: [1\nb: {"], 1002, "templateInvalid", "yaml-syntax"),
  Case(
    "a list as a template", "generate", ["template": "- a"], 1002, "templateInvalid",
    "template-not-mapping"),
  Case(
    "an empty template", "generate", ["template": ""], 1002, "templateInvalid", "template-empty"),
  Case("no template", "generate", [:], -32602, nil, "params"),
  Case("a template that is a number", "generate", ["template": 5], -32602, nil, "params.template"),
  Case("params that are a list", "generate", [1], -32602, nil, "params"),
  Case(
    "a document that is not open", "generate", ["uri": "file:///t.yaml"], -32602, nil,
    "'file:///t.yaml' is not open"),
  Case(
    "a time that is none", "generate",
    ["templateId": "it-system-microservices", "generatedAt": "noon"], -32602, nil, "generatedAt"),
  Case(
    "a model without a version", "embedProvenance",
    ["model": "grid: {}\n", "provenance": record], 1004, "modelInvalid", "schema-version-missing"),
  Case(
    "a model that is broken YAML", "embedProvenance", ["model": "a: [", "provenance": record],
    1004, "modelInvalid", "yaml-syntax"),
  Case(
    "a record that is no object", "embedProvenance",
    ["model": "schemaVersion: 1\n", "provenance": "text"], 1005, "provenanceInvalid",
    "provenance must be an object, not a string"),
  Case(
    "a record that says nothing", "embedProvenance",
    ["model": "schemaVersion: 1\n", "provenance": [:]], 1005, "provenanceInvalid", "model_id",
    "template_id"),
  Case(
    "a record where there is one", "embedProvenance",
    ["model": "schemaVersion: 1\nprovenance: {model_id: m}\n", "provenance": record], 1006,
    "provenanceExists", "'replace'"),
  Case("an unknown method", "genrate", [:], -32601, nil, "genrate"),
  Case(
    "an editor's request before initialize", "textDocument/hover", [:], -32002, nil, "initialize"),
]

@Test func `a daemon answers bad requests with place and cause, and serves on`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      let conversation = try daemon.connect()
      for bad in cases {
        let reply = try conversation.request(bad.method, bad.params)
        let error = try #require(
          reply["error"]?.objectValue, "\(bad.testDescription) was answered: \(reply)")
        let text = JSONValue.object(error).text()
        #expect(error["code"] == .number(JSONNumber(bad.code)), "\(bad.testDescription): \(text)")
        if let kind = bad.kind {
          #expect(error["data"]?.objectValue?["kind"] == .string(kind), "\(bad.testDescription)")
        }
        for notice in bad.notices {
          #expect(text.contains(notice), "\(bad.testDescription): \(text)")
        }
        _ = try conversation.call("generate", ["templateId": "it-system-microservices"])
      }
      let counters = try conversation.call("status")["counters"]?.objectValue
      #expect(counters?["errors"] == .number(JSONNumber(cases.count)))
      #expect(counters?["models"] == .number(JSONNumber(cases.count)))
    }
    #expect(directory.names == ["daemon.sock.lock"])
  }
}

@Test func `a text that is not UTF-8 is refused, and the line after it answered`() throws {
  let start = Array(#"{"jsonrpc":"2.0","id":1,"method":"echo","params":["#.utf8)
  let next = Array(#"{"jsonrpc":"2.0","id":2,"method":"echo","params":[2]}"#.utf8)
  let input = start + [0x22, 0xE9, 0x22] + Array("]}\n".utf8) + next
  let outcome = try Program.run(["serve", "--stdio"], input: input)
  let lines = outcome.text.split(separator: "\n")
  #expect(lines.count == 2)
  #expect(lines.first?.contains("-32700") == true, "\(outcome.text)")
  #expect(lines.last == #"{"jsonrpc":"2.0","id":2,"result":[2]}"#)
}

/// Echoes a text so that the message has exactly the length.
private func echo(bodyLength: Int) -> [UInt8] {
  let start = #"{"jsonrpc":"2.0","id":1,"method":"echo","params":["#
  return Array(start.utf8) + [0x22]
    + repeatElement(0x78, count: bodyLength - start.utf8.count - 4) + Array("\"]}".utf8)
}

@Test(arguments: [(999, true), (1_000, true), (1_001, false)])
func `a message over the limit is refused with the limit's name`(length: Int, isAnswered: Bool)
  throws
{
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, ["--limit", "bodyLengthMax=1000"]) { daemon in
      for framing in WireFraming.allCases {
        let conversation = try daemon.connect(framing)
        let body = echo(bodyLength: length)
        #expect(body.count == length)
        try conversation.stream.write(framing.frame(body))
        let reply = try #require(try conversation.receive())
        if isAnswered {
          #expect(reply["result"] != nil)
        } else {
          #expect(reply["id"] == JSONValue.null)
          let data = reply["error"]?.objectValue?["data"]?.objectValue
          #expect(data?["kind"] == "limitExceeded")
          #expect(JSONValue.object(reply).text().contains("bodyLengthMax"))
          #expect(JSONValue.object(reply).text().contains("1000"))
        }
        switch framing {
        // A line ends where it ends, so the connection goes on; the end of a body that is not read is unknown.
        case .line: _ = try conversation.call("status")
        case .header where isAnswered: _ = try conversation.call("status")
        case .header: #expect(try conversation.receive() == nil)
        }
        _ = try daemon.connect(framing).call("status")
      }
    }
  }
}

@Test(arguments: [("depthMax", 5), ("batchCountMax", 3)])
func `other limits hold at their value and not beyond`(name: String, limit: Int) throws {
  func message(_ count: Int) -> JSONValue {
    if name == "batchCountMax" {
      return .array(
        (1...count).map { ["jsonrpc": "2.0", "id": .number(JSONNumber($0)), "method": "echo"] })
    }
    // The message is one level, its params another.
    let nested = (2..<count).reduce(JSONValue.number(1)) { inner, _ in [inner] }
    return ["jsonrpc": "2.0", "id": 1, "method": "echo", "params": [nested]]
  }
  for (count, isAnswered) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
    let outcome = try Program.run(
      ["serve", "--stdio", "--limit", "\(name)=\(limit)"],
      input: WireFraming.line.frame(message(count).serialized()))
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("\"result\"") == isAnswered, "\(count): \(outcome.text)")
    #expect(outcome.text.contains(name) == !isAnswered, "\(count): \(outcome.text)")
  }
}
