import JSON
import Testing

private func stored() throws -> (EngineTalk, ids: [String]) {
  let talk = try EngineTalk()
  var ids: [String] = []
  for (template, model) in [("a", "model_1"), ("b", "model_2"), ("a", "model_3")] {
    ids.append(
      try talk.run(
        provenance: [
          "templateId": .string(template), "modelId": .string(model), "source": "flowtime-sim",
          "owner": .string("team-" + template),
        ]))
    talk.moveOn(seconds: 60)
  }
  return (talk, ids)
}

/// Filters, and which of three runs they leave, newest first.
@Test(
  arguments: [
    ([:], [2, 1, 0]),
    (["templateId": "a"], [2, 0]),
    (["template_id": "a"], [2, 0]),
    (["modelId": "model_2"], [1]),
    (["model_id": "model_2"], [1]),
    (["source": "flowtime-sim", "templateId": "b"], [1]),
    (["source": "Flowtime-Sim"], []),
    (["metadata": ["owner": "team-b"]], [1]),
    (["metadata": ["owner": "team-b", "template_id": "a"]], []),
    (["type": "run", "limit": 1], [2]),
    (["skip": 1, "limit": 1], [1]),
    (["sortBy": "created", "sortOrder": "asc"], [0, 1, 2]),
    (["createdAfter": "2025-09-25T12:00:30Z"], [2, 1]),
    (["createdBefore": "2025-09-25T12:00:30Z"], [0]),
    (["minSize": 1_000_000], []),
    (["maxSize": 1_000_000], [2, 1, 0]),
    (["search": "MODEL_3"], [2]),
    (["fullText": "team-a"], [2, 0]),
    (["tags": ["lost", "run"]], [2, 1, 0]),
    (["tags": ["lost"]], []),
    (["includeArchived": true, "templateId": .null], [2, 1, 0]),
  ] as [(JSONValue, [Int])])
func `a filter leaves the runs that have what is asked for`(filter: JSONValue, left: [Int]) throws {
  let (talk, ids) = try stored()
  let found = try talk.result("listArtifacts", filter)
  #expect(
    found["artifacts"]?.arrayValue?.map { $0.objectValue?["id"]?.stringValue }
      == left.map { ids[$0] })
  #expect(found["count"] == .number(JSONNumber(left.count)))
}

@Test(
  arguments: [
    (["templateId": "A"], [2, 0], 2),
    (["template_id": "b"], [1], 1),
    (["pageSize": 2], [2, 1], 3),
    (["pageSize": 2, "page": 2], [0], 3),
    (["hasWarnings": true], [], 0),
    (["mode": "simulation"], [2, 1, 0], 3),
  ] as [(JSONValue, [Int], Int)])
func `runs are listed a page at a time`(filter: JSONValue, left: [Int], total: Int) throws {
  let (talk, ids) = try stored()
  let found = try talk.result("listRuns", filter)
  #expect(
    found["runs"]?.arrayValue?.map { $0.objectValue?["runId"]?.stringValue } == left.map { ids[$0] }
  )
  #expect(found["total"] == .number(JSONNumber(total)))
}

@Test func `tags come and go, and what is archived is hidden`() throws {
  let (talk, ids) = try stored()
  let first = JSONValue.string(ids[0])
  let tags = try talk.result("changeTags", ["runId": first, "add": ["kept", "b"]])["tags"]
  #expect(tags?.arrayValue?.contains("kept") == true)
  let left = try talk.result("changeTags", ["runId": first, "remove": ["b"]])["tags"]
  #expect(left?.arrayValue?.contains("b") == false)
  #expect(try talk.result("listArtifacts", ["tags": ["kept"]])["total"] == 1)
  let changed = try talk.result("archiveArtifacts", ["runIds": [first, "run_lost"]])
  #expect(changed["changed"] == 1)
  let results = changed["results"]?.arrayValue?.compactMap(\.objectValue)
  #expect(results?.first == ["runId": first])
  #expect(results?.last?["error"]?.objectValue?["code"] == 1101)
  #expect(try talk.result("listArtifacts")["total"] == 2)
  #expect(try talk.result("listArtifacts", ["includeArchived": true])["total"] == 3)
}

@Test func `what is deleted is gone, and the index can be made again`() throws {
  let (talk, ids) = try stored()
  let related = try talk.result("getRelatedArtifacts", ["runId": .string(ids[0])])["related"]
  #expect(related?.arrayValue?.map { $0.objectValue?["id"]?.stringValue } == [ids[2], ids[1]])
  #expect(try talk.result("deleteArtifacts", ["runIds": [.string(ids[1])]])["changed"] == 1)
  #expect(try talk.error("getModel", ["runId": .string(ids[1])])["code"] == 1101)
  #expect(try talk.result("rebuildIndex")["artifactCount"] == 2)
}

@Test func `a graph says which nodes read which`() throws {
  let talk = try EngineTalk()
  let graph = try talk.result("graph", ["model": .string(smallModel)])
  #expect(
    graph["nodes"] == [
      ["id": "demand", "inputs": []], ["id": "served", "inputs": ["demand"]],
    ])
  #expect(graph["order"] == ["demand", "served"])
}

@Test(arguments: ["archiveArtifacts", "deleteArtifacts"])
func `the index is written once for all runs that one request changes`(method: String) throws {
  let talk = try EngineTalk()
  let ids = try (0..<5).map { _ in
    try #require(try talk.result("run", ["model": .string(smallModel)])["runId"])
  }
  let before = talk.indexCount
  _ = try talk.result(method, ["runIds": .array(ids)])
  #expect(talk.indexCount == before + 1)
  #expect(try talk.result("listArtifacts")["total"] == 0)
}
