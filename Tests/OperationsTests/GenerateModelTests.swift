import FlowModel
import JSON
import Operations
import Source
import Testing

@Test func `ten thousand models of one process have ten thousand ids`() throws {
  let noon = try #require(Timestamp.Reading(rfc3339: "2025-09-25T12:00:00.000001Z")).timestamp
  let issuer = UniqueIdentities { noon }
  let snapshot = Snapshot(
    catalog: TemplateCatalog([
      TemplateCatalog.Entry(
        path: "demo.yaml",
        text: template("{name: n, type: integer, default: 0}", description: "${n}"))
    ]))
  var ids: Set<String> = []
  var fractionCount = 0
  for number in 0..<10_000 {
    // Every value comes twice, so that half of the ids need their fraction.
    let request = GenerateModel.Request(
      template: .id("demo"), parameters: ["n": .number(JSONNumber(number / 2))])
    let result = try GenerateModel.run(request, in: snapshot, issuer: issuer)
    let id = try #require(result.provenance["model_id"]?.stringValue)
    #expect(ids.insert(id).inserted, "\(id)")
    if id.wholeMatch(of: /model_\d{8}T\d{6}Z_[0-9a-f]{8}/) == nil {
      fractionCount += 1
      #expect(id.wholeMatch(of: /model_\d{8}T\d{6}\.\d{6}Z_[0-9a-f]{8}/) != nil, "\(id)")
    }
  }
  #expect(ids.count == 10_000)
  #expect(fractionCount >= 5_000)
}

@Test func `a fixed clock gives the same bytes again`() throws {
  let snapshot = try Bundle.snapshot()
  for id in Bundle.ids {
    let request = GenerateModel.Request(template: .id(id), embedsProvenance: true)
    let first = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    let second = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    #expect(first.model == second.model)
    #expect(first.provenance == second.provenance)
  }
}

@Test func `the order in which values are given changes nothing`() throws {
  let text = template("{name: b, type: integer}, {name: a, type: string}", description: "${a} ${b}")
  let results = try [#"{"a": "x", "b": 2}"#, #"{"b": 2.0, "a": "x"}"#].map {
    try GenerateModel.run(
      GenerateModel.Request(template: .text(text), parameters: try Bundle.json($0)),
      in: Snapshot(), issuer: Bundle.noon)
  }
  #expect(results[0].provenance == results[1].provenance)
  #expect(results[0].provenance["parameters"]?.objectValue?.members.map(\.name) == ["b", "a"])
}

@Test func `a default that is left out and the same value given make one id`() throws {
  let text = template("{name: rate, type: number, default: 1.5}", description: "${rate}")
  for parameters: JSONObject in [[:], ["rate": .number(JSONNumber(1.5) ?? 0)]] {
    let result = try GenerateModel.run(
      GenerateModel.Request(template: .text(text), parameters: parameters), in: Snapshot(),
      issuer: Bundle.noon)
    #expect(result.provenance["model_id"] == "model_20250925T120000Z_218ad3e0")
    #expect(result.provenance["template_version"] == "1.0")
    #expect(result.provenance["template_hash"] == .string(ModelHash.digest(of: text.bytes)))
  }
}

