import EngineHTTP
import EngineOperations
import JSON
import TestSupport
import Testing

@Test func `a stored file has a tag, and who knows it is spared the bytes`() throws {
  let exchange = try Exchange()
  let id = try exchange.stored(smallModel, provenance: "m")
  for path in ["model", "index", "series/served", "provenance.json"].map({ "/v1/runs/\(id)/\($0)" })
    + ["/v1/artifacts/\(id)/files/run.json"]
  {
    let reply = try exchange.get(path)
    #expect(reply.status == 200, "\(path)")
    let tag = try #require(reply.field("ETag"), "\(path)")
    let again = try exchange.get(path, "If-None-Match: " + tag)
    #expect(again.status == 304 && again.body.isEmpty, "\(path)")
    let head = try exchange.send("HEAD", path)
    #expect(head.status == 200 && head.body.isEmpty && head.field("ETag") == tag, "\(path)")
    #expect(head.field("Content-Length") == reply.field("Content-Length"), "\(path)")
  }
}

@Test(arguments: [
  ("/v1/artifacts/{id}/files/spec.yaml", "text/yaml"),
  ("/v1/artifacts/{id}/files/manifest.json", "application/json"),
  ("/v1/runs/{id}/model", "text/yaml"), ("/v1/runs/{id}/series/demand", "text/csv"),
])
func `a file has the type of its name`(path: String, type: String) throws {
  let exchange = try Exchange()
  let id = try exchange.stored(smallModel)
  let reply = try exchange.get(path.replacing("{id}", with: id))
  #expect(reply.field("Content-Type") == type)
}

@Test(arguments: [
  ("GET", "/v1/runs/run_x", 404), ("GET", "/v1/runs/run_x/index", 404),
  ("GET", "/v1/artifacts/none", 404), ("GET", "/v1/artifacts/none/relationships", 404),
  ("GET", "/v1/artifacts?colour=red", 400), ("GET", "/v1/artifacts?_=7", 200),
  ("GET", "/v1/artifacts?createdAfter=soon", 400), ("GET", "/v1/runs?page=0", 400),
  ("GET", "/v1/runs?hasWarnings=maybe", 400), ("DELETE", "/v1/runs/run_x", 405),
  ("POST", "/v1/run", 400), ("POST", "/v1/graph", 400), ("POST", "/v1/artifacts/archive", 400),
  ("GET", "/v1/nothing", 404), ("OPTIONS", "/v1/run", 204),
])
func `what cannot be done is refused with a problem`(
  method: String, target: String, status: Int
) throws {
  let reply = try Exchange().send(method, target)
  #expect(reply.status == status, "\(reply.body)")
  guard status >= 400 else { return }
  #expect(reply.field("Content-Type") == "application/problem+json")
  #expect(reply["status"]?.numberValue?.integer == status)
}

@Test func `a mistake in a model is told with its place`() throws {
  let reply = try Exchange().run(
    smallModel.replacing("demand * 0.8", with: "demand + naïve + nope"))
  #expect(reply.status == 400)
  #expect(reply["kind"] == "model-invalid")
  let found = try #require(reply["diagnostics"]?.arrayValue?.last?.objectValue)
  #expect(found["code"] == "expr-unknown-reference")
  #expect(
    found["range"]
      == ["start": ["line": 11, "character": 27], "end": ["line": 11, "character": 31]])
  #expect(reply["error"]?.stringValue?.contains("nodes[1].expr") == true)
}

/// Places of long lines are found from marks, of which some fall between the bytes of a character.
@Test(arguments: [0, 1, 200, 1_023, 1_024, 1_025, 3_000])
func `a place far along a line is counted in UTF-16 units`(length: Int) throws {
  for character in ["a", "é", "€", "𝄞"] {
    let before =
      "  - {id: a, kind: const, metadata: {n: \""
      + String(repeating: character, count: length) + "\"}, values: "
    let reply = try Exchange().run(
      "schemaVersion: 1\ngrid: {bins: 3, binSize: 1, binUnit: hours}\nnodes:\n\(before)[1, 2]}\n")
    let found = try #require(reply["diagnostics"]?.arrayValue?.last?.objectValue)
    let start = before.utf16.count
    #expect(found["code"] == "const-length-mismatch")
    #expect(
      found["range"]
        == [
          "start": ["line": 3, "character": .number(JSONNumber(start))],
          "end": ["line": 3, "character": .number(JSONNumber(start + 6))],
        ])
  }
}

