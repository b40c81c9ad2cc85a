import EngineOperations
import JSON
import RunStore
import Source
import Testing

private func query(_ filters: (String, String)...) throws -> RunQuery {
  try ListArtifacts.query(filters.map { (name: $0.0, value: $0.1) })
}

@Test func `runs are found by source, template and model in both spellings`() throws {
  let test = try TestEngine()
  _ = try test.run(smallModel)
  let mine = try test.run(
    smallModel,
    provenance: #"{"source":"manual","model_id":"m1","template_id":"T","parameters":{"bins":3}}"#)
  let id = try #require(mine.stored?.id)
  _ = try test.run(smallModel, provenance: #"{"source":"other","modelId":"m2","templateId":"t"}"#)
  for filters in [
    ("source", "manual"), ("templateId", "T"), ("template_id", "T"), ("modelId", "m1"),
    ("model_id", "m1"), ("metadata.template_id", "T"), ("metadata.modelId", "m1"),
    ("metadata.source", "manual"),
  ] {
    let found = try ListArtifacts.run(try query(filters), in: test.engine)
    #expect(found.entries.map(\.id) == [id], "\(filters)")
  }
  #expect(try ListArtifacts.run(try query(("source", "Manual")), in: test.engine).total == 0)
}

@Test(arguments: [
  ("createdAfter", "yesterday"), ("createdBefore", "2025-13-01"), ("minSize", "-1"),
  ("maxSize", "1e3"), ("limit", "ten"), ("skip", "-1"), ("includeArchived", "yes"),
  ("sortBy", "colour"), ("sortOrder", "up"), ("template", "x"), ("metadata.", "x"),
])
func `a filter that cannot be meant is named`(name: String, value: String) throws {
  var named: String?
  do throws(EngineFailure) {
    _ = try ListArtifacts.query([(name, value)])
  } catch {
    if case .parameterInvalid(let name, _) = error { named = name }
  }
  #expect(named == name)
}

@Test func `tags come and go, and what is archived is hidden`() throws {
  let test = try TestEngine()
  let id = try #require(try test.run(smallModel).stored?.id)
  try ChangeTags.run(id, adding: ["night"], in: test.engine)
  #expect(try GetArtifact.run(id, in: test.engine).tags.contains("night"))
  try ChangeTags.run(id, removing: ["night"], in: test.engine)
  #expect(!(try GetArtifact.run(id, in: test.engine).tags.contains("night")))
  try ArchiveArtifact.run(id, in: test.engine)
  #expect(try ListArtifacts.run(RunQuery(), in: test.engine).total == 0)
  #expect(try RebuildIndex.run(in: test.engine).map(\.id) == [id])
  try DeleteArtifact.run(id, in: test.engine)
  #expect(try RebuildIndex.run(in: test.engine).isEmpty)
  #expect(throws: EngineFailure.self) { try GetRun.run(id, in: test.engine) }
}

@Test func `a run leads back to its template`() throws {
  let test = try TestEngine()
  let record =
    #"{"source":"flowtime-sim","model_id":"m","template_id":"t","template_version":"1.0","#
    + #""template_hash":"sha256:00","model_hash":"sha256:11","parameters":{"bins":3}}"#
  let id = try #require(try test.run(smallModel, provenance: record).stored?.id)
  let trace = try TraceRun.run(id, in: test.engine)
  #expect(trace.modelID == "m" && trace.templateID == "t" && trace.templateVersion == "1.0")
  #expect(trace.templateHash == "sha256:00" && trace.modelHash == "sha256:11")
  #expect(trace.parameters == ["bins": 3])
  let run = test.engine.store.directory + "/" + id
  #expect(
    trace.verifyCommand
      == "flowtime-sim verify \(run)/model/model.yaml --provenance \(run)/provenance.json")
  let bare = try #require(try test.run(smallModel).stored?.id)
  #expect(try TraceRun.run(bare, in: test.engine).verifyCommand == nil)
}

@Test(arguments: [
  ("/data/runs", "/data/runs"), ("/my runs", "'/my runs'"), ("/it's", #"'/it'\''s'"#),
  ("", "''"), ("/a$(b)`c`", "'/a$(b)`c`'"), ("/é", "'/é'"), ("~", "'~'"), ("/a\nb", "'/a\nb'"),
])
func `a word for a shell means its text`(text: String, word: String) {
  #expect(TraceRun.shellWord(text) == word)
}

@Test func `runs come a page at a time, newest first`() throws {
  let test = try TestEngine()
  var ids: [String] = []
  for number in 1...5 {
    let record = number == 3 ? nil : "{\"modelId\":\"m\(number)\",\"templateId\":\"Line\"}"
    ids.append(try #require(try test.run(smallModel, provenance: record).stored?.id))
    test.moveOn(seconds: 1)
  }
  let request = try ListRuns.Request([("page", "2"), ("pageSize", "2"), ("templateId", "line")])
  let found = try ListRuns.run(request, in: test.engine)
  #expect(found.totalCount == 4)
  #expect(found.items.map(\.entry.id) == [ids[1], ids[0]])
  let silent = try ListRuns.run(ListRuns.Request([("hasWarnings", "false")]), in: test.engine)
  #expect(silent.totalCount == 5)
  for (name, value) in [("page", "0"), ("pageSize", "x"), ("hasWarnings", "maybe"), ("mod", "x")] {
    #expect(throws: EngineFailure.self) { try ListRuns.Request([(name, value)]) }
  }
  let far = try ListRuns.Request([("page", "\(Int.max)"), ("pageSize", "200")])
  #expect(try ListRuns.run(far, in: test.engine).items.isEmpty)
}