@Test func `a model that was generated is a valid model`() throws {
  for outputs in ["[{series: echo}]", "[{series: echo, as: }]", "[{series: \"*\"}]"] {
    let text = SourceText(
      """
      metadata: {id: demo}
      parameters: [{name: n, type: number}]
      grid: {bins: 1, binSize: 1, binUnit: days}
      nodes: [{id: echo, kind: const, values: ["${n}"]}]
      outputs: \(outputs)
      rng: {kind: pcg32, seed: "42"}

      """)
    for value in ["-5", "1e-7", "1e16", "1e21", "9007199254740991", "0.1", "-0.0"] {
      let request = GenerateModel.Request(
        template: .text(text), parameters: try Bundle.json(#"{"n": \#(value)}"#),
        embedsProvenance: true)
      let result = try GenerateModel.run(request, in: Snapshot(), issuer: Bundle.noon)
      #expect(ValidateModel.run(result.model) == [], "\(value)\n\(result.model.string)")
      #expect(try ExtractProvenance.run(result.model).record == result.provenance, "\(value)")
    }
  }
}

private enum Cause: Sendable { case template, parameters, notFound }

private let refused: [(text: String, parameters: String, cause: Cause, codes: [String])] = [
  ("", "{}", .template, ["template-empty"]), ("- a\n", "{}", .template, ["template-not-mapping"]),
  ("a: [\n", "{}", .template, ["yaml-syntax"]),
  ("metadata: {id: demo}\n", "{}", .template, ["grid-missing", "nodes-empty", "outputs-empty"]),
  (
    template("{name: n, type: integer}", description: "${n}").string, "{}", .parameters,
    ["parameter-required"]
  ),
  (
    template("{name: n, type: integer}", description: "${n}").string, #"{"n": "1", "m": 1}"#,
    .parameters,
    ["parameter-unknown", "parameter-type-mismatch"]
  ),
  (template("").string, #"{"m": 1}"#, .parameters, ["parameter-unknown"]),
]

@Test(arguments: refused.indices)
func `what makes no model is refused with all findings and the one to blame`(index: Int) throws {
  let (text, parameters, cause, codes) = refused[index]
  let request = GenerateModel.Request(
    template: .text(SourceText(text)), parameters: try Bundle.json(parameters))
  do throws(OperationFailure) {
    _ = try GenerateModel.run(request, in: Snapshot(), issuer: Bundle.noon)
    Issue.record("a model was made of \(text)")
  } catch {
    switch error {
    case .templateInvalid(_, let diagnostics):
      #expect(cause == .template)
      #expect(Set(diagnostics.map(\.code.rawValue)) == Set(codes))
    case .parametersInvalid(_, let diagnostics):
      #expect(cause == .parameters)
      #expect(diagnostics.map(\.code.rawValue) == codes)
    default: Issue.record("\(error)")
    }
  }
}

@Test(arguments: [
  ("it-system", ["it-system-microservices"]), ("transportation-basik", ["transportation-basic"]),
  ("Manufacturing-Line", ["manufacturing-line"]), ("nothing-like-it", []),
  ("it-system-microservices ", ["it-system-microservices"]), ("", []),
])
func `an id that no template has is answered with near ones`(id: String, near: [String]) throws {
  let snapshot = try Bundle.snapshot()
  #expect {
    _ = try GenerateModel.run(
      GenerateModel.Request(template: .id(id)), in: snapshot, issuer: Bundle.noon)
  } throws: { error in
    guard case OperationFailure.templateNotFound(let missing, let found) = error else {
      return false
    }
    return missing == id && found == near
  }
}

@Test func `of two templates with one id the first is served and the other known`() {
  let first = TemplateCatalog.Entry(path: "a.yaml", text: template(""))
  let second = TemplateCatalog.Entry(path: "b.yaml", text: template("{name: n, type: integer}"))
  let broken = TemplateCatalog.Entry(path: "dir/stem.yml", text: SourceText("a: ["))
  let catalog = TemplateCatalog([first, second, broken])
  #expect(catalog.entries.map(\.id.text) == ["demo", "stem"])
  #expect(catalog["demo"]?.path == "a.yaml")
  #expect(catalog.shadowed.map(\.path) == ["b.yaml"])
  #expect(catalog["stem"]?.isBroken == true)
}

@Test func `a record with faults is not embedded`() {
  #expect {
    try EmbedProvenance.run(["model_id": 7], in: SourceText("schemaVersion: 1\n"))
  } throws: { error in
    guard case OperationFailure.provenanceInvalid(let problems) = error else { return false }
    return problems == ["'model_id' must be text", "the record has no 'template_id'"]
  }
}
