import EngineMethods
import JSON
import Platform
import Server
import SimMethods
import Testing

/// An error and what it says: method, params, code, kind, and a part of the message.
private struct Case: Sendable, CustomTestStringConvertible {
  let method: String
  let params: JSONValue
  let code: Int
  let kind: String
  let part: String
  var testDescription: String { "\(method) \(params.text().prefix(80)) \(code)" }

  init(_ method: String, _ params: JSONValue, _ code: Int, _ kind: String, _ part: String) {
    self.method = method
    self.params = params
    self.code = code
    self.kind = kind
    self.part = part
  }
}

private let gone: JSONValue = ["runId": "run_20250925T120000Z_ffffffff"]

@Test(arguments: [
  Case("run", [:], -32602, "invalidParams", "params.model"),
  Case("run", ["model": 5], -32602, "invalidParams", "params.model: expected a string"),
  Case("run", ["modle": ""], -32602, "invalidParams", "did you mean 'model'"),
  Case("run", ["model": " \n"], 1004, "modelInvalid", "empty"),
  Case("run", ["model": "a: ["], 1004, "modelInvalid", "the model is invalid"),
  Case(
    "run", ["model": .string(smallModel), "provenance": 5], -32602, "invalidParams", "object or"),
  Case(
    "run", ["model": .string(smallModel), "provenance": "{"], 1005, "provenanceInvalid", "JSON"),
  Case(
    "run", ["model": .string(smallModel), "provenance": ["model_id": 5]], 1005,
    "provenanceInvalid", "must be text"),
  Case("runGroup", ["runs": [5]], -32602, "invalidParams", "params.runs[0]"),
  Case("runGroup", ["runs": [["model": 5]]], -32602, "invalidParams", "params.runs[0].model"),
  Case("graph", ["model": "nodes: 5\n"], 1004, "modelInvalid", "the model is invalid"),
  Case("listArtifacts", ["limit": -1], -32602, "invalidParams", "params.limit"),
  Case("listArtifacts", ["sortBy": "colour"], -32602, "invalidParams", "params.sortBy"),
  Case("listArtifacts", ["createdAfter": "now"], -32602, "invalidParams", "params.createdAfter"),
  Case("listArtifacts", ["templatId": "a"], -32602, "invalidParams", "did you mean 'templateId'"),
  Case("listArtifacts", ["tags": "a"], -32602, "invalidParams", "params.tags: expected an array"),
  Case("listArtifacts", ["metadata": ["a": 5]], -32602, "invalidParams", "params.metadata.a"),
  Case("listRuns", ["page": 0], -32602, "invalidParams", "params.page"),
  Case("getArtifact", gone, 1101, "artifactNotFound", "no run"),
  Case("getArtifact", ["id": "a"], -32602, "invalidParams", "did you mean 'runId'"),
  Case("getRelatedArtifacts", gone, 1101, "artifactNotFound", "no run"),
  Case("getRun", gone, 1101, "artifactNotFound", "no run"),
  Case("getModel", ["runId": "../../etc"], 1101, "artifactNotFound", "no run"),
  Case("getProvenance", gone, 1101, "artifactNotFound", "no run"),
  Case("getSeriesIndex", gone, 1101, "artifactNotFound", "no run"),
  Case("trace", gone, 1101, "artifactNotFound", "no run"),
  Case("changeTags", gone, 1101, "artifactNotFound", "no run"),
  Case("generate", [:], -32601, "methodNotFound", "generate"),
]) private func `each mistake has its code and says what is wrong`(item: Case) throws {
  let talk = try EngineTalk()
  let error = try talk.error(item.method, item.params)
  #expect(error["code"] == .number(JSONNumber(item.code)))
  #expect(error["data"]?.objectValue?["kind"] == .string(item.kind))
  #expect(error["message"]?.stringValue?.contains(item.part) == true, "\(error)")
}

@Test(
  arguments: [
    ("getSeries", ["series": "lost"], 1101, "no series 'lost'", "series"),
    ("getSeries", ["series": "served", "as": "xml"], -32602, "params.as", nil),
    ("getFile", ["name": "lost.txt"], 1101, "no file 'lost.txt'", "file"),
    ("getFile", ["name": "../x"], -32602, "cannot be the name", nil),
    ("getProvenance", [:], 1101, "no provenance", "provenance"),
  ] as [(String, JSONObject, Int, String, JSONValue?)])
func `what a stored run has not is said`(
  method: String, more: JSONObject, code: Int, part: String, missing: JSONValue?
) throws {
  let talk = try EngineTalk()
  var params = more
  params["runId"] = .string(try talk.run())
  let error = try talk.error(method, .object(params))
  #expect(error["code"] == .number(JSONNumber(code)))
  #expect(error["message"]?.stringValue?.contains(part) == true, "\(error)")
  #expect(error["data"]?.objectValue?["missing"] == missing)
}

@Test(arguments: [("utf-8", 22), ("utf-16", 19)])
func `findings have places in the encoding that was agreed`(encoding: String, character: Int) throws
{
  let talk = try EngineTalk()
  _ = try talk.result(
    "initialize",
    [
      "processId": .null, "rootUri": .null,
      "capabilities": ["general": ["positionEncodings": [.string(encoding)]]],
    ])
  let model = smallModel.replacing(
    "served, kind: expr, expr: demand", with: "ä€, kind: odd, expr: demand")
  let error = try talk.error("run", ["model": .string(model)])
  let found = error["data"]?.objectValue?["diagnostics"]?.arrayValue?.compactMap(\.objectValue)
  let kind = try #require(found?.first { $0["message"]?.stringValue?.contains("odd") == true })
  #expect(kind["source"] == "flowtime-engine")
  let start = kind["range"]?.objectValue?["start"]?.objectValue
  #expect(start?["line"] == 4)
  #expect(start?["character"] == .number(JSONNumber(character)))
}

