import FlowModel
import JSON
import Operations
import Source
import Templates
import Testing

@Test func `what generation made is reproduced, and every check is told`() throws {
  let proof = try ProofCase().proof()
  #expect(proof.verdict == .reproduced)
  #expect(proof.checks.map(\.name) == ProofCheck.Name.allCases)
  #expect(proof.states.allSatisfy { $0 == .passed })
  #expect(proof.hasSameBytes == true)
}

/// One field of a record changed, and what must come of it.
private struct FieldCase: CustomTestStringConvertible {
  let name: String
  let value: JSONValue?
  let verdict: Verdict
  var testDescription: String { "\(name): \(value?.text() ?? "absent")" }

  init(_ name: String, _ value: JSONValue?, _ verdict: Verdict) {
    (self.name, self.value, self.verdict) = (name, value, verdict)
  }
}

private let half = JSONValue.number(JSONNumber(1.5) ?? 0)
private let hash = "sha256:" + String(repeating: "0", count: 64)

@Test(arguments: [
  FieldCase("source", "other", .malformed),
  FieldCase("source", nil, .recordModified),
  FieldCase("model_id", "model_20250925T120001Z_8e1d0b02", .recordModified),
  FieldCase("model_id", nil, .malformed),
  FieldCase("model_id", "", .malformed),
  FieldCase("template_id", nil, .malformed),
  FieldCase("template_id", "dem", .templateNotFound),
  FieldCase("template_id", "../templates/demo", .templateNotFound),
  FieldCase("template_id", "t0.yaml", .templateNotFound),
  FieldCase("template_version", "1.1", .recordModified),
  FieldCase("template_version", nil, .recordModified),
  // The other normal form of the same letters.
  FieldCase("template_title", "De\u{301}mo", .recordModified),
  FieldCase("generated_at", "2025-09-25T12:00:01Z", .recordModified),
  FieldCase("generated_at", "2025-09-25T12:00:00z", .recordModified),
  FieldCase("generated_at", "noon", .malformed),
  FieldCase("generated_at", 12, .malformed),
  FieldCase("generated_at", nil, .recordModified),
  FieldCase("generator", "flowtime-sim/0.6.1", .recordModified),
  FieldCase("generator", "other/1.0", .malformed),
  FieldCase("generator", nil, .recordModified),
  FieldCase("sim_version", "0.5.0", .recordModified),
  FieldCase("sim_version", nil, .recordModified),
  FieldCase("schema_version", "2", .recordModified),
  FieldCase("schema_version", nil, .recordModified),
  FieldCase("mode", "simulation", .recordModified),
  FieldCase("mode", "dream", .recordModified),
  FieldCase("template_hash", .string(hash), .templateChanged),
  FieldCase("template_hash", "sha256:0", .malformed),
  FieldCase("template_hash", nil, .recordModified),
  FieldCase("model_hash", .string(hash), .recordModified),
  FieldCase("model_hash", nil, .recordModified),
  FieldCase("parameters", [:], .recordModified),
  FieldCase("parameters", [], .malformed),
  FieldCase("parameters", nil, .recordModified),
  FieldCase("parameters", ["rate": 2, "count": 3, "label": "x"], .recordModified),
  FieldCase("parameters", ["rate": half, "count": 3, "label": "y"], .recordModified),
  FieldCase("parameters", ["rate": half, "count": 11, "label": "x"], .recordModified),
  FieldCase(
    "parameters", ["rate": half, "count": 3, "label": "x", "more": 1], .recordModified),
  FieldCase("unknown_field", "kept", .reproduced),
])
private func `a changed field of the record has its verdict`(field: FieldCase) throws {
  let made = try ProofCase()
  let proof = try made.proof(record: made.record(with: [(field.name, field.value)]))
  #expect(proof.verdict == field.verdict, "\(proof.checks.map(\.message))")
  #expect((proof.verdict == .reproduced) == proof.states.allSatisfy { $0 == .passed })
}

@Test func `a record of two spellings, or with its parameters in another order, is the same`()
  throws
{
  let made = try ProofCase()
  let camel = JSONObject(
    made.record.members.map { member in
      let field = Provenance.fields.first { $0.snakeCase == member.name }
      return JSONMember(field?.name(.camelCase) ?? member.name, member.value)
    })
  #expect(try made.proof(record: camel).verdict == .reproduced)
  let parameters = try #require(made.record["parameters"]?.objectValue)
  let turned = JSONValue.object(JSONObject(parameters.members.reversed()))
  #expect(
    try made.proof(record: made.record(with: [("parameters", turned)])).verdict == .reproduced)
  let both = made.record(with: [("modelId", made.record["model_id"])])
  #expect(try made.proof(record: both).verdict == .malformed)
}