@Test(arguments: ["[1]", "{}", "[\"a\"", "null", "[\"a\",null]"])
func `a list of ids is a list of texts`(body: String) throws {
  let exchange = try Exchange()
  for path in ["/v1/artifacts/archive", "/v1/artifacts/bulk-delete"] {
    #expect(try exchange.send("POST", path, [], body).status == 400)
  }
}

@Test(arguments: [999, 1000, 1001])
func `a list of ids holds at most a thousand`(count: Int) throws {
  let body = JSONValue.array((1...count).map { .string("run_\($0)") }).text()
  let reply = try Exchange().send("POST", "/v1/artifacts/archive", [], body)
  #expect(reply.status == (count > 1000 ? 400 : 200))
}

@Test func `a model that is too large is refused with the name of the limit`() throws {
  var limits = RunLimits()
  limits.modelLengthMax = smallModel.utf8.count - 1
  let long = try Exchange(limits: limits).run(smallModel)
  #expect(long.status == 413 && long["limit"] == "modelLengthMax")
  limits = RunLimits()
  limits.nodeCountMax = 1
  let many = try Exchange(limits: limits).run(smallModel)
  #expect(many.status == 400 && many["limit"] == "nodeCountMax" && many["limitValue"] == 1)
}

@Test func `runs are listed with what their records say`() throws {
  let exchange = try Exchange()
  let id = try exchange.stored(
    smallModel, provenance: #"{"model_id":"m","template_id":"t","template_title":"T"}"#)
  let reply = try exchange.get("/v1/runs?templateId=T")
  #expect(reply["totalCount"] == 1 && reply["pageSize"] == 50)
  let item = try #require(reply["items"]?.arrayValue?.first?.objectValue)
  #expect(item["runId"] == .string(id) && item["templateTitle"] == "T")
  #expect(item["rng"] == ["kind": "pcg32", "seed": 123])
  let run = try exchange.get("/v1/runs/\(id)")
  let metadata = try #require(run["metadata"]?.objectValue)
  #expect(metadata["templateId"] == "t" && run["isDryRun"] == false)
}

@Test func `health says who serves and what it takes`() throws {
  let exchange = try Exchange()
  exchange.moveOn(seconds: 90_061)
  let reply = try exchange.get("/v1/healthz")
  #expect(reply["serviceName"] == "flowtime-engine" && reply["uptime"] == "1.01:01:01")
}

@Test(arguments: EngineDoor.paths)
func `every path has its section in the page of HTTP`(path: String) throws {
  #expect(try PackageFolder.text("docs/reference/http.md").contains("| `\(path)` |"), "\(path)")
}

@Test func `who finds no room for a model is told when to come again`() throws {
  var limits = RunLimits()
  limits.heldTextLengthMax = 1_000
  limits.busyTimeMax = .zero
  let exchange = try Exchange(limits: limits)
  var all: Room.Share? = try exchange.engine.workspace.texts.share(1_000, within: .zero) { true }
  let reply = try exchange.run(smallModel)
  #expect(reply.status == 503)
  #expect(reply.field("Retry-After") == "1")
  #expect(reply["kind"] == "busy")
  #expect(try exchange.send("POST", "/v1/graph", [], smallModel).status == 503)
  withExtendedLifetime(all) {}
  all = nil
  #expect(try exchange.run(smallModel).status == 200)
  #expect(exchange.engine.workspace.texts.held == 0)
}

@Test(arguments: ["/v1/artifacts/archive", "/v1/artifacts/bulk-delete"])
func `the index is written once for all runs that one request changes`(path: String) throws {
  let exchange = try Exchange()
  let ids = try (0..<5).map { _ in try exchange.stored(smallModel) }
  let before = exchange.indexCount
  let reply = try exchange.send(
    "POST", path, [], JSONValue.array(ids.map(JSONValue.string)).text())
  #expect(reply["processed"] == 5)
  #expect(exchange.indexCount == before + 1)
  #expect(try exchange.send("GET", "/v1/artifacts")["total"] == 0)
}
