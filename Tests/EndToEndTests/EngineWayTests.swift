import Foundation
import JSON
import Testing

/// The ids of the runs that a query finds.
private func found(_ query: String, by client: WebClient) throws -> [String] {
  let answer = try client.get("/v1/artifacts?" + query)
  #expect(answer.status == 200, "\(query): \(answer.text)")
  let object = try answer.object()
  let runs = try #require(object["artifacts"]?.arrayValue)
  #expect(object["total"] == .number(JSONNumber(runs.count)), "\(query)")
  return runs.compactMap { $0.objectValue?["id"]?.stringValue }
}

/// What a UI does for one template: Sim makes the model, the Engine runs it and answers for it, Sim proves it.
private struct Way {
  let template: String
  let isEmbedded: Bool
  let sim: Conversation
  let engine: WebClient
  let directory: TemporaryDirectory

  /// - Returns: the id of the run.
  func walk() throws -> String {
    let made = try sim.call(
      "generate",
      [
        "templateId": .string(template), "parameters": ["bins": 6],
        "embedProvenance": .bool(isEmbedded),
      ])
    let model = try #require(made["model"]?.stringValue)
    let record = try #require(made["provenance"]?.objectValue)
    #expect(model.contains("\nprovenance:\n") == isEmbedded)
    let header = try #require(made["provenanceHeader"]?.stringValue)
    let ran = try engine.post(
      "/v1/run", isEmbedded ? [] : [("X-Model-Provenance", header)], body: model)
    #expect(ran.status == 200, "\(ran.text)")
    let answer = try ran.object()
    #expect(answer["provenanceWarnings"] == [])
    let run = try #require(answer["runId"]?.stringValue)

    try checkQueries(record, run)
    try checkRecord(record, run)
    try checkSeries(try #require(answer["series"]?.objectValue), run)
    try checkProof(run)
    return run
  }

  private func checkQueries(_ record: JSONObject, _ run: String) throws {
    let modelID = try #require(record["model_id"]?.stringValue)
    let version = try #require(record["template_version"]?.stringValue)
    for query in [
      "templateId=\(template)", "template_id=\(template)", "source=flowtime-sim",
      "modelId=\(modelID)", "metadata.modelId=\(modelID)", "metadata.template_version=\(version)",
      "source=flowtime-sim&templateId=\(template)&modelId=\(modelID)",
    ] {
      #expect(try found(query, by: engine).contains(run), "\(query)")
    }
    #expect(try found("modelId=\(modelID)", by: engine) == [run])
    #expect(try found("modelId=\(modelID)&source=Flowtime-sim", by: engine) == [])
    #expect(try found("templateId=\(template.uppercased())", by: engine) == [])
  }

  private func checkRecord(_ record: JSONObject, _ run: String) throws {
    let read = try engine.get("/v1/runs/\(run)/provenance.json")
    #expect(read.status == 200)
    var stored = try read.object()
    let received = try #require(stored["received_at"]?.stringValue)
    #expect(received.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z/) != nil, "\(received)")
    stored["received_at"] = nil
    // To the order of members and the digits of numbers.
    #expect(JSONValue.object(stored).text() == JSONValue.object(record).text())
  }

  private func checkSeries(_ series: JSONObject, _ run: String) throws {
    #expect(!series.members.isEmpty)
    let listed = try engine.get("/v1/runs/\(run)/index").object()
    let ids = try #require(listed["series"]?.arrayValue).compactMap { $0.objectValue?["id"] }
    #expect(!ids.isEmpty)
    for id in ids.compactMap(\.stringValue) {
      let read = try engine.get("/v1/runs/\(run)/series/\(id)")
      #expect(read.status == 200, "\(id)")
      #expect(read["content-type"]?.hasPrefix("text/csv") == true)
      let lines = read.text.split(separator: "\n").dropFirst()
      #expect(lines.count == 6, "\(id)")
      let numbers = lines.compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
      let name = String(id.prefix { $0 != "@" })
      guard let told = series[name]?.arrayValue else { continue }
      #expect(numbers == told.compactMap { $0.numberValue?.double }, "\(id)")
    }
  }

  private func checkProof(_ run: String) throws {
    let stored = "runs/\(run)/"
    let proof = try Program.run(
      ["verify", stored + "model/model.yaml", "--provenance", stored + "provenance.json"],
      in: directory.path)
    #expect(proof.status == 0, "\(proof.text)\(proof.notices)")
    #expect(proof.text.hasPrefix("reproduced\n"), "\(proof.text)")
    // And as the Engine tells it.
    let trace = try Program.run(
      ["trace", run, "--data", "runs", "--format", "json"], in: directory.path,
      executable: Program.engine)
    let command = try JSONDocument.parse(trace.output).root.objectValue?["verify"]?.stringValue
    let words = try #require(command).split(separator: " ").map(String.init)
    #expect(words.first == "flowtime-sim")
    let told = try Program.run(Array(words.dropFirst()), in: directory.path)
    #expect(told.text == proof.text, "\(told.notices)")
  }
}

@Test func `from each template to a run and back, by the processes that a user starts`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory) { daemon in
      try EngineServer.run(in: directory) { server in
        let sim = try daemon.connect()
        let engine = try server.client()
        let listed = try sim.call("listTemplates", [:])
        let templates = try #require(listed["templates"]?.arrayValue)
          .compactMap { $0.objectValue?["templateId"]?.stringValue }
        #expect(templates.count >= 5)
        var runs: [String] = []
        for template in templates {
          for isEmbedded in [false, true] {
            let way = Way(
              template: template, isEmbedded: isEmbedded, sim: sim, engine: engine,
              directory: directory)
            runs.append(try way.walk())
          }
          #expect(
            try found("templateId=\(template)", by: engine).sorted() == runs.suffix(2).sorted())
        }
        #expect(try found("source=flowtime-sim", by: engine).sorted() == runs.sorted())
        #expect(Set(runs).count == runs.count)
      }
    }
  }
}

