import FlowModel
import JSON
import Operations
import Source
import Templates
import Testing

/// A value that nobody may read, and how a template uses it.
private struct Secret: Sendable, CustomTestStringConvertible {
  /// Of the entry of `parameters`.
  let declaration: String
  /// JSON.
  let value: String
  /// What must stand nowhere.
  let spellings: [String]
  /// Lines of nodes, where `${secret}` is the value.
  let nodes: String

  var testDescription: String { "\(declaration) \(value) in \(nodes)" }

  var template: SourceText {
    SourceText(
      """
      metadata: {id: demo}
      parameters:
        - {name: secret, sensitive: true, \(declaration)}
        - {name: open, type: number, default: 7}
      grid: {bins: 2, binSize: 1, binUnit: hours}
      nodes:
        - {id: first, kind: const, values: ["${open}", 1]}
        \(nodes)
      outputs: [{series: first}]

      """)
  }
}

private let valid: [Secret] = [
  Secret(
    declaration: "type: string", value: #""swordfish""#, spellings: ["swordfish"],
    nodes: #"- {id: "${secret}", kind: const, values: [1, 2]}"#),
  Secret(
    declaration: "type: number, min: 0", value: "8675.309", spellings: ["8675"],
    nodes: #"- {id: second, kind: const, values: ["${secret}", 2]}"#),
  Secret(
    declaration: "type: integer", value: "48151623", spellings: ["48151623"],
    nodes: #"- {id: second, kind: expr, expr: "first * ${secret}"}"#),
  Secret(
    declaration: "type: array", value: "[4815.5, 1623.25]", spellings: ["4815", "1623"],
    nodes: #"- {id: second, kind: const, values: "${secret}"}"#),
  Secret(
    declaration: "type: string, default: hunter2hunter2", value: #""hunter3""#,
    spellings: ["hunter"],
    nodes: #"- {id: "n${secret}", kind: const, values: [1, 2]}"#),
]

@Test(arguments: valid)
private func `a record proves a sensitive value and does not tell it`(secret: Secret) throws {
  let given = try Bundle.json(#"{"secret": \#(secret.value)}"#)
  let request = GenerateModel.Request(template: .text(secret.template), parameters: given)
  let result = try GenerateModel.run(request, in: Snapshot(), issuer: Bundle.noon)
  let told = JSONValue.object(result.provenance).text()
  for spelling in secret.spellings {
    #expect(result.model.string.contains(spelling))
    #expect(!told.contains(spelling))
    for diagnostic in result.diagnostics { #expect(!diagnostic.message.contains(spelling)) }
  }
  let parameters = try #require(result.provenance["parameters"]?.objectValue)
  #expect(parameters.members.map(\.name) == ["secret", "open"])
  let sealed = try #require(parameters["secret"].flatMap(SealedValue.init(json:)))
  #expect(sealed.seals(try #require(given["secret"])))
  #expect(Provenance.problems(in: result.provenance) == [])

  let again = try GenerateModel.run(request, in: Snapshot(), issuer: Bundle.noon)
  #expect(again.provenance == result.provenance)
  let inspected = try ValidateTemplate.run(
    .text(secret.template), parameters: given, in: Snapshot())
  #expect(inspected.parameters == parameters)
}

private let invalid: [Secret] = [
  Secret(
    declaration: "type: integer, max: 9999", value: "48151", spellings: ["48151"],
    nodes: #"- {id: second, kind: const, values: ["${secret}", 2]}"#),
  Secret(
    declaration: "type: integer", value: "4815.25", spellings: ["4815"],
    nodes: #"- {id: second, kind: const, values: ["${secret}", 2]}"#),
  Secret(
    declaration: "type: integer", value: #""swordfish""#, spellings: ["swordfish"],
    nodes: #"- {id: second, kind: const, values: ["${secret}", 2]}"#),
  Secret(
    declaration: "type: string", value: "-48151.5", spellings: ["48151"],
    nodes: #"- {id: "${secret}", kind: const, values: [1, 2]}"#),
  Secret(
    declaration: "type: string, enum: [alpha, beta]", value: #""swordfish""#,
    spellings: ["swordfish"],
    nodes: #"- {id: "${secret}", kind: const, values: [1, 2]}"#),
  Secret(
    declaration: "type: array, max: 9", value: #"[1, 48151, 1e300, "swordfish"]"#,
    spellings: ["48151", "1e+300", "1e300", "swordfish"],
    nodes: #"- {id: second, kind: const, values: "${secret}"}"#),
  Secret(
    declaration: "type: string", value: #""swordfish + ""#, spellings: ["swordfish"],
    nodes: #"- {id: second, kind: expr, expr: "first + ${secret}"}"#),
  Secret(
    declaration: "type: string", value: #""Swordfish""#, spellings: ["swordfish", "Swordfish"],
    nodes: #"- {id: second, kind: expr, expr: "first + ${secret}x"}"#),
  Secret(
    declaration: "type: string", value: #""swordfish""#, spellings: ["swordfish"],
    nodes: """
      - {id: "${secret}", kind: const, values: [1, 2]}
        - {id: third, kind: expr, expr: "swordfich + 1"}
      """),
  Secret(
    declaration: "type: string", value: #""first""#, spellings: [],
    nodes: #"- {id: "${secret}", kind: const, values: [1, 2]}"#),
  Secret(
    declaration: "type: string", value: #""swordfish\u0007\n""#, spellings: ["swordfish", "u{7}"],
    nodes: #"- {id: second, kind: "${secret}", values: [1, 2]}"#),
  Secret(
    declaration: "type: string", value: #""swordfish-in-the-sea""#, spellings: ["sword"],
    nodes: """
      - {id: second, kind: "a-long-text-before-the-value-so-that-it-is-cut-in-it-${secret}", values: [1]}
      """),
  Secret(
    declaration: "type: number", value: "1e22", spellings: ["1e22", "1e+22", "1000000"],
    nodes: #"- {id: second, kind: "x${secret}", values: [1, 2]}"#),
  Secret(
    declaration: "type: number", value: "-0.00012345", spellings: ["12345"],
    nodes:
      #"- {id: second, kind: pmf, pmf: {values: [1, 2], probabilities: ["${secret}", 1]}}"#),
]

/// What could be reckoned back from a message.
private let reckoned: [Secret] = [
  Secret(
    declaration: "type: number", value: "0.7312", spellings: ["1.23", "0.7"],
    nodes:
      #"- {id: second, kind: pmf, pmf: {values: [1, 2], probabilities: ["${secret}", 0.5]}}"#),
  Secret(
    declaration: "type: number", value: "7", spellings: ["7"],
    nodes: #"- {id: second, kind: expr, expr: "CLAMP(first, 1 + ${secret}, 2)"}"#),
]

@Test(arguments: invalid + reckoned)
private func `what is wrong with a sensitive value is said without it`(secret: Secret) throws {
  let given = try Bundle.json(#"{"secret": \#(secret.value)}"#)
  let diagnostics = try ValidateTemplate.run(
    .text(secret.template), parameters: given, in: Snapshot()
  ).diagnostics
  #expect(!diagnostics.isEmpty)
  for diagnostic in diagnostics {
    let texts =
      [diagnostic.message] + diagnostic.related.map(\.message)
      + diagnostic.fixIts.flatMap { [$0.title] + $0.edits.map(\.text) }
    for text in texts {
      for spelling in secret.spellings { #expect(!text.contains(spelling), "\(text)") }
    }
  }
}

@Test(arguments: [
  ("type: integer, max: 9999", "48151", ["'secret' must be at most 9999, not (hidden)"]),
  ("type: integer, max: 20", "21", ["'secret' must be at most 20, not (hidden)"]),
  (
    "type: string, enum: [a, b]", #""c""#,
    ["'secret' must be one of 'a', 'b', not (hidden)"]
  ),
  ("type: array, max: 9", "[1, 10]", ["secret[1] must be at most 9, not (hidden)"]),
])
func `a message keeps its place and its cause`(
  declaration: String, value: String, messages: [String]
) throws {
  let secret = Secret(
    declaration: declaration, value: value, spellings: [],
    nodes: #"- {id: second, kind: const, values: [1, "${open}"]}"#)
  let diagnostics = try ValidateTemplate.run(
    .text(secret.template), parameters: try Bundle.json(#"{"secret": \#(value)}"#), in: Snapshot()
  ).diagnostics
  #expect(diagnostics.filter { $0.severity == .error }.map(\.message) == messages)
}

private let sealing = """
  metadata: {id: demo}
  parameters:
    - {name: pin, type: integer, sensitive: true, min: 0}
    - {name: key, type: string, sensitive: true, default: swordfish}
    - {name: open, type: number, default: 7}
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes: [{id: load, kind: const, values: ["${open}", "${pin}"]}]
  outputs: [{series: load, description: "${key}"}]

  """

@Test(arguments: [
  (#"{"pin": 4815, "key": "swordfish"}"#, [], []),
  (#"{"pin": 4815.0, "key": "swordfish", "open": 7.0}"#, [], []),
  // What is not sealed is no matter of choice.
  (#"{"pin": 4815, "open": 8, "none": 1}"#, [], ["open", "none"]),
  // The default is what is sealed.
  (#"{"pin": 4815}"#, [], []), ("{}", ["pin"], []),
  (#"{"pin": 4816, "key": "swordfish"}"#, [], ["pin"]),
  (#"{"pin": "4815", "key": null}"#, [], ["pin", "key"]),
  (#"{"pin": 1}"#, [], ["pin"]),
])
func `a record that seals values is proved and followed with them and not without`(
  values: String, missing: [String], wrong: [String]
) throws {
  let made = try ProofCase(sealing, ["pin": 4815])
  let values = try Bundle.json(values)
  let isWhole = missing.isEmpty && wrong.isEmpty
  func expectRefusal(_ work: () throws(OperationFailure) -> Void) {
    do throws(OperationFailure) {
      try work()
      #expect(isWhole)
    } catch {
      guard case .sensitiveValues(let without, let others, let checks) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(without == missing)
      #expect(others == wrong)
      #expect(checks.last?.state == .skipped)
      #expect(!checks.contains { $0.state == .failed })
    }
  }
  expectRefusal { () throws(OperationFailure) in
    let proof = try VerifyProvenance.run(
      made.model, record: .value(.object(made.record)), values: values, in: made.snapshot)
    #expect(proof.verdict == .reproduced)
    #expect(proof.hasSameBytes == true)
  }
  expectRefusal { () throws(OperationFailure) in
    let again = try RegenerateModel.run(
      .init(.record(.object(made.record)), values: values), in: made.snapshot,
      issuer: Bundle.noon)
    #expect(again.model == made.model)
    #expect(again.provenance == made.record)
  }
}

@Test func `what is wrong with a record is told without the values that it seals`() throws {
  let made = try ProofCase(sealing, ["pin": 4815])
  let other = ProofCase.snapshot(sealing.replacing("default: 7", with: "default: 8"))
  #expect(try made.proof(in: other).verdict == .templateChanged)
  #expect(try made.proof(in: Snapshot()).verdict == .templateNotFound)
  let forged = made.record(with: [("generated_at", "2025-09-25T13:00:00Z")])
  #expect(try made.proof(record: forged).verdict == .recordModified)

  // Another salt with the digest that fits it: the value opens it, and generation does not write it.
  let salt = String(repeating: "0", count: 32)
  var parameters = try #require(made.record["parameters"]?.objectValue)
  parameters["pin"] = try #require(SealedValue(4815, salt: salt)).json
  let hash = try ModelIdentity.hash(templateID: "demo", parameters: parameters)
  let resealed = made.record(with: [
    ("parameters", .object(parameters)), ("model_id", .string("model_20250925T120000Z_\(hash)")),
  ])
  let values: JSONObject = ["pin": 4815, "key": "swordfish"]
  #expect(try made.proof(record: resealed, values: values).verdict == .recordModified)
}

@Test
func `what is said without a sensitive value is said with it, and the rest by place and rule`()
  throws
{
  let text = SourceText(
    """
    metadata: {id: demo}
    parameters:
      - {name: p, type: number, sensitive: true}
      - {name: q, type: number, max: 5}
    grid: {bins: 2, binSize: 1, binUnit: hours}
    nodes:
      - {id: a, kind: pmf, pmf: {values: [1, 2], probabilities: ["${p}", 0.5]}}
      - {id: b, kind: const, values: ["${q}"]}
      - {id: c, kind: expr, expr: "nonsense + 1"}
    outputs: [{series: "*"}]

    """)
  let told = try ValidateTemplate.run(
    .text(text), parameters: ["p": 1, "q": 6], in: Snapshot()
  ).diagnostics
  #expect(
    told.map { "\($0.code.rawValue): \($0.message)" } == [
      "parameter-above-max: 'q' must be at most 5, not 6",
      "pmf-probabilities-sum: this breaks the rule with the value of 'p', which is sensitive and not shown",
      "const-length-mismatch: 1 value for 2 bins",
      "expr-unknown-reference: no node 'nonsense'",
    ])
}

@Test(arguments: ["yes", "\"true\"", "1", "[true]", "on"])
func `a parameter is sensitive unless it clearly is not`(flag: String) throws {
  let text = SourceText(
    sealing.replacing("sensitive: true, min: 0", with: "sensitive: \(flag), max: 0"))
  let told = try ValidateTemplate.run(.text(text), parameters: ["pin": 4815], in: Snapshot())
  #expect(told.diagnostics.map(\.code.rawValue).sorted() == ["parameter-above-max", "value-type"])
  for diagnostic in told.diagnostics { #expect(!diagnostic.message.contains("4815")) }
}
