import FlowModel
import JSON
import Source
import Testing

private func hash(_ model: String) throws -> String {
  let data = try #require(ModelReading(SourceText(model)).data)
  return try #require(ModelHash.of(data))
}

private let model = """
  schemaVersion: 1
  grid:
    bins: 2
    binSize: 1
    binUnit: hours
  nodes:
    - id: a
      kind: const
      values: [1, 2.5]
  outputs:
    - series: a
      as: a.csv

  """

@Test(arguments: [
  model.replacing("\n", with: "\r\n"), "\u{FEFF}" + model, "# a comment\n\n" + model,
  model.replacing("bins: 2", with: "bins: 2.0 # two"), model.replacing("hours", with: "'hours'"),
  model.replacing("[1, 2.5]", with: "\n      - 1.0\n      - 25e-1"),
  model.replacing("bins: 2", with: "bins: 0x2"), model.replacing("bins: 2", with: "bins: &b 2"),
  model.replacing("  - series: a\n    as: a.csv", with: "  - as: a.csv\n    series: a"),
  model.replacing("grid:", with: "provenance: {model_id: x}\ngrid:"),
  #"{"outputs":[{"as":"a.csv","series":"a"}],"nodes":[{"id":"a","kind":"const","values":[1,2.5]}],"#
    + #""grid":{"bins":2,"binSize":1,"binUnit":"hours"},"schemaVersion":1}"#,
])
func `layout, order of keys and spelling leave the model hash alone`(text: String) throws {
  #expect(try hash(text) == hash(model))
}

@Test(arguments: [
  model.replacing("bins: 2", with: "bins: 3"), model.replacing("bins: 2", with: "bins: \"2\""),
  model.replacing("2.5", with: "2.5000000000000004"), model.replacing("[1, 2.5]", with: "[2.5, 1]"),
  model.replacing("id: a", with: "id: b"), model.replacing("a.csv", with: "b.csv"),
  model.replacing("hours", with: "days"),
  model.replacing("as: a.csv", with: "as: null"),
])
func `what the model says changes the hash`(text: String) throws {
  #expect(try hash(text) != hash(model))
}

@Test func `a model hash is that of its RFC 8785 form`() throws {
  let canonical = #"{"grid":{"bins":1},"schemaVersion":1}"#
  #expect(
    try hash("schemaVersion: 1\ngrid: {bins: 1.0}\n") == ModelHash.digest(of: Array(canonical.utf8))
  )
  #expect(ModelHash.digest(of: []).hasPrefix("sha256:e3b0c442"))
}

@Test func `a model of which part is unknown has no hash`() {
  let reading = ModelReading(SourceText("schemaVersion: 1\ngrid: {bins: .nan}\n"))
  #expect(reading.data.flatMap { ModelHash.of($0) } == nil)
}

@Test func `a model hash is that of the model as JSON, whatever is in it`() throws {
  let text = """
    {b: [0, -7, 9007199254740991, 1.0e+21, -0.000001, 1e-7, true, null, [], {}], "é\\"\\n": "a\\u0001b", "\u{FF5E}": 1, "\u{1F600}": 2, a: {z: "", y: {}}}

    """
  let data = try #require(ModelReading(SourceText(text)).data)
  let canonical = try CanonicalJSON.bytes(of: try #require(data.json))
  #expect(ModelHash.of(data) == ModelHash.digest(of: canonical))
}