@Test func `the header goes before a record in the model, and a warning names both`() throws {
  try TemporaryDirectory.make { directory in
    let made = try Program.run(
      ["generate", "transportation-basic", "--output", "model.yaml", "--embed-provenance"],
      in: directory.path)
    #expect(made.status == 0, "\(made.notices)")
    try EngineServer.run(in: directory) { server in
      let engine = try server.client()
      let ran = try engine.post(
        "/v1/run", [("X-Model-Provenance", "model_by_hand")],
        body: try directory.text("model.yaml"))
      #expect(ran.status == 200, "\(ran.text)")
      let answer = try ran.object()
      let run = try #require(answer["runId"]?.stringValue)
      let warning = try #require(answer["provenanceWarnings"]?.arrayValue?.first?.stringValue)
      #expect(warning.contains("model_by_hand"), "\(warning)")
      #expect(try found("modelId=model_by_hand", by: engine) == [run])
      #expect(try found("templateId=transportation-basic", by: engine) == [])
      let record = try engine.get("/v1/runs/\(run)/provenance.json").object()
      #expect(record.members.map(\.name) == ["modelId", "receivedAt"])
    }
  }
}

@Test func `what is stored at a terminal is served, and what is run over HTTP is shown`() throws {
  try TemporaryDirectory.make { directory in
    let made = try Program.run(
      [
        "generate", "it-system-microservices", "--params", "bins=12", "--output", "model.yaml",
        "--provenance", "record.json",
      ], in: directory.path)
    #expect(made.status == 0, "\(made.notices)")
    try EngineServer.run(in: directory) { server in
      let client = try server.client()
      #expect(try found("", by: client) == [])
      let run = ["run", "model.yaml", "--provenance", "record.json", "--data", "runs"]
      let stored = try Program.run(run, in: directory.path, executable: Program.engine)
      #expect(stored.status == 0, "\(stored.notices)")
      #expect(
        try found("templateId=it-system-microservices", by: client) + ["\n"]
          == [String(stored.text.dropLast()), "\n"])
      let ran = try client.post("/v1/run", body: try directory.text("model.yaml"))
      let id = try #require(try ran.object()["runId"]?.stringValue)
      let shown = try Program.run(
        ["show", "latest", "--data", "runs"], in: directory.path, executable: Program.engine)
      #expect(shown.text.contains(id), "\(shown.text)\(shown.notices)")
    }
  }
}