@Test func `fields that are not known are kept and said`() throws {
  let made = try ProofCase()
  let extra = (1...7).map { ("x\($0)", Optional(JSONValue.bool(true))) }
  let message = try made.proof(record: made.record(with: extra)).check(.record).message
  #expect(
    message
      == "the record is well formed; kept and not checked: 'x1', 'x2', 'x3', 'x4', 'x5' and 2 more")
}

@Test func `a changed model names the first place that differs, with both values`() throws {
  let made = try ProofCase()
  let edited = SourceText(
    made.model.string.replacing("[1.5, 3]", with: "[1.5, 4]").replacing("load.csv", with: "l.csv"))
  let proof = try made.proof(model: edited)
  #expect(proof.verdict == .modelModified)
  for name in [ProofCheck.Name.modelHash, .regenerated] {
    let check = try proof.check(name)
    #expect(check.state == .failed)
    let difference = try #require(check.difference)
    #expect(difference.subject == .model)
    #expect(difference.path == "nodes[load].values[1]")
    #expect(difference.expected == 3)
    #expect(difference.found == 4)
    let range = try #require(check.range)
    #expect(String(decoding: edited.bytes[range.start..<range.end], as: UTF8.self) == "4")
  }
  #expect(try proof.check(.modelIDHash).state == .passed)
}

@Test(arguments: ["", "nodes: [", "- a list", "a: 1\na: 2\n", "a: 90071992547409931\n"])
func `a text that is no model is a modified one beside a record, and malformed around one`(
  text: String
) throws {
  let made = try ProofCase()
  #expect(try made.proof(model: SourceText(text)).verdict == .modelModified)
  let proof = try VerifyProvenance.run(
    SourceText(text), record: .embedded, in: made.snapshot)
  #expect(proof.verdict == .malformed)
  #expect(proof.states == [.failed, .skipped, .skipped, .skipped, .skipped, .skipped])
}

@Test func `a changed template comes with what its model has changed`() throws {
  let made = try ProofCase()
  let other = ProofCase.snapshot(
    ProofCase.demo.replacing("binSize: 1", with: "binSize: 2"))
  let proof = try made.proof(in: other)
  #expect(proof.verdict == .templateChanged)
  let check = try proof.check(.templateHash)
  #expect(check.difference?.path == "template_hash")
  #expect(check.changes?.changes.map(\.path) == ["grid.binSize"])
  // A comment changes the template and nothing that it makes.
  let commented = try made.proof(in: ProofCase.snapshot(ProofCase.demo + "# more\n"))
  #expect(commented.verdict == .templateChanged)
  #expect(
    try commented.check(.templateHash).message.hasSuffix(
      "; it makes the same model of these parameters")
  )
  // Chosen by its text, the old template is still the one.
  let chosen = try made.proof(template: .text(SourceText(ProofCase.demo)), in: other)
  #expect(chosen.verdict == .reproduced)
  let broken = try made.proof(template: .text(SourceText("grid: [")))
  #expect(broken.verdict == .templateChanged)
  #expect(try broken.check(.regenerated).state == .failed)
}

@Test func `the worst of several verdicts is told`() throws {
  let made = try ProofCase()
  let edited = SourceText(made.model.string.replacing("bins: 2", with: "bins: 3"))
  let old: [(String, JSONValue?)] = [
    ("generator", "flowtime-sim/0.5.0"), ("sim_version", "0.5.0"),
  ]
  let title: (String, JSONValue?) = ("template_title", "Other")
  let other = ProofCase.snapshot(ProofCase.demo + "#")
  let id: (String, JSONValue?) = ("template_id", "gone")
  let source: (String, JSONValue?) = ("source", "other")
  func verdict(_ changes: [(String, JSONValue?)], in snapshot: Snapshot? = nil) throws -> Verdict {
    try made.proof(model: edited, record: made.record(with: changes), in: snapshot).verdict
  }
  #expect(try verdict([]) == .modelModified)
  #expect(try verdict([title]) == .recordModified)
  #expect(try verdict([title], in: other) == .templateChanged)
  #expect(try verdict([title] + old, in: other) == .versionDiffers)
  #expect(try verdict([title, id] + old, in: other) == .templateNotFound)
  #expect(try verdict([title, id, source] + old, in: other) == .malformed)
}

