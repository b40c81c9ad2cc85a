import EngineMethods
import JSON
import JSONRPC
import Server
import Testing

@Test func `a run is stored, and every method finds it`() throws {
  let talk = try EngineTalk()
  let record: JSONValue = [
    "model_id": "model_a", "template_id": "demo", "source": "flowtime-sim",
    "parameters": ["rate": 4], "template_hash": "sha256:a", "model_hash": "sha256:b",
  ]
  let run = try talk.result("run", ["model": .string(smallModel), "provenance": record])
  let id = try #require(run["runId"]?.stringValue)
  #expect(run["directory"] == .string(talk.path + "/" + id))
  #expect(run["grid"] == ["bins": 3, "binSize": 1, "binUnit": "hours"])
  #expect(run["order"] == ["demand", "served"])
  #expect(run["series"] == ["demand": [10, 10, 10], "served": [8, 8, 8]])
  #expect(run["warnings"] == [])
  let about: JSONValue = ["runId": .string(id)]

  let listed = try talk.result("listArtifacts")
  #expect(listed["total"] == 1)
  let artifact = try #require(listed["artifacts"]?.arrayValue?.first?.objectValue)
  #expect(artifact["id"] == .string(id))
  #expect(artifact["stamp"] == nil)
  #expect(try talk.result("getArtifact", about) == artifact)
  #expect(try talk.result("getModel", about)["model"] == .string(smallModel))
  let kept = try talk.result("getProvenance", about)["provenance"]?.objectValue
  #expect(kept?["parameters"] == ["rate": 4])
  let index = try talk.result("getSeriesIndex", about)["series"]?.arrayValue
  #expect(index?.first?.objectValue?["id"] == "served@SERVED@DEFAULT")
  for name in ["served", "served@SERVED@DEFAULT"] {
    let params: JSONValue = ["runId": .string(id), "series": .string(name)]
    #expect(try talk.result("getSeries", params)["values"] == [8, 8, 8])
  }
  #expect(
    try talk.result("getSeries", ["runId": .string(id), "series": "served", "as": "csv"])["csv"]
      == "bin_index,value\n0,8\n1,8\n2,8\n")
  let said = try talk.result("getRun", about)
  #expect(said["run"]?.objectValue?["runId"] == .string(id))
  #expect(said["manifest"]?.objectValue?["seriesHashes"] != nil)
  let spec = try talk.result("getFile", ["runId": .string(id), "name": "spec.yaml"])["text"]
  #expect(spec?.stringValue?.contains("demand * 0.8") == true)
  let item = try talk.result("listRuns")["runs"]?.arrayValue?.first?.objectValue
  #expect(item?["templateId"] == "demo")
  #expect(item?["modelId"] == "model_a")
  let trace = try talk.result("trace", about)
  #expect(trace["modelId"] == "model_a")
  #expect(trace["parameters"] == ["rate": 4])
  #expect(trace["templateHash"] == "sha256:a")
  #expect(trace["modelHash"] == "sha256:b")
  #expect(trace["verifyCommand"]?.stringValue?.hasPrefix("flowtime-sim verify ") == true)
}

@Test func `a model can be run without a trace`() throws {
  let talk = try EngineTalk()
  let run = try talk.result("run", ["model": .string(smallModel), "store": false])
  #expect(run["runId"] == nil)
  #expect(run["series"]?.objectValue?["served"] == [8, 8, 8])
  #expect(try talk.result("listArtifacts")["total"] == 0)
  let counters = try talk.result("status")["counters"]?.objectValue
  #expect(counters?["runs"] == 1)
  #expect(counters?["storedRuns"] == 0)
}

@Test(
  arguments: [
    ([], [:]),
    (["served"], ["served": [8, 8, 8]]),
    (["served@SERVED@DEFAULT"], ["served@SERVED@DEFAULT": [8, 8, 8]]),
  ] as [([JSONValue], JSONValue)])
func `only those series are answered that were asked for`(names: [JSONValue], found: JSONValue)
  throws
{
  let talk = try EngineTalk()
  let params: JSONValue = ["model": .string(smallModel), "series": .array(names)]
  #expect(try talk.result("run", params)["series"] == found)
}

@Test func `a series that the run has not is refused before anything is stored`() throws {
  let talk = try EngineTalk()
  let error = try talk.error("run", ["model": .string(smallModel), "series": ["served", "lost"]])
  #expect(error["code"] == -32602)
  #expect(error["message"]?.stringValue?.contains("params.series[1]") == true)
  #expect(try talk.result("listArtifacts")["total"] == 0)
}

@Test func `what JSON has no number for is a text`() throws {
  let talk = try EngineTalk()
  let model = smallModel.replacing("demand * 0.8", with: "demand * 1e308 * 1e308")
  let id = try talk.run(model)
  let series = try talk.result("getSeries", ["runId": .string(id), "series": "served"])
  #expect(series["values"] == ["inf", "inf", "inf"])
}

// MARK: Groups

