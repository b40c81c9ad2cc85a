import JSON
import Platform
import Testing

private func record(_ model: String, _ template: String? = nil, source: String? = nil) -> String {
  var members = ["\"modelId\":\"\(model)\""]
  if let template { members.append("\"templateId\":\"\(template)\"") }
  if let source { members.append("\"source\":\"\(source)\"") }
  return "{" + members.joined(separator: ",") + "}"
}

/// A manifest such as another engine leaves behind.
private let manifest = """
  {"schemaVersion":1,"scenarioHash":"sha256:aa","rng":{"kind":"pcg32","seed":123},"seriesHashes":{},
  "eventCount":0,"createdUtc":"2025-09-02T12:34:56.0000000Z","modelHash":"sha256:bb",
  "provenance":{"hasProvenance":true,"modelId":"m9","templateId":"t9"},"metadata":{"note":"cormorant"}}
  """

extension Exchange {
  fileprivate func makeRun(_ id: String, _ manifest: String?, spec: String? = nil) throws {
    try FileSystem.makeNewDirectory(path + "/" + id)
    if let manifest { try write(manifest, to: id + "/manifest.json") }
    if let spec { try write(spec, to: id + "/spec.yaml") }
  }

  fileprivate func rebuild() throws -> Reply { try send("POST", "/v1/artifacts/index") }
}

extension ContractLine {
  static let queries: [ContractLine] = {
    let group = "Queries"
    return [
      ContractLine(group, 1, "by template: exactly the run") { (exchange) throws in
        _ = try exchange.stored(smallModel, provenance: record("a", "other"))
        let id = try exchange.stored(smallModel, provenance: record("b", "line"))
        #expect(try exchange.ids("?templateId=line") == [id])
      },
      ContractLine(group, 2, "by model, and by both") { (exchange) throws in
        let first = try exchange.stored(smallModel, provenance: record("a", "line"))
        let second = try exchange.stored(smallModel, provenance: record("b", "line"))
        #expect(try exchange.ids("?modelId=a") == [first])
        #expect(try exchange.ids("?templateId=line&modelId=b") == [second])
      },
      ContractLine(
        group, 2, "by source and by metadata.<field>, in both spellings",
        .better("promised by the contract; elsewhere both are passed over and everything is found")
      ) { (exchange) throws in
        _ = try exchange.stored(smallModel, provenance: record("a", "line", source: "manual"))
        let id = try exchange.stored(smallModel, provenance: record("b", "cell", source: "ui"))
        for query in [
          "source=ui", "metadata.template_id=cell", "metadata.templateId=cell",
          "metadata.model_id=b", "template_id=cell", "model_id=b",
        ] {
          #expect(try exchange.ids("?" + query) == [id], "\(query)")
        }
      },
      ContractLine(group, 3, "a template that nobody names: 200 and nothing") { (exchange) throws in
        _ = try exchange.stored(smallModel, provenance: record("a", "line"))
        let reply = try exchange.get("/v1/artifacts?templateId=none")
        #expect(reply.status == 200 && reply["count"] == 0 && reply["total"] == 0)
      },
      ContractLine(group, 4, "upper and lower case differ") { (exchange) throws in
        _ = try exchange.stored(smallModel, provenance: record("a", "Line"))
        #expect(try exchange.ids("?templateId=line") == [])
      },
      ContractLine(group, 5, "a page of two of five") { (exchange) throws in
        for number in 1...5 {
          _ = try exchange.stored(smallModel, provenance: record("m\(number)", "line"))
        }
        let reply = try exchange.get("/v1/artifacts?templateId=line&limit=2&skip=0")
        #expect(reply["count"] == 2 && reply["total"] == 5)
      },
      ContractLine(group, 6, "the newest first") { (exchange) throws in
        var ids: [String] = []
        for _ in 1...3 {
          ids.append(try exchange.stored(smallModel))
          exchange.moveOn(seconds: 1)
        }
        #expect(try exchange.ids("?sortBy=created&sortOrder=desc") == ids.reversed())
      },
      ContractLine(group, 7, "runs without a template are not found by one") { (exchange) throws in
        _ = try exchange.stored(smallModel)
        _ = try exchange.stored(smallModel, provenance: "bare")
        _ = try exchange.stored(
          smallModel, provenance: #"{"modelId":"m","templateId":null}"#)
        #expect(try exchange.ids("?templateId=line") == [])
      },
      ContractLine(group, 8, "runs of one second stand by their ids, both ways") {
        (exchange) throws in
        let ids = try (1...5).map { _ in try exchange.stored(smallModel) }
        for _ in 1...2 {
          #expect(try exchange.ids("?sortOrder=desc") == ids.reversed())
          #expect(try exchange.ids("?sortOrder=asc") == ids)
        }
      },
      ContractLine(group, 9, "equal sizes keep their order") { (exchange) throws in
        for _ in 1...4 { _ = try exchange.stored(smallModel) }
        let first = try exchange.ids("?sortBy=size")
        #expect(first.count == 4)
        #expect(try exchange.ids("?sortBy=size") == first)
      },
      ContractLine(
        group, 9, "a filter that cannot be read, or is unknown: 400",
        .better("what is passed over without a word finds more than was asked for")
      ) { (exchange) throws in
        for query in ["createdAfter=soon", "minSize=big", "limit=x", "template=line", "sortBy=x"] {
          let reply = try exchange.get("/v1/artifacts?" + query)
          #expect(reply.status == 400, "\(query)")
          #expect(
            reply["parameter"]?.stringValue == query.split(separator: "=").first.map(String.init))
        }
      },
    ]
  }()