@Test func `a template that is not found is told with those that are meant`() throws {
  let made = try ProofCase()
  let proof = try made.proof(record: made.record(with: [("template_id", "demos")]))
  #expect(
    try proof.check(.template).message == "there is no template 'demos'; did you mean 'demo'?")
  #expect(proof.states == [.passed, .failed, .failed, .passed, .skipped, .skipped])
}

@Test(arguments: ["2025-09-25T12:00:00.5Z", "2025-09-25T12:00:00Z"])
func `the time is pinned to the second, and whole where the id has its fraction`(time: String)
  throws
{
  let made = try ProofCase(time: time)
  let moved: JSONValue = "2025-09-25T12:00:00.250000Z"
  #expect(
    try made.proof(record: made.record(with: [("generated_at", moved)])).verdict == .reproduced)
  let id = try #require(made.record["model_id"]?.stringValue)
  let whole = made.record(with: [
    ("generated_at", moved),
    ("model_id", .string(id.replacing("Z_", with: ".250000Z_"))),
  ])
  #expect(try made.proof(record: whole).verdict == .reproduced)
  var other = whole
  other["generated_at"] = "2025-09-25T12:00:00.250001Z"
  #expect(try made.proof(record: other).verdict == .recordModified)
}

@Test func `a fraction of zero is never in an id`() throws {
  let made = try ProofCase()
  let id = try #require(made.record["model_id"]?.stringValue)
  let zero = made.record(with: [("model_id", .string(id.replacing("Z_", with: ".000000Z_")))])
  #expect(try made.proof(record: zero).verdict == .recordModified)
}

@Test func `a mode that makes no difference is said not to be checked`() throws {
  let made = try ProofCase()
  #expect(try !made.proof().check(.record).message.contains("mode"))
  let proof = try made.proof(record: made.record(with: [("mode", "telemetry")]))
  #expect(proof.verdict == .reproduced)
  #expect(
    try proof.check(.record).message
      == "the record is well formed; that its mode is 'telemetry' is not checked: the other mode makes the same model"
  )
}

/// What people think of a warning is no part of a model.
private let warned = ProofCase.demo.replacing(
  "outputs:",
  with: "  - {id: spare, kind: const, values: [1, 2]}  # lint: node-unused=error\noutputs:")

@Test(arguments: [
  warned, "# lint: node-unused=error\n" + warned.replacing("  # lint", with: "  # was"),
])
func `weights of warnings stop no proof`(template: String) throws {
  let calm = try ProofCase(template.replacing("=error", with: "=warning"))
  // The same model of the template whose warning counts as an error.
  let snapshot = ProofCase.snapshot(template)
  var record = calm.record
  record["template_hash"] = .string(TemplateDocument(SourceText(template)).hash)
  #expect(try calm.proof(record: record, in: snapshot).verdict == .reproduced)
  let again = try RegenerateModel.run(
    RegenerateModel.Request(.record(.object(record))), in: snapshot, issuer: Bundle.noon)
  #expect(again.model == calm.model)
  let generations = try CompareModels.run(
    .id("demo"), parameters: [:], ["count": 4], in: snapshot)
  #expect(generations.models.changes.map(\.path) == ["nodes[load].values[1]"])
  let explained = try ExplainModel.run(
    .id("demo"), parameters: [:], mode: nil, in: snapshot
  ) { _ in .everything }
  #expect(explained.model == calm.model)
  #expect(throws: OperationFailure.self) {
    _ = try GenerateModel.run(
      GenerateModel.Request(template: .id("demo")), in: snapshot, issuer: Bundle.noon)
  }
}

// MARK: Bad input

@Test(arguments: ["---\na: 1\n---\nb: 1\n", "a: \0\n", "nodes: ["])
func `of a model that cannot be read nothing more is said`(text: String) throws {
  let made = try ProofCase()
  let proof = try made.proof(model: SourceText(text))
  #expect(proof.verdict == .modelModified)
  #expect(proof.states == [.passed, .passed, .passed, .failed, .passed, .skipped])
  let check = try proof.check(.modelHash)
  #expect(check.message.hasPrefix("the model cannot be read: "))
  #expect(check.range != nil)
  #expect(
    try proof.check(.regenerated).message
      == "the model cannot be read; generation gives the same record")
  let edited = made.record(with: [("template_title", "Other")])
  let other = try made.proof(model: SourceText(text), record: edited)
  #expect(other.verdict == .recordModified)
  #expect(try other.check(.regenerated).difference?.path == "template_title")
}

@Test func `a given template without an id that can be read is named so`() throws {
  let proof = try ProofCase().proof(template: .text(SourceText("grid: [")))
  #expect(
    try proof.check(.template).message
      == "the given template is taken; no id can be read in it, and the record names 'demo'")
}