@Test func `a group is stored with one wait for the disk, whatever is wrong with some of it`()
  throws
{
  let talk = try EngineTalk()
  let good: JSONValue = ["model": .string(smallModel), "provenance": ["model_id": "model_a"]]
  let bad: JSONValue = ["model": "grid: {bins: 3, binSize: 1, binUnit: hours}\nnodes: 5\n"]
  let before = talk.syncCount
  let runs = try #require(
    try talk.result("runGroup", ["runs": [good, bad, good]])["runs"]?.arrayValue)
  #expect(talk.syncCount - before == 1)
  #expect(runs.count == 3)
  let ids = runs.map { $0.objectValue?["runId"]?.stringValue }
  #expect(ids[0] != nil && ids[2] != nil && ids[0] != ids[2] && ids[1] == nil)
  #expect(runs[1].objectValue?["error"]?.objectValue?["code"] == 1004)
  #expect(try talk.result("listArtifacts", ["modelId": "model_a"])["total"] == 2)
  let counters = try talk.result("status")["counters"]?.objectValue
  #expect(counters?["runs"] == 2)
  #expect(counters?["storedRuns"] == 2)
}

@Test func `a group of which nothing can be run waits for no disk`() throws {
  let talk = try EngineTalk()
  let before = talk.syncCount
  let runs = try talk.result("runGroup", ["runs": [["model": ""], ["model": "a: ["]]])["runs"]
  #expect(runs?.arrayValue?.count == 2)
  #expect(try talk.result("runGroup", ["runs": []])["runs"] == [])
  #expect(talk.syncCount == before)
}

// MARK: Progress, cancellation

@Test(
  arguments: [
    ("run", ["model": .string(smallModel)]),
    ("runGroup", ["runs": [["model": .string(smallModel)]]]),
    ("listArtifacts", [:]), ("rebuildIndex", [:]),
  ] as [(String, JSONValue)])
func `what waits for the disk does not hold up what comes after it`(
  method: String, params: JSONValue
) throws {
  let talk = try EngineTalk()
  talk.send(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params.text())}"#)
  talk.send(#"{"jsonrpc":"2.0","id":2,"method":"echo","params":[]}"#)
  #expect(try talk.received().map { $0["id"] } == [2])
  talk.doAllHere()
  #expect(try talk.received().map { $0["id"] } == [1])
}

@Test func `a run that is cancelled before its turn leaves nothing`() throws {
  let talk = try EngineTalk()
  let model = JSONValue.string(smallModel).text()
  talk.send(#"{"jsonrpc":"2.0","id":1,"method":"run","params":{"model":\#(model)}}"#)
  talk.send(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#)
  talk.doAllHere()
  let error = try talk.received().first?["error"]?.objectValue
  #expect(error?["code"] == -32800)
  #expect(try talk.result("listArtifacts")["total"] == 0)
}

@Test func `a run tells how far it is`() throws {
  var limits = EngineTalk.usualLimits
  limits.server.quietMillisecondsMax = 0
  let talk = try EngineTalk(limits: limits)
  let model = JSONValue.string(smallModel).text()
  talk.send(
    #"{"jsonrpc":"2.0","id":1,"method":"run","params":{"model":\#(model),"workDoneToken":"t"}}"#)
  talk.doAllHere()
  let kinds = try talk.received().compactMap { message -> String? in
    let value = message["params"]?.objectValue?["value"]?.objectValue
    return value?["message"]?.stringValue ?? value?["kind"]?.stringValue
  }
  #expect(kinds.first == "begin")
  #expect(kinds.contains("storing"))
  let shares = kinds.filter { $0.hasPrefix("evaluating: ") && $0.hasSuffix(" %") }
  #expect(!shares.isEmpty && Set(shares).count == shares.count, "\(shares)")
  #expect(kinds.last == "end")
}

@Test(
  arguments: [
    ("run", ["model": .string(smallModel)]),
    ("runGroup", ["runs": [["model": .string(smallModel)]]]),
    ("archiveArtifacts", ["runIds": ["run_a", "run_b"]]),
  ] as [(String, JSONValue)])
func `work that is cancelled ends before it changes anything`(
  method: String, params: JSONValue
) throws {
  let talk = try EngineTalk()
  let watch = WorkWatch(isStopped: { true }, tell: { _ in })
  let handlers = talk.methods.handlers(connection: 0)
  let error = #expect(throws: RPCError.self) {
    _ = try handlers.answer(method, params, watchedBy: watch)
  }
  #expect(error?.code == -32800)
  #expect(try talk.result("listArtifacts")["total"] == 0)
}

@Test func `what a recording may not know before is named, the longer text first`() throws {
  let talk = try EngineTalk()
  #expect(talk.methods.dependsOnTime("run", ["store": true]))
  #expect(talk.methods.dependsOnTime("run", nil))
  #expect(!talk.methods.dependsOnTime("run", ["store": false]))
  #expect(talk.methods.dependsOnTime("runGroup", nil))
  #expect(!talk.methods.dependsOnTime("listArtifacts", nil))
  let openings = talk.methods.openings(of: ["runId": "run_a", "directory": "/data/run_a"])
  #expect(openings.map(\.text) == ["/data/run_a", "run_a"])
}

@Test func `a series that is asked for again and again is in the answer once`() throws {
  let talk = try EngineTalk()
  let names: [JSONValue] = ["served", "served", "served@SERVED@DEFAULT", "served"]
  let run = try talk.result(
    "run", ["model": .string(smallModel), "store": false, "series": .array(names)])
  #expect(
    run["series"]?.objectValue?.members.map(\.name) == ["served", "served@SERVED@DEFAULT"])
}
