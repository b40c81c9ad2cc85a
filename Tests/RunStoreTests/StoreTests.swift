import FlowModel
import Foundation
import JSON
import Platform
import RunStore
import Testing

@Test func `a stored run has all its files and is read back`() throws {
  let folder = try Folder()
  let store = try folder.store()
  let stored = try store.store(smallRun(template: "demo", model: "m1", camelCase: false))
  #expect(stored.id == "run_20250925T120000Z_00000001")
  #expect(
    try FileSystem.listDirectory(stored.directory) == [
      "manifest.json", "model", "provenance.json", "run.json", "series", "spec.yaml",
    ])
  #expect(try store.model(of: stored.id) == smallRun().model)
  #expect(try store.record(of: stored.id)["runId"]?.stringValue == stored.id)
  let record = try #require(try store.provenance(of: stored.id))
  #expect(record["model_id"]?.stringValue == "m1")
  #expect(record["received_at"]?.stringValue == "2025-09-25T12:00:00.0000000Z")
  #expect(record["parameters"]?.objectValue?["bins"] == 12)
  let part = try #require(try store.manifest(of: stored.id)["provenance"]?.objectValue)
  #expect(part["hasProvenance"] == true)
  #expect(part["modelId"] == "m1")
  #expect(part["templateId"] == "demo")
  let csv = Array("bin_index,value\n0,1\n1,2\n".utf8)
  #expect(try store.series("demand@DEMAND@DEFAULT", of: stored.id).csv == csv)
  #expect(try store.series("demand", of: stored.id).csv == csv)
  let spec = String(decoding: try store.file("spec.yaml", of: stored.id), as: UTF8.self)
  for word in ["provenance:", "modelId:", "flowtime-sim"] { #expect(!spec.contains(word)) }
}

@Test func `a run without a record has no provenance file`() throws {
  let folder = try Folder()
  let store = try folder.store()
  let stored = try store.store(smallRun())
  #expect(try store.provenance(of: stored.id) == nil)
  #expect(try store.manifest(of: stored.id)["provenance"] == nil)
}

@Test(arguments: [
  "../x", "..", ".", "", "/etc/passwd", "model/model.yaml", "a\u{0}b", ".hidden", "a\\b", "link",
])
func `no name leads out of a run`(name: String) throws {
  let folder = try Folder()
  let store = try folder.store()
  let id = try store.store(smallRun()).id
  try FileManager.default.createSymbolicLink(
    atPath: folder[id + "/link"], withDestinationPath: "/etc/passwd")
  #expect(throws: RunStoreFailure.self) { try store.file(name, of: id) }
  #expect(throws: RunStoreFailure.self) { try store.record(of: name) }
  #expect(throws: RunStoreFailure.self) { try store.series(name, of: id) }
}

@Test(arguments: ["../x", "a/b", "a\u{0}", ""])
func `a series whose name no file can have is refused before anything is written`(id: String) throws
{
  let folder = try Folder()
  let store = try folder.store()
  var run = smallRun()
  run.series = [StoredSeries(id: id, kind: "flow", componentID: "A", points: 0, csv: [])]
  #expect(throws: RunStoreFailure.nameInvalid(id)) { try store.store(run) }
  #expect(folder.names == ["registry-index.json"])
}

@Test func `what is damaged or missing is named`() throws {
  let folder = try Folder()
  let store = try folder.store()
  let id = try store.store(smallRun()).id
  try FileSystem.removeFile(folder[id + "/series/demand@DEMAND@DEFAULT.csv"])
  let path = folder[id + "/series/demand@DEMAND@DEFAULT.csv"]
  #expect(throws: RunStoreFailure.file(.system(SystemError(call: "open", path: path, code: 2)))) {
    try store.series("demand", of: id)
  }
  #expect(throws: RunStoreFailure.seriesMissing(id: "x", run: id)) { try store.series("x", of: id) }
  try folder.put(id + "/manifest.json", "{\"schemaVersion\":")
  let error = #expect(throws: RunStoreFailure.self) { try store.manifest(of: id) }
  #expect(error?.message.contains(folder[id + "/manifest.json"]) == true)
  #expect(error?.message.contains("unexpected end") == true)
}

private let manifest = "{\"schemaVersion\":1}"