  static let registry: [ContractLine] = {
    let group = "Registry"
    return [
      ContractLine(group, 1, "a rebuild finds three runs, and a fourth") { (exchange) throws in
        for number in 1...3 { try exchange.makeRun("run_20250902T12345\(number)Z_a", manifest) }
        let reply = try exchange.rebuild()
        #expect(reply.status == 200 && reply["artifactCount"] == 3)
        #expect(exchange.file("registry-index.json") != nil)
        try exchange.makeRun("run_20250902T123454Z_a", manifest)
        #expect(try exchange.rebuild()["artifacts"]?.arrayValue?.count == 4)
      },
      ContractLine(group, 2, "directories without a right manifest are left out") {
        (exchange) throws in
        try exchange.makeRun("run_20250902T123451Z_a", manifest)
        try exchange.makeRun("run_20250902T123452Z_a", nil)
        try exchange.makeRun("run_20250902T123453Z_a", "{broken")
        #expect(try exchange.rebuild().status == 200)
        #expect(try exchange.ids("") == ["run_20250902T123451Z_a"])
      },
      ContractLine(group, 3, "a directory in the historical form is a run") { (exchange) throws in
        let id = "run_20250902T123456Z_ab12cd34"
        try exchange.makeRun(id, "\u{FEFF}" + manifest, spec: "\u{FEFF}grid: {bins: 1}\n")
        let reply = try exchange.get("/v1/artifacts/" + id)
        #expect(reply["id"] == .string(id) && reply["type"] == "run")
      },
      ContractLine(group, 4, "a list without an index makes one") { (exchange) throws in
        try FileSystem.removeFile(exchange.path + "/registry-index.json")
        try exchange.makeRun("run_20250902T123456Z_a", manifest)
        #expect(try exchange.ids("").count == 1)
      },
      ContractLine(group, 5, "a page of twenty of fifty runs") { (exchange) throws in
        for number in 10..<60 { try exchange.makeRun("run_20250902T1234\(number)Z_a", manifest) }
        #expect(try exchange.ids("?limit=20").count == 20)
      },
      ContractLine(group, 6, "tags and title of the model are those of the run") {
        (exchange) throws in
        let text = "metadata: {title: The Line, tags: [night, fast]}\n" + smallModel
        let reply = try exchange.get("/v1/artifacts/\(try exchange.stored(text))")
        #expect(reply["title"] == "The Line")
        let tags = reply["tags"]?.arrayValue ?? []
        #expect(tags.contains("night") && tags.contains("fast"))
      },
      ContractLine(group, 7, "what is archived is hidden") { (exchange) throws in
        let id = try exchange.stored(smallModel)
        _ = try exchange.send("POST", "/v1/artifacts/archive", [], "[\"\(id)\"]")
        #expect(try exchange.ids("") == [])
        #expect(try exchange.ids("?includeArchived=true") == [id])
      },
      ContractLine(group, 8, "the record in the manifest stays an object") { (exchange) throws in
        try exchange.makeRun("run_20250902T123456Z_a", manifest)
        _ = try exchange.rebuild()
        let reply = try exchange.get("/v1/artifacts/run_20250902T123456Z_a")
        #expect(
          reply["metadata"]?.objectValue?["provenance"]
            == ["hasProvenance": true, "modelId": "m9", "templateId": "t9"])
      },
      ContractLine(group, 9, "a template finds exact matches alone") { (exchange) throws in
        try exchange.makeRun("run_20250902T123456Z_a", manifest)
        _ = try exchange.stored(smallModel)
        _ = try exchange.stored(smallModel, provenance: "bare")
        #expect(try exchange.ids("?templateId=t9") == ["run_20250902T123456Z_a"])
        #expect(try exchange.ids("?templateId=t") == [])
      },
      ContractLine(group, 10, "bounds of time and size, and words of the manifest") {
        (exchange) throws in
        try exchange.makeRun("run_20250902T123456Z_a", manifest)
        let id = try exchange.stored(smallModel)
        #expect(try exchange.ids("?createdAfter=2025-09-23T00:00:00Z") == [id])
        #expect(try exchange.ids("?minSize=1000") == [id])
        #expect(try exchange.ids("?fullText=cormorant") == ["run_20250902T123456Z_a"])
      },
      ContractLine(group, 11, "runs that share tags or time are related") { (exchange) throws in
        let id = try exchange.stored(smallModel)
        let other = try exchange.stored(smallModel)
        let reply = try exchange.get("/v1/artifacts/\(id)/relationships")
        #expect(reply["artifactId"] == .string(id))
        #expect(reply["related"]?.arrayValue?.first?.objectValue?["id"] == .string(other))
        #expect(try exchange.get("/v1/artifacts/none/relationships").status == 404)
      },
      ContractLine(group, 12, "a limit of 1500 counts as 1000") { (exchange) throws in
        #expect(try exchange.get("/v1/artifacts?limit=1500").status == 200)
      },
      ContractLine(group, 13, "an archived run has the tag") { (exchange) throws in
        let id = try exchange.stored(smallModel)
        let reply = try exchange.send("POST", "/v1/artifacts/archive", [], "[\"\(id)\"]")
        #expect(reply["success"] == true && reply["archived"] == 1 && reply["processed"] == 1)
        let tags = try exchange.get("/v1/artifacts/\(id)")["tags"]?.arrayValue ?? []
        #expect(tags.contains("archived"))
      },
      ContractLine(group, 14, "what is deleted is gone from the disk and the list") {
        (exchange) throws in
        let ids = try (1...2).map { _ in try exchange.stored(smallModel) }
        let body = JSONValue.array(ids.map(JSONValue.string)).text()
        let reply = try exchange.send("POST", "/v1/artifacts/bulk-delete", [], body)
        #expect(reply["deleted"] == 2)
        for id in ids { #expect(!FileSystem.exists(exchange.path + "/" + id)) }
        #expect(try exchange.ids("?includeArchived=true") == [])
      },
    ]
  }()

