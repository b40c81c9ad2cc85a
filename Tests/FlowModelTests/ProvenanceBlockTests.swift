import FlowModel
import JSON
import Source
import Testing
import YAML

/// Model texts in every layout that a writer may choose.
private let models: [String] = {
  let plain = """
    # A model.
    schemaVersion: 1 # the format
    # The grid.
    grid:
      bins: 2   # two
      binSize: 1
      binUnit: hours
    nodes:
      - id: a
        kind: const
        values: [1, 2.0] # numbers

    # The end.

    """
  var texts = [
    plain,
    plain.replacing("\n", with: "\r\n"),
    plain.replacing("\n", with: "\r"),
    "\u{FEFF}" + plain,
    "\u{FEFF}" + plain.replacing("\n", with: "\r\n"),
    "---\n" + plain,
    "%YAML 1.2\n---\n" + plain + "...\n",
    "--- # start\n" + plain + "...",
    plain + "\n\n\n",
    "\n\n" + plain,
    // The key last, alone, without a final break, in other spellings.
    "grid: {bins: 1, binSize: 1, binUnit: days}\nschemaVersion: 1",
    "grid: {bins: 1, binSize: 1, binUnit: days}\nschemaVersion: 1\n",
    "grid: {bins: 1, binSize: 1, binUnit: days}\r\nschemaVersion: 1",
    "grid: {bins: 1}\nschemaVersion: 1 # last",
    "grid: {bins: 1}\nschemaVersion: 1   ",
    "schemaVersion: 1",
    "schemaVersion: 1\n",
    "schemaVersion: 1\n# nothing else\n",
    "schemaVersion:\n  1\ngrid: {}\n",
    "schemaVersion: # why\n  1 # one\n\n\ngrid: {}\n",
    "\"schemaVersion\": 1\n'grid': {}\n",
    "? schemaVersion\n: 1\n? grid\n: {}\n",
    "schemaVersion: !!int 1\ngrid: {}\n",
    "schemaVersion: &one 1\ngrid: {bins: *one}\n",
    "schemaVersion: \"1\"\ngrid: {}\n",
    "schemaVersion: |\n  1\n\n\ngrid: {}\n",
    "schemaVersion: >+\n  1\n\n",
    "  schemaVersion: 1\n  grid:\n    bins: 1\n",
    "    schemaVersion: 1\n    grid: {}",
    "nodes:\n- id: a\n  kind: expr\n  expr: |\n    schemaVersion: 7\nschemaVersion: 1\noutputs: []\n",
    // Flow style and JSON.
    "{schemaVersion: 1}",
    "{schemaVersion: 1}\n",
    "{ schemaVersion: 1 , grid: {bins: 1} }\n",
    "{grid: {bins: 1}, schemaVersion: 1}\n",
    "{schemaVersion: 1, grid: {bins: 1},}\n",
    "{schemaVersion: 1,}\n",
    "{\n  schemaVersion: 1, # one\n  grid: {bins: 1}\n}\n",
    "{\n  grid: {bins: 1},\n  schemaVersion: 1 # one\n}\n",
    "{\n  grid: {bins: 1}\n  , schemaVersion: 1\n}\n",
    "{\r\n  schemaVersion: 1,\r\n  grid: {bins: 1}\r\n}\r\n",
    "--- {schemaVersion: 1, grid: {}} # all\n",
    "{\"schemaVersion\": 1, \"grid\": {\"bins\": 1}}",
    "{\"schemaVersion\":1,\"grid\":{\"bins\":1}}\n",
    "{\n  \"schemaVersion\": 1,\n  \"grid\": {\n    \"bins\": 1\n  }\n}\n",
    "{\n\t\"grid\": {},\n\t\"schemaVersion\": 1\n}\n",
    "&root\nschemaVersion: 1\ngrid: {}\n",
    "!!map\nschemaVersion: 1\ngrid: {}\n",
  ]
  texts.append(contentsOf: texts.prefix(2).map { String($0.dropLast()) })
  return texts
}()

