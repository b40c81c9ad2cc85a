import Operations
import Server
import SimMethods
import Source
import Testing

/// Files by path.
private struct Files: TemplateFiles {
  let texts: [String: String?]

  func list(_ directory: String) throws(UnreadableFile) -> [String] {
    if directory == "nowhere" { throw UnreadableFile("nowhere: no such directory") }
    return texts.keys.filter { $0.hasPrefix(directory + "/") }.sorted()
  }

  func read(_ path: String) throws(UnreadableFile) -> [UInt8] {
    guard let text = texts[path] ?? nil else { throw UnreadableFile("\(path): permission denied") }
    return Array(text.utf8)
  }
}

private func load(_ texts: [String: String?], from directories: [String]) -> (
  catalog: TemplateCatalog, log: [String]
) {
  var log: [String] = []
  let catalog = TemplateCatalog.load(
    from: directories, Files(texts: texts), passedOver: { log.append($0) }, log: { log.append($0) })
  return (catalog, log)
}

private let namings: [(name: String, ids: [String])] = [
  ("one", ["one", "one-a"]), ("one-a", ["one-a"]), ("stem", ["stem"]), ("absent", []),
  ("escaped", ["escaped"]), ("in two", ["escaped", "in two", "one", "one-a", "stem"]),
]

/// Templates that are kept though their id is another do no harm; one that is left out must not be the one that is meant.
@Test(arguments: namings)
func `a template that is asked for by name is found without the others`(
  name: String, ids: [String]
) {
  let texts = [
    "a/1.yaml": "metadata: {id: one}\n", "a/2.yaml": "metadata: {id: 'one-a'}\n",
    "a/stem.yaml": "metadata: {}\n", "a/4.yaml": #"metadata: {id: "\x65scaped"}"#,
    "a/5.yaml": "metadata:\n  id: in\n    two\n",
  ]
  let all = load(texts, from: ["a"]).catalog
  let found = TemplateCatalog.load(
    from: ["a"], Files(texts: texts), naming: name, log: { Issue.record("\($0)") })
  #expect(found.entries.map(\.id.text).filter { $0 != "escaped" } == ids.filter { $0 != "escaped" })
  #expect(found[name]?.path == all[name]?.path)
  #expect(found["escaped"] != nil)
}

@Test func `templates are the YAML files of every directory`() {
  let (catalog, log) = load(
    [
      "a/one.yaml": "metadata: {id: first}\n", "a/two.yml": "metadata: {}\n", "a/notes.md": "x",
      "b/three.yaml": "a: [",
    ], from: ["a", "b", "nowhere"])
  #expect(catalog.entries.map(\.id.text) == ["first", "three", "two"])
  #expect(catalog["three"]?.isBroken == true)
  #expect(log == ["nowhere: no such directory"])
}

@Test func `the first directory and the first file win an id, and the log says so`() {
  let (catalog, log) = load(
    [
      "a/y.yaml": "metadata: {id: same, title: Y}\n", "b/x.yaml": "metadata: {id: same}\n",
      "b/z.yaml": "metadata: {id: same, title: Z}\n", "a/copy.yaml": "metadata: {id: same}\n",
    ], from: ["b", "a"])
  #expect(catalog["same"]?.path == "b/x.yaml")
  #expect(
    log == [
      "b/z.yaml: the id 'same' is taken by b/x.yaml",
      "a/y.yaml: the id 'same' is taken by b/x.yaml",
    ])
}

private let good = """
  metadata: {id: kept}
  grid: {bins: 1, binSize: 1, binUnit: hours}
  nodes: [{id: a, kind: const, values: [1]}]
  outputs: [{series: a}]

  """

@Test func `a broken file takes no id from one that is not`() {
  let (catalog, log) = load(
    [
      "a/broken.yaml": "metadata: {id: kept}\n", "a/good.yaml": good,
      "b/other.yaml": good + "# another\n",
    ], from: ["a", "b"])
  #expect(catalog["kept"]?.path == "a/good.yaml")
  #expect(catalog.shadowed.map(\.path) == ["a/broken.yaml", "b/other.yaml"])
  #expect(
    log == [
      "a/broken.yaml is broken: the id 'kept' is taken by a/good.yaml",
      "b/other.yaml: the id 'kept' is taken by a/good.yaml",
    ])
}

@Test(arguments: [
  (
    "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: hours}\nnodes: []\n",
    "a/kept.yaml is passed over: it is a model"
  ),
  (
    "schemaVersion: 1\nprovenance: {model_id: m}\ngrid: {}\nnodes: []\n",
    "a/kept.yaml is passed over: it is a model"
  ),
  (
    #"{"model_id": "m", "template_id": "kept", "parameters": {}}"#,
    "a/kept.yaml is passed over: it is a provenance record"
  ),
])
func `what lies beside templates and is none is passed over`(text: String, notice: String) {
  let (catalog, log) = load(["a/kept.yaml": text, "a/two.yaml": good], from: ["a"])
  #expect(catalog.entries.map(\.path) == ["a/two.yaml"])
  #expect(catalog.shadowed.isEmpty)
  #expect(log == [notice])
}

