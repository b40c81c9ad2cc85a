import FlowModel
import JSON
import Operations
import Source
import TestSupport
import Testing

private let template = #"""
  metadata: {id: "demo/é", title: Demo, version: "2.0"}
  parameters:
    - {name: rate, type: number, default: 1.5}
    - {name: bins, type: integer, default: 2}
    - {name: "on", type: boolean, default: true}
    - {name: label, type: string, default: "12"}
    - {name: series, type: array, arrayOf: number, default: [1, 2.5]}
  grid: {bins: "${bins}", binSize: 1, binUnit: hours}
  nodes:
    - {id: a, kind: const, values: ["${rate}", 3]}
    - {id: b, kind: const, values: "${series}"}
  outputs:
    - {series: a, as: a.csv, description: "${label} ${on}"}
    - {series: b, as: b.csv}

  """#

private func made(
  embedded: Bool = false, naming: Provenance.Naming = .snakeCase
) throws -> GenerateModel.Result {
  let time = try #require(Timestamp.Reading(rfc3339: "2025-09-25T12:00:00.5Z")).timestamp
  return try GenerateModel.run(
    GenerateModel.Request(
      template: .text(SourceText(template)), embedsProvenance: embedded, naming: naming),
    in: Snapshot(), issuer: FixedIdentities(at: time))
}

private func export(
  _ format: ExportProvenance.Format, _ record: JSONObject?, model: SourceText? = nil,
  template: String? = nil, builder: String? = nil
) throws(OperationFailure) -> ExportProvenance.Result {
  try ExportProvenance.run(
    ExportProvenance.Request(
      format: format, record: record.map { .value(.object($0)) } ?? .embedded, model: model,
      template: template.map { .text(SourceText($0)) }, builder: builder), in: Snapshot())
}

private func problems(
  _ format: ExportProvenance.Format, _ record: JSONObject?, model: SourceText? = nil,
  template: String? = nil
) -> [String] {
  do throws(OperationFailure) {
    _ = try export(format, record, model: model, template: template)
    return []
  } catch {
    guard case .provenanceInvalid(let problems) = error else { return ["\(error)"] }
    return problems
  }
}

@Test(arguments: ExportProvenance.Format.allCases)
func `a record in each format stays as it is`(format: ExportProvenance.Format) throws {
  let made = try made()
  let result = try export(format, made.provenance, model: made.model, template: template)
  #expect(result.notes == [])
  #expect(
    Golden.difference(
      result.document.serialized(.pretty) + [0x0A], "exports/\(format.rawValue).json") == nil)
  let names = format == .roCrate ? ["provenance.json", "model.yaml", "template.yaml"] : []
  #expect(result.files.map(\.path) == names)
}

@Test(arguments: ExportProvenance.Format.allCases)
func `an embedded record gives the same as one beside its model`(
  format: ExportProvenance.Format
) throws {
  let beside = try made()
  let within = try made(embedded: true)
  let one = try export(format, beside.provenance, model: beside.model)
  let other = try export(format, nil, model: within.model)
  #expect(one.document == other.document)
  #expect(one.files == other.files)
}

@Test(arguments: ExportProvenance.Format.allCases)
func `both spellings of a record say the same`(format: ExportProvenance.Format) throws {
  func told(_ naming: Provenance.Naming) throws -> String {
    let made = try made(naming: naming)
    // The whole record goes along as it is spelt, in the crate as a file with a digest and a length.
    let text = try export(format, made.provenance, model: made.model).document.text()
    let record = JSONValue.object(made.provenance)
    let file = record.serialized(.pretty) + [0x0A]
    return text.replacing(record.text(), with: "")
      .replacing(JSONValue.string(record.text()).text(), with: "")
      .replacing(SHA256.hex(of: file), with: "").replacing("\"\(file.count)\"", with: "")
  }
  #expect(try told(.snakeCase) == told(.camelCase))
}

@Test func `the subject of a statement is the SHA-256 of the model's bytes`() throws {
  let made = try made()
  let other = SourceText("# Mine.\n" + made.model.string)
  for model in [made.model, other] {
    let document = try export(.inToto, made.provenance, model: model).document
    let subject = document.objectValue?["subject"]?.arrayValue?.first?.objectValue
    #expect(subject?["digest"] == ["sha256": .string(SHA256.hex(of: model.bytes))])
    #expect(subject?["annotations"] == ["model_hash": made.provenance["model_hash"] ?? .null])
  }
}

@Test func `a record alone has no digest of a model, and in-toto needs one`() throws {
  let record = try made().provenance
  #expect(
    problems(.inToto, record) == [
      "an in-toto statement is about the bytes of a model, and there is only its record"
    ])
  for format in ExportProvenance.Format.allCases where format != .inToto {
    let result = try export(format, record)
    #expect(result.notes == ["without the model there is no digest of its bytes"])
  }
}

@Test func `nothing is said of a model or a template that is not the record's`() throws {
  let made = try made()
  let edited = SourceText(made.model.string.replacing("1.5", with: "1.25"))
  #expect(edited != made.model)
  for format in ExportProvenance.Format.allCases {
    let model = problems(format, made.provenance, model: edited)
    #expect(model.count == 1)
    #expect(model.first?.hasPrefix("the record is not of this model: 'model_hash' is ") == true)
    let other = problems(
      format, made.provenance, model: made.model, template: template + "# Changed.\n")
    #expect(other.count == 1)
    #expect(other.first?.hasPrefix("the record is not of this template: ") == true)
  }
}

private let upstream: JSONObject = [
  "source": "flowtime-sim", "modelId": "model_20250925T103045Z_015ff076",
  "templateId": "transportation-basic", "templateVersion": "1.0", "templateTitle": "",
  "generatedAt": "2025-09-25T12:30:45.1230000+02:00", "generator": "flowtime-sim/0.5.0",
  "schemaVersion": "1", "parameters": ["bins": 12],
]

@Test func `an older record is understood, and what it cannot tell is said`() throws {
  let model = SourceText("schemaVersion: 1\ngrid: {bins: 12}\n")
  let result = try export(.slsa, upstream, model: model)
  #expect(
    result.notes == ["the record has no 'model_hash': nothing ties it to this model"])
  let run = result.document.objectValue?["runDetails"]?.objectValue
  #expect(run?["metadata"]?.objectValue?["finishedOn"] == "2025-09-25T10:30:45.123000Z")
  #expect(run?["builder"]?.objectValue?["version"] == ["flowtime-sim": "0.5.0"])
  let build = result.document.objectValue?["buildDefinition"]?.objectValue
  let dependency = build?["resolvedDependencies"]?.arrayValue?.first?.objectValue
  #expect(dependency?["digest"] == nil)
  #expect(
    problems(.slsa, upstream, template: template) == [
      "the record is not of this template: 'template_id' is 'transportation-basic', and the template's is 'demo/é'"
    ])
}

@Test(
  arguments: [
    (["model_id": "m"], .prov, "the record has no 'template_id'"),
    (
      ["model_id": "m", "template_id": "t", "generated_at": "today"], .prov,
      "'generated_at' must be a time such as 2025-09-25T12:00:00Z, not 'today'"
    ),
    (
      ["model_id": "m", "template_id": "t", "parameters": [1]], .slsa,
      "'parameters' must be an object of parameter values"
    ),
    (
      ["model_id": "m", "template_id": "t", "parameters": ["a": 9_007_199_254_740_993]], .slsa,
      "'parameters.a' is a number that is not finite or beyond ±(2^53 - 1)"
    ),
    (
      ["model_id": "m", "template_id": "t"], .roCrate,
      "an RO-Crate needs a date, and the record has no 'generated_at'"
    ),
    (
      ["model_id": "m", "template_id": "t"], .openLineage,
      "an OpenLineage event needs a time, and the record has no 'generated_at'"
    ),
  ] as [(JSONObject, ExportProvenance.Format, String)])
func `what is no record is refused by its field`(
  record: JSONObject, format: ExportProvenance.Format, problem: String
) {
  #expect(problems(format, record) == [problem])
}

@Test func `fields that are not known go along and are named`() throws {
  var record = try made().provenance
  record["site"] = ["plant": "Ulm"]
  record["generator"] = "other/2"
  record["source"] = "other"
  for format in ExportProvenance.Format.allCases where format != .inToto {
    let result = try export(format, record)
    #expect(result.notes.contains("the record names 'other' as what made the model"))
    #expect(
      result.notes.contains("fields that are not known go along in the whole record: 'site'"))
    let told = result.document.text() + result.files.map(\.text.string).joined()
    #expect(told.contains("Ulm"), "\(format)")
  }
}

@Test func `of many fields that are not known a few are named`() throws {
  var record = try made().provenance
  for index in 1...1_000 { record["x\(index)"] = 1 }
  #expect(
    try export(.prov, record).notes.last
      == "fields that are not known go along in the whole record: 'x1', 'x2', 'x3', 'x4', 'x5' and 995 more"
  )
}

@Test func `a record is taken as a text too, and what is wrong with it told by its place`() throws {
  let made = try made()
  func exported(_ text: String) throws(OperationFailure) -> JSONValue {
    try ExportProvenance.run(
      ExportProvenance.Request(format: .slsa, record: .value(.string(text)), model: made.model),
      in: Snapshot()
    ).document
  }
  let text = JSONValue.object(made.provenance).text()
  #expect(try exported(text) == export(.slsa, made.provenance, model: made.model).document)
  for (text, problem) in [
    ("{\n  \"a\" 1}", "the record is no JSON: expected ':' (line 2, column 7)"),
    ("\u{FEFF}{}", "the record is no JSON: remove the byte order mark (line 1, column 1)"),
    ("[]", "a record is an object, not an array"),
  ] {
    do throws(OperationFailure) {
      _ = try exported(text)
      Issue.record("\(text) was exported")
    } catch {
      guard case .provenanceInvalid([problem]) = error else {
        Issue.record("\(error)")
        continue
      }
    }
  }
}

@Test func `a model without a record, or with a wrong one, is refused`() throws {
  let made = try made()
  #expect(
    problems(.prov, nil, model: made.model) == [
      "the model has no provenance in it, and no record is given"
    ])
  let wrong = SourceText("schemaVersion: 1\nprovenance: {model_id: 7, template_id: t}\n")
  #expect(throws: OperationFailure.self) { try export(.prov, nil, model: wrong) }
  do throws(OperationFailure) {
    _ = try export(.prov, nil, model: wrong)
  } catch {
    guard case .modelInvalid(let text, let diagnostics) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(diagnostics.map { text.string(in: $0.range) } == ["7"])
    #expect(diagnostics.map(\.severity) == [.error])
  }
}

@Test func `whoever made the model can be named`() throws {
  let record = try made().provenance
  let document = try export(.slsa, record, builder: "https://ci.example.org/sim").document
  let run = document.objectValue?["runDetails"]?.objectValue
  #expect(run?["builder"]?.objectValue?["id"] == "https://ci.example.org/sim")
}

@Test(arguments: [
  ("urn:a:b", true), ("https://a.example/b?c=%20#d", true), ("a+b-c.1:d", true), ("a", false),
  ("a:", false), (":a", false), ("1a:b", false), ("a b:c", false), ("a:b c", false),
  ("a:é", false), ("", false), ("a:\u{0}", false), ("a:%zz", false), ("a:%2", false),
  ("a:b#c#d", false), ("a:b[c]", false), ("a://b/[c]", false), ("a://b?[c]", false),
  ("a://[::1]:80/b", true), ("a://u:p@[v1.x]", true), ("a://[::1", false), ("a://::1]", false),
  ("a://[]", false), ("a://[::1]b", false), ("a://[[::1]]", false), ("a://b@c@d", false),
  ("a:///b#%C3%A9", true), ("a://b#c?d/e", true), ("a://b?c://[d]", false),
])
func `a URI has a scheme and no character that it may not have`(text: String, isURI: Bool) {
  #expect(URIText.isAbsolute(text) == isURI)
}