private let record: JSONObject = Provenance(
  identity: ModelIdentity(hash: "381896c8", at: .epoch), templateID: "demo",
  templateVersion: "1.0", templateTitle: "Say: \"it's\" \\ # fine, é 日本 🚲 {x} [y] \u{85}\u{2028}",
  templateHash: "sha256:" + String(repeating: "0", count: 64),
  modelHash: "sha256:" + String(repeating: "f", count: 64),
  parameters: [
    "flag": true, "none": .null, "no": "no", "version": "1.0", "nothing": "null", "tilde": "~",
    "day": "2025-01-01", "exponent": "1e3", "hex": "0x10", "time": "12:30", "empty": "",
    "space": " ", "lines": "one\ntwo\n\n three\r\n", "tab": "\t", "yaml": "a: b\n- c # d",
    "injection": "x\nschemaVersion: 2\n", "marker": "---\n...", "quote": "'\"", "count": 12,
    "share": .number(JSONNumber(spelling: "0.1") ?? 0),
    "tiny": .number(JSONNumber(spelling: "1e-7") ?? 0),
    "large": .number(JSONNumber(spelling: "1e+21") ?? 0),
    "list": [1, 2, 3], "no list": [], "a: b": "key", "": "empty key", "é": "e", "true": false,
  ]
).json()

@Test(arguments: models)
func `embedding and then extracting gives the model back byte for byte`(model: String) throws {
  let text = SourceText(model)
  let embedded = try ProvenanceBlock.embed(record, in: text)
  let reading = ModelDocument(embedded)
  #expect(reading.findings.diagnostics == [], "\(embedded.string)")

  let extraction = try ProvenanceBlock.extract(from: embedded)
  #expect(extraction.model == text, "\(extraction.model.string.debugDescription)")
  #expect(extraction.record == record, "\(embedded.string)")
  #expect(extraction.diagnostics == [])
}

@Test(arguments: models)
func `the block stands after the schema version and before everything that follows it`(
  model: String
) throws {
  let before = try #require(ModelDocument(SourceText(model)).root)
  let embedded = try ProvenanceBlock.embed(record, in: SourceText(model))
  let after = try #require(ModelDocument(embedded).root)
  var keys = before.entries.map(\.key.string)
  let place = try #require(keys.firstIndex(of: "schemaVersion"))
  keys.insert("provenance", at: place + 1)
  #expect(after.entries.map(\.key.string) == keys)
}

@Test(arguments: models)
func `every byte of the model is still there`(model: String) throws {
  let embedded = try ProvenanceBlock.embed(record, in: SourceText(model))
  let old = Array(model.utf8)
  let new = embedded.bytes
  let head = zip(old, new).prefix { $0 == $1 }.count
  let tail = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
  #expect(head + tail >= old.count, "one run of bytes is new")
  let isCRLF = model.contains("\r\n")
  let added = new[head..<(head + new.count - old.count)]
  if isCRLF {
    #expect(
      added.indices.allSatisfy { new[$0] != 0x0A || new[$0 - 1] == 0x0D }, "LF in a CR LF text")
  }
}

@Test(arguments: models)
func `the model hash is the same with and without the block`(model: String) throws {
  let text = SourceText(model)
  let data = try #require(ModelReading(text).data)
  let embedded = try #require(ModelReading(try ProvenanceBlock.embed(record, in: text)).data)
  #expect(ModelHash.of(embedded) == ModelHash.of(data))
  #expect(ModelHash.of(data) != nil)
}

@Test(arguments: models)
func `a block that is there is refused, or gives way where that is asked for`(model: String) throws
{
  let text = SourceText(model)
  let first = try ProvenanceBlock.embed(["model_id": "old", "template_id": "t"], in: text)
  #expect {
    try ProvenanceBlock.embed(record, in: first)
  } throws: { error in
    guard case ProvenanceBlock.Failure.exists(let range) = error else { return false }
    return first.string(in: range).contains("provenance")
  }
  let second = try ProvenanceBlock.embed(record, in: first, replacing: true)
  #expect(second == (try ProvenanceBlock.embed(record, in: text)), "\(second.string)")
  #expect(try ProvenanceBlock.embed(record, in: text, replacing: true) == second)
}