@Test func `a scan takes in whole runs and says which it leaves`() throws {
  let folder = try Folder()
  try folder.put("run_20250101T000000Z_aaaaaaaa/manifest.json", manifest)
  try folder.put(
    "run_20250101T000000Z_aaaaaaaa/spec.yaml",
    "metadata: {title: A title, tags: [one, two]}\nnodes: []\n")
  try folder.put("run_20250102T000000Z_bbbbbbbb/spec.yaml", "nodes: []\n")
  try folder.put("run_20250103T000000Z_cccccccc/manifest.json", "{not json")
  try folder.put("run_deterministic_12345678/manifest.json", manifest)
  let store = try folder.store()
  let entries = try store.entries()
  #expect(entries.map(\.id) == ["run_20250101T000000Z_aaaaaaaa"])
  #expect(entries.first?.title == "A title")
  #expect(entries.first?.tags == ["run", "configured", "one", "two"])
  #expect(store.notices.count == 2)
  #expect(folder.content("registry-index.json") != nil)
  try folder.put(
    "run_20250104T000000Z_dddddddd/manifest.json",
    "{\"provenance\":{\"hasProvenance\":true,\"templateId\":\"t\"},\"note\":\"Findable\"}")
  #expect(try store.entries().count == 2)
  var query = RunQuery()
  query.fullText = "findable"
  #expect(try store.answer(query).total == 1)
  try store.rebuild()
  let again = try folder.store()
  #expect(try again.entries().map(\.artifact) == store.entries().map(\.artifact))
  #expect(try again.entry("run_20250104T000000Z_dddddddd")?.provenance?["templateId"] == "t")
}

@Test func `a manifest that is damaged in place is noticed when its run is opened`() throws {
  let opens: [(what: String, @Sendable (RunStore, String) throws -> Void, isRefused: Bool)] = [
    ("entry", { _ = try $0.entry($1) }, true), ("manifest", { _ = try $0.manifest(of: $1) }, true),
    ("record", { _ = try $0.record(of: $1) }, false),
    ("series", { _ = try $0.series("demand", of: $1) }, false),
    ("related", { _ = try $0.related(to: $1) }, true),
  ]
  for (what, open, isRefused) in opens {
    let folder = try Folder()
    let store = try folder.store()
    let first = try store.store(smallRun(model: "first")).id
    let second = try store.store(smallRun(model: "second")).id
    let name = first + "/manifest.json"
    let whole = try #require(folder.content(name))
    /// Writes over the file that is there, and says that this was some time later.
    func write(_ text: String, after seconds: Double) throws {
      let file = try #require(FileHandle(forWritingAtPath: folder[name]))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: Data(text.utf8))
      try file.close()
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: seconds)], ofItemAtPath: folder[name])
    }
    // Of the same size, and no JSON.
    try write("}" + whole.dropFirst(), after: 1)
    #expect(try store.entries().map(\.id) == [first, second], "\(what)")
    do throws(any Error) {
      try open(store, first)
      #expect(!isRefused, "\(what)")
    } catch {
      #expect(isRefused, "\(what)")
      let message = (error as? RunStoreFailure)?.message ?? ""
      #expect(message.hasPrefix("'\(folder[name])' is damaged: "), "\(what): \(message)")
    }
    #expect(try store.entries().map(\.id) == [second], "\(what)")
    #expect(store.notices.contains { $0.message.contains("manifest.json' is damaged") })
    // The next to start does not find it in the index file.
    #expect(try folder.store().entries().map(\.id) == [second])
    // One that is mended is there again when somebody asks.
    try write(whole.replacing("first", with: "third"), after: 2)
    #expect(try store.entry(first)?.provenance?["modelId"] == "third", "\(what)")
    #expect(try store.entries().map(\.id) == [first, second], "\(what)")
    // And so is another change.
    try write(whole, after: 3)
    try? open(store, first)
    #expect(try store.entries().first?.provenance?["modelId"] == "first", "\(what)")
  }
}

@Test func `to open a run that is as it was changes nothing`() throws {
  let folder = try Folder()
  let id = try folder.store().store(smallRun(model: "first")).id
  // Once as it was stored, and once as it was read.
  for _ in 0..<2 {
    let count = Counter()
    let store = try folder.store { step, _ throws(SystemError) in
      if step == .writeIndex { _ = count.next() }
    }
    let before = count.next()
    #expect(try store.entry(id) != nil)
    _ = try store.manifest(of: id)
    #expect(count.next() == before + 1)
  }
}

@Test func `a run is listed by what its model says, whatever its record calls the template`() throws
{
  let folder = try Folder()
  let store = try folder.store()
  var run = smallRun(template: "t", model: "m")
  run.provenance?["templateTitle"] = "All of It"
  let id = try store.store(run).id
  let entry = try #require(try store.entry(id))
  #expect(entry.title == "Model with demand")
  #expect(entry.provenance?["templateTitle"] == "All of It")
  #expect(try store.answer(RunQuery(parameters: [("search", "all of it")])).total == 1)
  let text = "metadata: {title: Mine}\n" + String(decoding: run.model, as: UTF8.self)
  run.model = Array(text.utf8)
  #expect(try store.entry(store.store(run).id)?.title == "Mine")
}

