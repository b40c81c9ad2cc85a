import EngineOperations
import FlowModel
import Foundation
import JSON
import RunStore
import Source
import TestSupport
import Testing

@Test func `a run is stored with its model, its series and its record`() throws {
  let test = try TestEngine()
  let result = try test.run(
    smallModel, provenance: #"{"model_id":"model_a","parameters":{"bins":3,"rate":0.80}}"#)
  #expect(result.order == ["demand", "served"])
  #expect(result.nodes.map { Array($0.values) } == [[10, 10, 10], [8, 8, 8]])
  let id = try #require(result.stored?.id)
  #expect(try GetModel.run(id, in: test.engine).bytes == Array(smallModel.utf8))
  #expect(
    try GetProvenance.run(id, in: test.engine)
      == [
        "model_id": "model_a",
        "parameters": ["bins": 3, "rate": .number(JSONNumber(spelling: "0.80") ?? 0)],
        "received_at": "2025-09-25T12:00:00.0000000Z",
      ])
  let series = try GetSeries.run("served", of: id, in: test.engine)
  #expect(series.csv == Array("bin_index,value\n0,8\n1,8\n2,8\n".utf8))
  #expect(series.table == Array("t,value\n0,8\n1,8\n2,8\n".utf8))
  // Of nodes that are not asked for the answer has the numbers, and the store has not.
  #expect(throws: EngineFailure.self) { try GetSeries.run("demand", of: id, in: test.engine) }
}

@Test func `a run that is not to be stored leaves nothing behind`() throws {
  let test = try TestEngine()
  let result = try RunModel.run(
    .init(model: SourceText(smallModel), stores: false), in: test.engine)
  #expect(result.stored == nil)
  #expect(result.run.series.map(\.id) == ["served@SERVED@DEFAULT"])
  #expect(try ListArtifacts.run(RunQuery(), in: test.engine).total == 0)
}

@Test func `a run that nobody waits for any more ends and is not stored`() throws {
  let test = try TestEngine()
  var isStopped = false
  do throws(EngineFailure) {
    _ = try RunModel.run(.init(model: SourceText(smallModel)), in: test.engine) { _ in false }
  } catch {
    if case .stopped = error { isStopped = true }
  }
  #expect(isStopped)
  #expect(try ListArtifacts.run(RunQuery(), in: test.engine).total == 0)
}