@Test(arguments: [
  ("", "model-empty"), ("- a\n", "model-not-mapping"), ("a: [\n", "yaml-syntax"),
  ("grid: {}\n", "schema-version-missing"),
  ("nested:\n  schemaVersion: 1\n", "schema-version-missing"),
  ("schemaVersion: 1\n---\nschemaVersion: 1\n", "yaml-document-several"),
  ("schemaVersion: 1\nschemaVersion: 1\n", "yaml-key-duplicate"),
])
func `a text that is no model takes no block`(text: String, code: String) {
  #expect {
    try ProvenanceBlock.embed(record, in: SourceText(text))
  } throws: { error in
    guard case ProvenanceBlock.Failure.model(let diagnostics) = error else { return false }
    return diagnostics.map(\.code.rawValue) == [code]
  }
}

@Test func `bytes that are no text take no block`() {
  #expect(throws: ProvenanceBlock.Failure.self) {
    try ProvenanceBlock.embed(record, in: SourceText([0x61, 0x3A, 0x20, 0xFF, 0x0A]))
  }
}

@Test(arguments: ["schemaVersion: 1\n", "a: 1\n", "grid:\n  provenance: {model_id: nested}\n"])
func `a model without a block gives none and stays as it is`(model: String) throws {
  let extraction = try ProvenanceBlock.extract(from: SourceText(model))
  #expect(extraction.record == nil)
  #expect(extraction.model == SourceText(model))
}

@Test(arguments: [
  "provenance: made by me\nschemaVersion: 1\n", "schemaVersion: 1\nprovenance: [1]\n",
  "schemaVersion: 1\nprovenance:\n", "schemaVersion: 1\nprovenance: {a: .nan}\n",
])
func `a block that is no record is refused`(model: String) {
  #expect {
    try ProvenanceBlock.extract(from: SourceText(model))
  } throws: { error in
    guard case ProvenanceBlock.Failure.model(let diagnostics) = error else { return false }
    return diagnostics.count == 1
  }
}

@Test func `a record with faults is handed out as it stands, with warnings`() throws {
  let model = "schemaVersion: 1\nprovenance:\n  model_id: a\n  generated_at: yesterday\n"
  let extraction = try ProvenanceBlock.extract(from: SourceText(model))
  #expect(extraction.record == ["model_id": "a", "generated_at": "yesterday"])
  #expect(extraction.model.string == "schemaVersion: 1\n")
  #expect(extraction.diagnostics.map(\.message).count == 2)
  #expect(extraction.diagnostics.allSatisfy { $0.severity == .warning })
}

@Test(arguments: ["9007199254740992", "1e999"])
func `a record with a number that cannot be kept is refused`(number: String) throws {
  let value = JSONValue.number(try #require(JSONNumber(spelling: number)))
  #expect {
    try ProvenanceBlock.embed(["x": value], in: SourceText("schemaVersion: 1\n"))
  } throws: { error in
    guard case ProvenanceBlock.Failure.record(let message) = error else { return false }
    return message.contains("number")
  }
}

@Test func `strings that a reader may retype are quoted in the block`() throws {
  let embedded = try ProvenanceBlock.embed(record, in: SourceText("schemaVersion: 1\n"))
  let lines = embedded.string.split(separator: "\n").map(String.init)
  for line in [
    "  template_version: \"1.0\"", "  schema_version: \"1\"",
    "  generated_at: \"1970-01-01T00:00:00Z\"",
    "    \"no\": \"no\"", "    tilde: \"~\"", "    exponent: \"1e3\"", "    hex: \"0x10\"",
    "    time: \"12:30\"", "    empty: \"\"", "    day: \"2025-01-01\"", "    count: 12",
    "    list: [1, 2, 3]", "    no list: []", "    tiny: 1.0e-7", "    large: 1.0e+21",
    "    \"true\": false", "    flag: true", "    none: null",
  ] {
    #expect(lines.contains(line), "\(line)\n\(embedded.string)")
  }
}

@Test func `a block that the model refers to is not taken out`() throws {
  let text = SourceText(
    "schemaVersion: 1\nprovenance: {model_id: &m x, template_id: t}\nnodes: [{id: *m}]\n")
  func check(_ operation: () throws -> Void) throws {
    let failure = #expect(throws: ProvenanceBlock.Failure.self, performing: operation)
    guard case .model(let diagnostics)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(diagnostics.map { text.string(in: $0.range) } == ["provenance"])
  }
  try check { _ = try ProvenanceBlock.extract(from: text) }
  try check {
    _ = try ProvenanceBlock.embed(["model_id": "m", "template_id": "t"], in: text, replacing: true)
  }
}