  static let runs: [ContractLine] = {
    let group = "Runs and exports"
    return [
      ContractLine(group, 1, "the index: 404 where there is no run, else its ids") {
        (exchange) throws in
        #expect(try exchange.get("/v1/runs/run_none/index").status == 404)
        let id = try exchange.stored(smallModel)
        let reply = try exchange.get("/v1/runs/\(id)/index")
        #expect(reply.status == 200 && reply["schemaVersion"] == 1)
        #expect(reply.body.contains("\"served@SERVED@DEFAULT\""))
      },
      ContractLine(group, 2, "a series by its id or its name; 404 for others") {
        (exchange) throws in
        let id = try exchange.stored(smallModel)
        for name in ["demand@DEMAND@DEFAULT", "demand"] {
          let reply = try exchange.get("/v1/runs/\(id)/series/\(name)")
          #expect(reply.field("Content-Type") == "text/csv")
          #expect(reply.body == "t,value\n0,10\n1,10\n2,10\n")
        }
        #expect(try exchange.get("/v1/runs/\(id)/series/dem").status == 404)
        try FileSystem.removeFile(exchange.path + "/\(id)/series/index.json")
        let lost = try exchange.get("/v1/runs/\(id)/series/demand")
        #expect(lost.status == 404 && lost.body.contains("not found"))
      },
      ContractLine(
        group, 3, "exports of a run",
        .notApplicable("series are served as they are; nothing of the provenance goes by exports")),
    ]
  }()

  static let commandLine: [ContractLine] = {
    let group = "Command line"
    let why = "the command has it, not the door: EngineCommandTests runs it by `artifacts list`"
    return [
      ContractLine(group, 1, "--template-id", .notApplicable(why)),
      ContractLine(group, 2, "--model-id, and both", .notApplicable(why)),
      ContractLine(group, 3, "head and foot of the table", .notApplicable(why)),
      ContractLine(
        group, 4, "the usual data directory",
        .notApplicable(
          "the command has it, not the door: EngineCommandTests runs it with FLOWTIME_DATA_DIR")),
    ]
  }()
}