@Test func `errors are problem documents with the diagnostics of the model`() throws {
  try TemporaryDirectory.make { directory in
    try EngineServer.run(in: directory) { server in
      let client = try server.client()
      let grid = "schemaVersion: 1\ngrid: {bins: 2, binSize: 1, binUnit: hours}\n"
      let cases: [(body: String, fields: [(String, String)], status: Int, kind: String)] = [
        ("", [], 400, "model-empty"),
        (grid + "nodes: [{id: a, kind: expr, expr: b}]\n", [], 400, "model-invalid"),
        (grid + "nodes: [{id: a, kind: const, values: [1]}]\n", [], 400, "model-invalid"),
        ("a: [", [], 400, "model-invalid"),
        (
          grid + "nodes: [{id: a, kind: const, values: [1, 2]}]\n",
          [("X-Model-Provenance", #"{"model_id": 1}"#)], 400, "provenance-invalid"
        ),
      ]
      for (body, fields, status, kind) in cases {
        let answer = try client.post("/v1/run", fields, body: body)
        #expect(answer.status == status, "\(body): \(answer.text)")
        #expect(answer["content-type"] == "application/problem+json")
        let problem = try answer.object()
        #expect(problem["kind"] == .string(kind), "\(body): \(answer.text)")
        #expect((problem["diagnostics"]?.arrayValue ?? []).isEmpty == (kind != "model-invalid"))
      }
      #expect(try client.get("/v1/runs/run_20250925T120000Z_00000000").status == 404)
      #expect(try client.get("/v1/artifacts?nope=1").status == 400)
      #expect(try found("", by: client) == [])
      // What cannot be read ends its connection, and no other.
      let stranger = try server.client()
      try stranger.send(Array("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n".utf8))
      #expect(try stranger.receive().status == 400)
      try stranger.waitForEnd()
      #expect(try client.get("/healthz").status == 200)
    }
  }
}

@Test func `two engines serve one directory, and each sees the runs of the other`() throws {
  let model = """
    schemaVersion: 1
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes:
      - {id: a, kind: const, values: [1]}

    """
  try TemporaryDirectory.make { directory in
    try EngineServer.run(in: directory) { one in
      try EngineServer.run(in: directory) { other in
        let clients = try [one.client(), other.client()]
        var runs: [String] = []
        for round in 0..<6 {
          let answer = try clients[round % 2].post("/v1/run", body: model)
          runs.append(try #require(try answer.object()["runId"]?.stringValue))
          for client in clients {
            #expect(try found("", by: client).sorted() == runs.sorted(), "round \(round)")
          }
        }
      }
    }
  }
}

@Test func `at debug every HTTP request is one object, and no value of a client is in it`() throws {
  try TemporaryDirectory.make { directory in
    let arguments = ["--log-level", "debug", "--log-format", "json"]
    let program = try Program(
      ["serve", "--http", "127.0.0.1:0"] + arguments, in: directory.path,
      executable: Program.engine)
    let listening = try program.waitForNotice("\"}\n")
    let address = listening.components(separatedBy: "http://").last?.prefix { $0 != "\"" } ?? ""
    let client = try WebClient(String(address))
    #expect(try client.get("/v1/runs/hunter2?hunter2=hunter2").status == 404)
    #expect(
      try client.post("/v1/run", [("X-Model-Provenance", "hunter2")], body: "a: [hunter2").status
        == 400)
    #expect(try client.get("/healthz", [("X", "hunter2")]).status == 200)
    program.send(signal: SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.status == 0)
    let text = outcome.notices
    #expect(!text.contains("hunter2"), "\(text)")
    let events = try text.split(separator: "\n").map {
      try #require(try JSONDocument.parse(Array($0.utf8)).root.objectValue)
    }
    let requests = events.filter { $0["event"] == "request" }
    #expect(requests.map { $0["method"] } == ["GET", "POST", "GET"])
    #expect(
      requests.map { $0["message"] } == [
        "/v1/runs/- is answered with 404", "/v1/run is answered with 400",
        "/healthz is answered with 200",
      ])
    #expect(requests.map { $0["bytes"] } == [0, 11, 0])
  }
}

@Test(arguments: [SIGTERM, SIGINT])
func `a signal ends the server with 0 while clients hold connections`(signal: Int32) throws {
  try TemporaryDirectory.make { directory in
    try EngineServer.run(in: directory) { server in
      let idle = try server.client()
      #expect(try idle.get("/healthz").status == 200)
      let half = try server.client()
      try half.send(Array("POST /v1/run HTTP/1.1\r\nHost: localhost\r\n".utf8))
      let again = try Program.run(
        ["serve", "--http", server.address], in: directory.path, executable: Program.engine)
      #expect(again.status == 3)
      #expect(again.notices.contains("Address already in use"), "\(again.notices)")
      server.program.send(signal: signal)
      try idle.waitForEnd()
      try half.waitForEnd()
    }
  }
}
