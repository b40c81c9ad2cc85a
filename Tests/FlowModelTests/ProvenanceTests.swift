import FlowModel
import JSON
import Testing

private let sample = Provenance(
  identity: ModelIdentity(hash: "381896c8", at: .epoch), templateID: "demo",
  templateVersion: "1.0", templateTitle: "Demo",
  templateHash: "sha256:" + String(repeating: "0", count: 64),
  modelHash: "sha256:" + String(repeating: "f", count: 64), parameters: ["b": 1, "a": "x"])

@Test func `a record has its fields in one order`() {
  #expect(
    sample.json().members.map(\.name) == [
      "source", "model_id", "template_id", "template_version", "template_title", "generated_at",
      "generator", "sim_version", "schema_version", "template_hash", "model_hash", "parameters",
    ])
  #expect(
    sample.json(.camelCase).members.map(\.name) == [
      "source", "modelId", "templateId", "templateVersion", "templateTitle", "generatedAt",
      "generator", "simVersion", "schemaVersion", "templateHash", "modelHash", "parameters",
    ])
  #expect(sample.json().members.map(\.value) == sample.json(.camelCase).members.map(\.value))
}

@Test func `a record says who made it and keeps the order of its parameters`() {
  let json = sample.json()
  #expect(json["source"] == "flowtime-sim")
  #expect(json["generator"] == "flowtime-sim/0.6.0")
  #expect(json["sim_version"] == "0.6.0")
  #expect(json["schema_version"] == "1")
  #expect(json["model_id"] == "model_19700101T000000Z_381896c8")
  #expect(json["generated_at"] == "1970-01-01T00:00:00Z")
  #expect(json["parameters"]?.objectValue?.members.map(\.name) == ["b", "a"])
}

@Test(arguments: Provenance.Naming.allCases)
func `a record is without problems in both namings`(naming: Provenance.Naming) {
  #expect(Provenance.problems(in: sample.json(naming)) == [])
}

@Test(arguments: [
  (#"{}"#, ["the record has no 'model_id'", "the record has no 'template_id'"]),
  (#"{"model_id": "a", "template_id": "b"}"#, []),
  (#"{"modelId": "a", "templateId": "b", "links": [1]}"#, []),
  (#"{"model_id": "", "template_id": "b"}"#, ["'model_id' is empty"]),
  (#"{"model_id": "a", "templateId": 7}"#, ["'templateId' must be text"]),
  (
    #"{"model_id": "a", "template_id": "b", "modelId": "a"}"#,
    ["'model_id' and 'modelId' are two spellings of one field; keep one"]
  ),
  (
    #"{"model_id": "a", "template_id": "b", "generated_at": "now"}"#,
    ["'generated_at' must be a time such as 2025-09-25T12:00:00Z, not 'now'"]
  ),
  (
    #"{"model_id": "a", "template_id": "b", "modelHash": "sha256:A"}"#,
    ["'modelHash' must be sha256: and 64 hexadecimal digits, not 'sha256:A'"]
  ),
  (
    #"{"model_id": "a", "template_id": "b", "parameters": []}"#,
    ["'parameters' must be an object of parameter values"]
  ),
])
func `every problem of a record is named`(json: String, messages: [String]) throws {
  let record = try #require(try JSONDocument.parse(Array(json.utf8)).root.objectValue)
  #expect(Provenance.problems(in: record).map(\.message) == messages)
}