@Test func `unknown fields of a record cost in proportion to their number`() throws {
  let made = try ProofCase()
  func seconds(_ count: Int) throws -> Duration {
    var members = Array(made.record.members)
    members += (0..<count).map { JSONMember("x\($0)", .bool(true)) }
    let text = JSONValue.object(JSONObject(members)).text()
    let clock = ContinuousClock()
    return try (0..<3).map { _ in
      try clock.measure {
        _ = try VerifyProvenance.run(
          made.model, record: .value(.string(text)), in: made.snapshot)
      }
    }.min() ?? .zero
  }
  // Eight times the fields may cost twenty times the time on a busy machine, but not sixty-four times.
  #expect(try seconds(32_000) < seconds(4_000) * 20)
}

@Test(arguments: [
  ("", "no JSON"), ("{\"source\": \"flowtime-sim\", \"model_", "no JSON"), ("[]", "not an array"),
  ("null", "not null"), ("{}", "no 'model_id'"),
  (#"{"model_id": "m", "model_id": "n", "template_id": "demo"}"#, "one name twice"),
  (#"{"model_id": "m", "template_id": "demo", "generator": "sim/2"}"#, "its generator is 'sim/2'"),
  (
    #"{"model_id": "m", "template_id": "demo", "parameters": {"a": [1, 9007199254740992]}}"#,
    "'parameters.a[1]' is a number"
  ),
  (#"{"model_id": "m", "template_id": "demo", "x": -1e400}"#, "'x' is a number"),
])
func `a record that cannot be followed is malformed, and why is said`(text: String, part: String)
  throws
{
  let made = try ProofCase()
  let proof = try VerifyProvenance.run(
    made.model, record: .value(.string(text)), in: made.snapshot)
  #expect(proof.verdict == .malformed)
  let message = try proof.check(.record).message
  #expect(message.contains(part), "\(message)")
  let request = RegenerateModel.Request(.record(.string(text)), isForced: true)
  #expect(throws: OperationFailure.self) {
    _ = try RegenerateModel.run(request, in: made.snapshot, issuer: Bundle.noon)
  }
}

@Test(arguments: [
  ("schemaVersion: 1\nprovenance: {}\nprovenance: {}\n", "has 'provenance' 2 times"),
  (
    "schemaVersion: 1\ngrid: {bins: 1, provenance: {model_id: m}}\n", "'grid.provenance' must stand"
  ),
  ("schemaVersion: 1\nnodes:\n  - {id: a, provenance: {}}\n", "'nodes[0].provenance' must stand"),
  ("schemaVersion: 1\nprovenance: text\n", "must be a mapping, not the text 'text'"),
  ("schemaVersion: 1\nprovenance:\n", "must be a mapping, not nothing"),
  ("schemaVersion: 1\n", "none is given, and the model has none"),
])
func `a model whose record cannot be found is malformed, and why is said`(
  text: String, part: String
)
  throws
{
  let proof = try VerifyProvenance.run(SourceText(text), record: .embedded, in: Snapshot())
  #expect(proof.verdict == .malformed)
  let message = try proof.check(.record).message
  #expect(message.contains(part), "\(message)")
}

@Test func `a large record is one answer, and its size is no matter`() throws {
  let made = try ProofCase()
  let long = String(repeating: "x", count: 5 << 20)
  let proof = try made.proof(record: made.record(with: [("note", .string(long))]))
  #expect(proof.verdict == .reproduced)
  let other = try made.proof(record: made.record(with: [("generator", .string(long))]))
  #expect(other.verdict == .malformed)
  #expect(try other.check(.record).message.utf8.count < 1_000)
}

@Test func `a model with another record than the one given says so`() throws {
  let made = try ProofCase()
  let embedded = try EmbedProvenance.run(made.record, in: made.model)
  #expect(
    try made.proof(model: embedded).check(.record).message
      == "the record is well formed; the model has the same one")
  let respelled = JSONObject(
    made.record.members.map { member in
      JSONMember(
        Provenance.fields.first { $0.snakeCase == member.name }?.camelCase ?? member.name,
        member.value)
    })
  #expect(
    try made.proof(model: EmbedProvenance.run(respelled, in: made.model)).check(.record).message
      == "the record is well formed; the model has the same one")
  let other = try EmbedProvenance.run(
    made.record(with: [("template_title", "Other")]), in: made.model)
  let proof = try made.proof(model: other)
  #expect(proof.verdict == .reproduced)
  #expect(
    try proof.check(.record).message
      == "the record is well formed; the model has another one in it, which is not checked")
}