@Test func `a file that breaks keeps its last good version, and the log says so`() {
  let first = load(["a/kept.yaml": good, "a/new.yaml": "a: ["], from: ["a"]).catalog
  var log: [String] = []
  let broken = Files(texts: ["a/kept.yaml": "metadata: [", "a/new.yaml": "a: ["])
  let second = TemplateCatalog.load(from: ["a"], broken, after: first) { log.append($0) }
  #expect(second["kept"]?.isBroken == false)
  #expect(second["new"]?.isBroken == true)
  #expect(log.count == 1)
  #expect(
    log.first?.hasPrefix("a/kept.yaml is broken and keeps its last good version: line 1: ") == true)
  #expect(second["kept"]?.rejected?.text.string == "metadata: [")
  #expect(second["kept"]?.rejected?.diagnostics.isEmpty == false)
  // It is said once, and forgotten when the file says again what it said.
  let third = TemplateCatalog.load(from: ["a"], broken, after: second) { log.append($0) }
  #expect(log.count == 1)
  #expect(CatalogChange(from: second, to: third).isEmpty)
  let repaired = Files(texts: ["a/kept.yaml": good])
  let fourth = TemplateCatalog.load(from: ["a"], repaired, after: third) { log.append($0) }
  #expect(fourth["kept"]?.rejected == nil)
}

@Test(arguments: [
  ("default: hunter2", true), ("default: hunter2, sensitive: true", false),
  (#"default: hunter2, "sensit\u0069ve": true"#, false),
])
func `the log says why a file is broken, but nothing that may be secret`(
  parameter: String, isQuoted: Bool
) {
  // The rest of `good`, so that it is not broken.
  let declared = good + "parameters: [{name: p, type: string, \(parameter)}]\n"
  let known = load(["a/kept.yaml": declared], from: ["a"]).catalog
  // As a number the value is wrong, and the finding quotes it.
  for broken in [
    declared.replacing("type: string", with: "type: number"),
    good + "parameters: [{name: p, type: number, default: hunter2}]\n",
  ] {
    var log = ""
    _ = TemplateCatalog.load(from: ["a"], Files(texts: ["a/kept.yaml": broken]), after: known) {
      log += $0
    }
    #expect(log.contains("version: line 5: parameter-"), "\(log)")
    #expect(log.contains("hunter2") == isQuoted, "\(log)")
  }
}

/// - Parameter ids: added, removed, changed and broken ones.
private func check(
  _ old: [String: String?], _ new: [String: String?], _ ids: [[String]],
  _ place: SourceLocation = #_sourceLocation
) {
  let first = load(old, from: ["a", "b"]).catalog
  let second = TemplateCatalog.load(
    from: ["a", "b"], Files(texts: new), after: first, log: { _ in })
  let change = CatalogChange(from: first, to: second)
  #expect(
    [change.added, change.removed, change.changed, change.broken] == ids, sourceLocation: place)
  #expect(change.isEmpty == ids.allSatisfy(\.isEmpty), sourceLocation: place)
}

@Test func `what is different between two readings is told by id`() {
  let other = good.replacing("[1]", with: "[2]")
  check(["a/k.yaml": good], ["a/k.yaml": good], [[], [], [], []])
  check([:], ["a/k.yaml": good], [["kept"], [], [], []])
  check(["a/k.yaml": good], [:], [[], ["kept"], [], []])
  check(["a/k.yaml": good], ["a/k.yaml": other], [[], [], ["kept"], []])
  // The same text in another file: its path is told to clients.
  check(["a/k.yaml": good], ["b/k.yaml": good], [[], [], ["kept"], []])
  check(["a/k.yaml": good], ["a/k.yaml": "a: ["], [[], [], [], ["kept"]])
  check([:], ["a/k.yaml": "a: ["], [[], [], [], ["k"]])
  check(["a/k.yaml": "a: ["], ["a/k.yaml": good], [["kept"], ["k"], [], []])
  check(
    ["a/k.yaml": good, "a/n.yaml": "a: ["], ["a/n.yaml": "a: [", "b/o.yaml": "b: ["],
    [[], ["kept"], [], ["o"]])
}

@Test func `a file that cannot be read is left out and named`() {
  let (catalog, log) = load(
    ["a/good.yaml": "metadata: {id: good}\n", "a/secret.yaml": nil], from: ["a"])
  #expect(catalog.entries.map(\.id.text) == ["good"])
  #expect(log == ["a/secret.yaml: permission denied"])
}