/// What becomes of a record on its way in.
struct ProvenanceCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let header: String?
  let block: String?
  /// The record that is stored, as compact JSON without the time; nil for none.
  let stored: String?
  let warningCount: Int

  init(
    _ name: String, header: String? = nil, block: String? = nil, gives stored: String?,
    warnings: Int = 0
  ) {
    testDescription = name
    self.header = header
    self.block = block
    self.stored = stored
    warningCount = warnings
  }

  static let all = [
    ProvenanceCase("nothing", gives: nil),
    ProvenanceCase("a bare id", header: "  model_1 ", gives: #"{"modelId":"model_1"}"#),
    ProvenanceCase("an id in quotes is an id", header: #""a""#, gives: #"{"modelId":"\"a\""}"#),
    ProvenanceCase("a number is an id", header: "12", gives: #"{"modelId":"12"}"#),
    ProvenanceCase("a blank header", header: " \t", gives: nil),
    ProvenanceCase(
      "an object keeps its spelling, types and unknown members",
      header:
        #"{"modelId":"m","parameters":{"n":150,"f":0.050,"t":"150","b":true,"l":[1]},"x":null}"#,
      gives:
        #"{"modelId":"m","parameters":{"n":150,"f":0.050,"t":"150","b":true,"l":[1]},"x":null}"#),
    ProvenanceCase(
      "snake case", header: #"{"model_id":"m","template_id":"t"}"#,
      gives: #"{"model_id":"m","template_id":"t"}"#),
    ProvenanceCase(
      "an object without an id", header: #"{"templateId":"t"}"#, gives: nil, warnings: 1),
    ProvenanceCase(
      "an object with a blank id", header: #"{"modelId":" "}"#, gives: nil, warnings: 1),
    ProvenanceCase(
      "an object with a null id", header: #"{"modelId":null}"#, gives: nil, warnings: 1),
    ProvenanceCase(
      "a block keeps its types",
      block: "provenance:\n  modelId: m\n  parameters: {n: 150, f: 0.05, t: \"150\", b: true}\n",
      gives: #"{"modelId":"m","parameters":{"n":150,"f":0.05,"t":"150","b":true}}"#),
    ProvenanceCase("an empty block", block: "provenance: {}\n", gives: nil, warnings: 1),
    ProvenanceCase(
      "the header goes before the block as a whole", header: "h",
      block: "provenance: {modelId: b, templateId: t}\n", gives: #"{"modelId":"h"}"#, warnings: 1),
    ProvenanceCase(
      "the block counts where the header names no model", header: "{}",
      block: "provenance: {modelId: b, templateId: t}\n",
      gives: #"{"modelId":"b","templateId":"t"}"#, warnings: 1),
  ]
}

@Test(arguments: ProvenanceCase.all)
func `a record is stored as it came`(_ item: ProvenanceCase) throws {
  let test = try TestEngine()
  let model = smallModel.replacing("grid:", with: (item.block ?? "") + "grid:")
  let result = try test.run(model, provenance: item.header)
  #expect(result.provenanceWarnings.count == item.warningCount, "\(result.provenanceWarnings)")
  let id = try #require(result.stored?.id)
  #expect(try GetModel.run(id, in: test.engine).bytes == Array(smallModel.utf8))
  guard let expected = item.stored else {
    #expect(throws: EngineFailure.self) { try GetProvenance.run(id, in: test.engine) }
    return
  }
  var record = try GetProvenance.run(id, in: test.engine)
  record["received_at"] = nil
  record["receivedAt"] = nil
  #expect(JSONValue.object(record).text() == expected)
}

@Test func `a header and a block that disagree are both named`() throws {
  let model = smallModel + "provenance: {model_id: inside}\n"
  let result = try TestEngine().run(model, provenance: "outside")
  let warning = try #require(result.provenanceWarnings.first)
  #expect(warning.contains("'outside'") && warning.contains("'inside'"))
}

/// What comes beside a model and is refused, with the byte at fault, and what is said of it.
private let refusedRecords: [(text: String, offset: Int, message: String)] = [
  ("{", 1, "it begins as a JSON object and is none: unexpected end of text at byte 1"),
  (
    #"  {"modelId":"m" "#, 16,
    "it begins as a JSON object and is none: unexpected end of text at byte 14"
  ),
  (
    "\u{FEFF}{}", 0, "it begins as a JSON object and is none: remove the byte order mark at byte 0"
  ),
  (
    #" {"a":{"modelId":5},"modelId":5}"#, 30,
    "the model id in the header must be text, not a number"
  ),
  (
    #"{"modelId":"m","model_id":["m"]}"#, 26,
    "the model id in the header must be text, not an array"
  ),
  // A repeated name is seldom enough to be told where the object begins.
  (#" {"modelId":5,"modelId":6}"#, 1, "the model id in the header must be text, not a number"),
]

@Test(arguments: refusedRecords.indices)
func `a header that is neither a record nor an id is refused`(number: Int) throws {
  let test = try TestEngine()
  let (header, offset, message) = refusedRecords[number]
  do throws(EngineFailure) {
    _ = try RunModel.run(
      .init(model: SourceText(smallModel), provenance: header), in: test.engine)
    Issue.record("it was taken")
  } catch {
    guard case .provenanceInvalid(let failure) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(failure.offset == offset)
    #expect(error.message == "the provenance is invalid: " + message)
  }
  #expect(try ListArtifacts.run(RunQuery(), in: test.engine).total == 0)
}

/// A model that is refused, with the place between « and ».
struct RefusedModel: CustomTestStringConvertible, Sendable {
  let code: String
  let marked: String
  /// Whether a file with it runs all the same.
  let runsAsFile: Bool

  init(_ code: String, _ marked: String, runsAsFile: Bool = false) {
    self.code = code
    self.marked = marked
    self.runsAsFile = runsAsFile
  }

  var testDescription: String { code }

  private static let start = "schemaVersion: 1\ngrid: {bins: 2, binSize: 1, binUnit: hours}\n"

  static let all = [
    RefusedModel(
      "provenance-malformed",
      start + "provenance: «\"text\"»\nnodes: [{id: a, kind: const, values: [1, 2]}]\n"),
    RefusedModel(
      "provenance-malformed",
      start + "«provenance»:\nnodes: [{id: a, kind: const, values: [1, 2]}]\n"),
    RefusedModel(
      "provenance-malformed",
      start + "provenance: «[a]»\nnodes: [{id: a, kind: const, values: [1, 2]}]\n"),
    RefusedModel(
      "key-unknown",
      "schemaVersion: 1\ngrid: {bins: 2, binSize: 1, binUnit: hours, «provenance»: {modelId: m}}\nnodes: [{id: a, kind: const, values: [1, 2]}]\n"
    ),
    RefusedModel(
      "const-length-mismatch", start + "nodes: [{id: a, kind: const, values: «[1]»}]\n",
      runsAsFile: true),
    RefusedModel(
      "pmf-probabilities-sum",
      start + "nodes: [{id: a, kind: pmf, pmf: {values: [1, 2], probabilities: «[0.5, 0.6]»}}]\n",
      runsAsFile: true),
    RefusedModel(
      "schema-version-unsupported",
      "schemaVersion: «2»\ngrid: {bins: 1, binSize: 1, binUnit: hours}\nnodes: [{id: a, kind: const, values: [1]}]\n",
      runsAsFile: true),
    RefusedModel(
      "yaml-document-several",
      start + "nodes: [{id: a, kind: const, values: [1, 2]}]\n---\n«provenance: {modelId: m}»\n"),
    RefusedModel(
      "expr-unknown-reference", start + "nodes: [{id: a, kind: expr, expr: \"1 + «nope»\"}]\n"),
    RefusedModel(
      "expr-cycle",
      start + "nodes: [{id: a, kind: expr, expr: «b»}, {id: b, kind: expr, expr: a}]\n"),
  ]
}

@Test(arguments: RefusedModel.all)
func `a model that is refused is blamed at its place`(_ item: RefusedModel) throws {
  let test = try TestEngine()
  let marked = MarkedText(item.marked)
  var found: [Diagnostic] = []
  do throws(EngineFailure) {
    _ = try RunModel.run(.init(model: marked.text), in: test.engine)
  } catch {
    if case .modelInvalid(_, let diagnostics) = error { found = diagnostics }
  }
  let match = found.first { $0.code.rawValue == item.code && $0.severity == .error }
  #expect(match?.range == marked.ranges.first, "\(found.map { ($0.code.rawValue, $0.range) })")
  #expect(try ListArtifacts.run(RunQuery(), in: test.engine).total == 0)
  let runs =
    (try? RunModel.run(
      .init(model: marked.text, strictness: .file), in: test.engine)) != nil
  #expect(runs == item.runsAsFile)
}

@Test func `a model with no text is refused`() throws {
  for text in ["", " \n\t\r\n"] {
    #expect(throws: EngineFailure.self) { try TestEngine().run(text) }
  }
}

/// The keys of one layout, or of the other.
@Test func `a door takes the keys of both layouts`() throws {
  let nodes = """
    schemaVersion: 1
    grid: {bins: 2, binSize: 1, binUnit: hours}
    nodes:
      - {id: queue, kind: const, values: [10, 20]}
      - {id: a, kind: const, values: [0, 0]}
      - {id: b, kind: const, values: [0, 0]}
      - {id: split, kind: router, ROUTER}
    """
  let body = "inputs: {queue: queue}, routes: [{target: a, weight: 1}, {target: b, weight: 3}]"
  for router in [body, "router: {\(body)}"] {
    let result = try TestEngine().run(nodes.replacing("ROUTER", with: router) + "\n")
    #expect(Array(result.nodes[1].values) == [2.5, 5])
    #expect(Array(result.nodes[2].values) == [7.5, 15])
  }
}

/// Small bounds, so that their edges are near.
@Test(arguments: [
  ("modelLengthMax", smallModel.utf8.count), ("nodeCountMax", 2), ("binCountMax", 3),
])
func `a bound holds at its edge`(name: String, size: Int) throws {
  for value in [size - 1, size, size + 1] {
    var limits = RunLimits()
    switch name {
    case "modelLengthMax": limits.modelLengthMax = value
    case "nodeCountMax": limits.nodeCountMax = value
    default: limits.binCountMax = value
    }
    var failure: String?
    let test = try TestEngine(limits: limits)
    do throws(EngineFailure) {
      _ = try RunModel.run(.init(model: SourceText(smallModel)), in: test.engine)
    } catch {
      if case .limitExceeded(let limit, let bound, let found) = error {
        failure = "\(limit) \(bound) \(found)"
      }
    }
    #expect(failure == (value < size ? "\(name) \(value) \(size)" : nil))
  }
}

@Test func `nodes stand behind those that they read in the same bin`() throws {
  let model = """
    schemaVersion: 1
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes:
      - {id: late, kind: expr, expr: "mid + SHIFT(last, 1) + mid"}
      - {id: mid, kind: expr, expr: "first * 2"}
      - {id: first, kind: const, values: [1]}
      - {id: last, kind: expr, expr: late}
    """
  let graph = try GraphModel.run(SourceText(model + "\n"), in: TestEngine().engine)
  #expect(graph.nodes == ["late", "mid", "first", "last"])
  #expect(graph.inputs == [["mid", "last"], ["first"], [], ["late"]])
  #expect(graph.order == ["first", "mid", "late", "last"])
}