@Test(arguments: [(ENOSPC_, 1103, "storeFull"), (EROFS_, 1102, "storeFailed")])
func `a disk that refuses is told, and nothing is listed`(code: Int32, number: Int, kind: String)
  throws
{
  let talk = try EngineTalk()
  talk.refuseDisk(SystemError(call: "write", path: "a", code: code))
  for method in ["run", "runGroup"] {
    let model: JSONValue = ["model": .string(smallModel)]
    let error = try talk.error(method, method == "run" ? model : ["runs": [model]])
    #expect(error["code"] == .number(JSONNumber(number)))
    #expect(error["data"]?.objectValue?["kind"] == .string(kind))
  }
  talk.refuseDisk(nil)
  #expect(try talk.result("listArtifacts")["total"] == 0)
}

private let (ENOSPC_, EROFS_): (Int32, Int32) = (28, 30)

// MARK: Rights

@Test func `who may only read can run and read, and store and change nothing`() throws {
  let talk = try EngineTalk()
  let id = JSONValue.string(try talk.run())
  talk.reconnect(rights: .readOnly)
  let model = JSONValue.string(smallModel)
  for (method, params) in [
    ("run", ["model": model]), ("run", ["model": model, "store": true]),
    ("runGroup", ["runs": []]), ("changeTags", ["runId": id, "add": ["a"]]),
    ("archiveArtifacts", ["runIds": [id]]), ("deleteArtifacts", ["runIds": [id]]),
    ("rebuildIndex", [:]),
  ] as [(String, JSONValue)] {
    #expect(try talk.error(method, params)["code"] == -32803, "\(method)")
  }
  #expect(try talk.result("run", ["model": model, "store": false])["runId"] == nil)
  #expect(try talk.result("getArtifact", ["runId": id])["tags"] != nil)
  #expect(try talk.result("listArtifacts")["total"] == 1)
}

// MARK: Codes

@Test func `errors that Sim has too have Sim's codes, and no other has`() {
  let sim = Dictionary(uniqueKeysWithValues: FailureCode.allCases.map { ($0.kind, $0.rawValue) })
  for code in EngineFailureCode.allCases {
    if let known = sim[code.kind] {
      #expect(code.rawValue == known)
    } else {
      #expect(code.rawValue > 1100)
    }
  }
}

// MARK: Limits

/// A bound, what must be asked at it and beyond it.
private func edge(_ name: String, _ count: Int) -> (String, JSONValue) {
  switch name {
  case "groupRunCountMax":
    ("runGroup", ["runs": .array(Array(repeating: ["model": ""], count: count))])
  case "changedRunCountMax":
    ("archiveArtifacts", ["runIds": .array(Array(repeating: "run_a", count: count))])
  case "modelLengthMax":
    (
      "run",
      [
        "model": .string(
          smallModel + "#" + String(repeating: "x", count: count - smallModel.utf8.count - 1))
      ]
    )
  case "seriesLengthMax":
    // Forty bins take 166 bytes beside the digits of their values.
    (
      "run",
      [
        "model": .string(
          "schemaVersion: 1\ngrid: {bins: 40, binSize: 1, binUnit: hours}\nnodes:\n"
            + "  - {id: n, kind: const, values: ["
            + (0..<40).map { bin in
              String(repeating: "1", count: (count - 166) / 40 + (bin < (count - 166) % 40 ? 1 : 0))
            }.joined(separator: ", ") + "]}\n")
      ]
    )
  case "provenanceLengthMax":
    (
      "run",
      [
        "model": .string(smallModel),
        "provenance": [
          "model_id": "m",
          "note": .string(
            String(repeating: "x", count: count - #"{"model_id":"m","note":""}"#.count)),
        ],
      ]
    )
  case "nodeCountMax":
    (
      "run",
      [
        "model": .string(
          "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: hours}\nnodes:\n"
            + (0..<count).map { "  - {id: n\($0), kind: const, values: [1]}\n" }.joined())
      ]
    )
  default:
    (
      "run",
      [
        "model": .string(
          "schemaVersion: 1\ngrid: {bins: \(count), binSize: 1, binUnit: hours}\nnodes:\n"
            + "  - {id: n, kind: const, values: ["
            + Array(repeating: "1", count: count).joined(separator: ", ") + "]}\n")
      ]
    )
  }
}

/// Bounds of what all models hold together: one that wants more has all there is, and waits for nobody but others.
private let sharedBounds = ["heldTextLengthMax", "heldValueCountMax"]

@Test(arguments: EngineServiceLimits.paths.map(\.name).filter { !sharedBounds.contains($0) })
func `each bound of an Engine holds at its edge`(name: String) throws {
  let bound = 400
  var limits = EngineServiceLimits()
  let isKnown = limits.set(name, to: bound)
  #expect(isKnown)
  for count in [bound - 1, bound, bound + 1] {
    let talk = try EngineTalk(limits: limits)
    let (method, params) = edge(name, count)
    if count <= bound {
      _ = try talk.result(method, params)
    } else {
      let error = try talk.error(method, params)
      #expect(error["code"] == 1007)
      let data = error["data"]?.objectValue
      #expect(data?["limit"] == .string(name))
      #expect(data?["value"] == .number(JSONNumber(bound)))
    }
  }
}