@Test func `an index of garbage is kept aside and made again`() throws {
  let folder = try Folder()
  let id = try folder.store().store(smallRun()).id
  for garbage in ["", "garbage", "[]", "{\"schemaVersion\":1,\"artifacts\":7}"] {
    try folder.put("registry-index.json", garbage)
    let store = try folder.store()
    #expect(try store.entries().map(\.id) == [id])
    let aside = try #require(folder.names.first { $0.contains(".corrupted.") })
    #expect(folder.content(aside) == garbage)
    #expect(folder.content("registry-index.json")?.contains(id) == true)
    try FileSystem.removeFile(folder[aside])
  }
}

@Test func `archived runs are hidden until they are asked for, and deleted ones are gone`() throws {
  let folder = try Folder()
  let store = try folder.store()
  let ids = try store.store([smallRun(), smallRun(), smallRun()]).map(\.id)
  try store.archive(ids[0])
  #expect(try store.answer(RunQuery()).entries.map(\.id) == [ids[2], ids[1]])
  var all = RunQuery()
  all.includesArchived = true
  #expect(try store.answer(all).total == 3)
  // No index has to remember it.
  try FileSystem.removeFile(folder["registry-index.json"])
  #expect(try folder.store().entry(ids[0])?.isArchived == true)
  try store.delete(ids[1])
  try store.delete(ids[2])
  #expect(throws: RunStoreFailure.runMissing(id: ids[1])) { try store.delete(ids[1]) }
  #expect(folder.names == ["registry-index.json", ids[0]])
  #expect(try store.answer(RunQuery()).entries == [])
}

@Test func `runs of one time are related, and so are runs that share a tag`() throws {
  let folder = try Folder()
  let tagged = "metadata: {tags: [shop]}\nnodes: []\n"
  let early = try folder.store(at: 1_700_000_000).store(smallRun(text: tagged)).id
  let store = try folder.store()
  let ids = try store.store([smallRun(text: tagged), smallRun()]).map(\.id)
  #expect(try store.related(to: ids[0]).map(\.id) == [ids[1], early])
  #expect(try store.related(to: ids[1]).map(\.id) == [ids[0]])
  #expect(throws: RunStoreFailure.runMissing(id: "x")) { try store.related(to: "x") }
}

/// Parameters, and the runs that they find by number, newest first.
@Test(arguments: [
  ("templateId=demo", [4, 1]), ("template_id=demo", [4, 1]), ("metadata.template_id=demo", [4, 1]),
  ("metadata.templateId=demo", [4, 1]), ("templateId=DEMO", []), ("templateId=none", []),
  ("modelId=m2", [2]), ("model_id=m2", [2]), ("templateId=demo&modelId=m1", [1]),
  ("templateId=demo&modelId=m2", []), ("source=manual", [2]), ("source=flowtime-sim", [4, 3, 1]),
  ("metadata.source=manual", [2]), ("type=RUN", [5, 4, 3, 2, 1]), ("type=model", []),
  ("sortOrder=asc", [1, 2, 3, 4, 5]), ("sortBy=id&limit=2", [5, 4]), ("sortBy=size&skip=4", [5]),
  ("limit=2&skip=1", [4, 3]), ("limit=1500", [5, 4, 3, 2, 1]),
  ("limit=x&skip=-1", [5, 4, 3, 2, 1]),
  ("tags=run", [5, 4, 3, 2, 1]), ("tags=none,%20x", []), ("search=MODEL WITH", [5, 4, 3, 2, 1]),
  ("createdAfter=2025-09-25T12:00:01Z", []),
  ("createdAfter=2025-09-25T12:00:00Z", [5, 4, 3, 2, 1]),
  ("createdBefore=2025-09-24", []), ("createdBefore=soon", [5, 4, 3, 2, 1]),
  ("minSize=1000000", []),
  ("maxSize=1000000", [5, 4, 3, 2, 1]), ("unknown=x", [5, 4, 3, 2, 1]),
])
func `a query finds what all its parameters allow`(text: String, numbers: [Int]) throws {
  let folder = try Folder()
  let store = try folder.store()
  _ = try store.store([
    smallRun(template: "demo", model: "m1"),
    smallRun(template: "other", model: "m2", source: "manual"),
    smallRun(model: "m3"), smallRun(template: "demo", model: "m4", camelCase: false), smallRun(),
  ])
  let query = RunQuery(
    parameters: text.split(separator: "&").map {
      let parts = $0.split(separator: "=", omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    })
  let found = try store.answer(query).entries.map { Int($0.id.suffix(2), radix: 16) ?? 0 }
  if text.hasPrefix("sortBy=size") {
    #expect(found.count == numbers.count)
    #expect(try store.answer(query).entries.map(\.id) == store.answer(query).entries.map(\.id))
  } else {
    #expect(found == numbers)
  }
}
