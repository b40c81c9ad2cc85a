import FlowModel
import JSON
import Operations
import Source
import Templates
import Testing

/// What generation gives, as text.
private func generate(
  _ id: String, _ values: JSONObject = [:], mode: Mode? = nil, lint: LintSettings = LintSettings(),
  in snapshot: Snapshot
) throws -> [String] {
  var request = GenerateModel.Request(template: .id(id), parameters: values, mode: mode)
  request.lint = lint
  request.makesSourceMap = true
  let result = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
  let map = result.sourceMap?.entries.map { "\($0.range) \($0.origin) \($0.causes)" } ?? []
  return [
    result.model.string, JSONValue.object(result.provenance).text(), "\(result.diagnostics)",
    "\(map)",
  ]
}

private func snapshot(_ texts: String...) -> Snapshot {
  Snapshot(
    catalog: TemplateCatalog(
      texts.map { TemplateCatalog.Entry(path: "demo.yaml", text: SourceText($0)) }))
}

/// A template that warns of a node.
private func template(_ declarations: String, expected: String = "${n}", id: String = "demo")
  -> String
{
  """
  metadata: {id: \(id), title: Demo, version: "1.0.0"}
  parameters: [\(declarations)]
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: first, kind: const, values: [\(expected), 1]}
    - {id: idle, kind: const, values: [1, 1]}
  outputs: [{series: first}]

  """
}

private let number = "{name: n, type: number, default: 7}"

@Test func `a model that is kept is the one that would be made`() throws {
  let kept = try Bundle.snapshot()
  for id in Bundle.ids {
    for mode: Mode? in [nil, .simulation] {
      let made = try generate(id, mode: mode, in: kept)
      #expect(try generate(id, mode: mode, in: kept) == made)
      #expect(try generate(id, mode: mode, in: Bundle.snapshot()) == made)
    }
  }
  #expect(kept.catalog.recentModels.size.count == 2 * Bundle.ids.count)
}

@Test func `whatever makes another model makes another`() throws {
  let demo = snapshot(
    template(number), template(number, id: "twin"))
  var strict = LintSettings()
  try strict.set("node-unused", to: "off")
  let answers = [
    try generate("demo", in: demo), try generate("demo", ["n": 8], in: demo),
    try generate("demo", mode: .telemetry, in: demo), try generate("demo", lint: strict, in: demo),
    try generate("twin", in: demo),
  ]
  #expect(Set(answers).count == answers.count)
  #expect(demo.catalog.recentModels.size.count == answers.count)
  // Given or by default, and however it is spelled, it is one value.
  #expect(
    try generate("demo", ["n": .number(JSONNumber(spelling: "7.0") ?? 0)], in: demo) == answers[0])
  #expect(demo.catalog.recentModels.size.count == answers.count)
  #expect(snapshot(template(number)).catalog.recentModels.size.count == 0)
}

@Test func `weights that forbid a model do so when it was made before`() throws {
  let demo = snapshot(template(number))
  var strict = LintSettings()
  try strict.set("node-unused", to: "error")
  _ = try generate("demo", in: demo)
  #expect(throws: OperationFailure.self) { try generate("demo", lint: strict, in: demo) }
  // What was asked for without weights allows nothing.
  let other = snapshot(
    template(number).replacing("metadata:", with: "# lint: node-unused=error\nmetadata:"))
  _ = try CompareModels.run(.id("demo"), parameters: [:], [:], in: other)
  #expect(other.catalog.recentModels.size.count == 1)
  #expect(throws: OperationFailure.self) { try generate("demo", in: other) }
}

@Test func `a proof makes the model itself`() throws {
  let demo = snapshot(template(number))
  let request = GenerateModel.Request(template: .id("demo"), parameters: ["n": 9])
  let made = try GenerateModel.run(request, in: demo, issuer: Bundle.noon)
  let kept = demo.catalog.recentModels.size.count
  let other = snapshot(template(number))
  let proof = try VerifyProvenance.run(
    made.model, record: .value(.object(made.provenance)), in: other)
  #expect(proof.verdict == .reproduced)
  // Generation keeps what it made, and a proof leaves what is kept alone.
  #expect(kept == 1 && other.catalog.recentModels.size.count == 0)
}

@Test func `nothing is kept of sensitive values or of wrong ones`() throws {
  let secret = snapshot(template("{name: n, type: number, default: 7, sensitive: true}"))
  _ = try generate("demo", in: secret)
  _ = try generate("demo", ["n": 8], in: secret)
  #expect(secret.catalog.recentModels.size.count == 0)
  let demo = snapshot(template(number))
  #expect(throws: OperationFailure.self) { try generate("demo", ["n": "x"], in: demo) }
  #expect(throws: OperationFailure.self) { try generate("demo", ["m": 1], in: demo) }
  #expect(demo.catalog.recentModels.size.count == 0)
}

@Test func `as many models are kept as there is room for`() throws {
  let demo = snapshot(template(number))
  for value in 0..<(RecentModels.Bounds().countMax + 10) {
    _ = try generate("demo", ["n": .number(JSONNumber(value))], in: demo)
  }
  #expect(demo.catalog.recentModels.size.count == RecentModels.Bounds().countMax)
}

@Test func `models take no more bytes than there are for them`() throws {
  let long = snapshot(
    """
    metadata: {id: demo, title: Demo, version: "1.0.0"}
    parameters: [{name: n, type: array, arrayOf: number}]
    grid: {bins: 10000, binSize: 1, binUnit: hours}
    nodes: [{id: first, kind: const, values: "${n}"}]
    outputs: [{series: first}]

    """)
  // Too long for a pattern, which would take less.
  let values = (0..<10_020).map { JSONValue.number(JSONNumber(1_000_000_000_000 + $0)) }
  for first in 0..<20 {
    let request = GenerateModel.Request(
      template: .id("demo"), parameters: ["n": .array(Array(values[first..<(first + 10_000)]))])
    _ = try GenerateModel.run(request, in: long, issuer: Bundle.noon)
  }
  let size = long.catalog.recentModels.size
  #expect(size.count > 0 && size.count < 20)
  #expect(size.length <= RecentModels.Bounds().lengthMax)
  #expect(size.length > RecentModels.Bounds().lengthMax / 2)
}

@Test func `models are found while others are made`() async throws {
  let demo = snapshot(template(number))
  let expected = try (0..<8).map {
    try generate("demo", ["n": .number(JSONNumber($0))], in: snapshot(template(number)))
  }
  try await withThrowingTaskGroup(of: Void.self) { group in
    for worker in 0..<4 {
      group.addTask {
        for step in 0..<100 {
          let value = (step * (worker + 1)) % expected.count
          let made = try generate("demo", ["n": .number(JSONNumber(value))], in: demo)
          #expect(made == expected[value])
        }
      }
    }
    try await group.waitForAll()
  }
  #expect(demo.catalog.recentModels.size.count == expected.count)
}
