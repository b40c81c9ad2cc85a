import Engine
import Expressions
import FlowModel
import JSON
import Operations
import Source
import YAML

@testable import Templates

/// What is said of the model that a template makes; without values where `values` is nil.
private func saidOfTemplate(
  _ text: String, _ values: JSONObject = [:],
  for purpose: ParameterBinding.Purpose = .generation
) -> String {
  TemplateDocument(SourceText(text)).render(values, for: purpose).diagnostics
    .map { "\($0.code.rawValue): \($0.message)" }.joined(separator: "\n")
}

private let head = "metadata: {id: large}\ngrid: {bins: 1, binSize: 1, binUnit: days}\n"

private func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }

private func data(_ text: String) -> DataNode {
  var reader = DataReader(meaning: CoreMeaning())
  guard let root = YAMLTree(parsing: SourceText(text)).documents.first else {
    return DataNode(.null, at: ByteRange(at: 0))
  }
  return reader.read(root)
}

private let topologyNode = data("{id: q, kind: queue, semantics: {arrivals: a, served: b}}")

/// What is said while a model with so many nodes and outputs, of which nothing is known, is brought to its end.
///
/// To write as many in a template takes more than a template may have, or long.
private func saidOfDraft(
  nodeCount: Int = 0, outputCount: Int = 0, _ act: (inout ModelDraft, inout Findings) -> Void
) -> String {
  func list(_ count: Int) -> DataNode {
    let unknown = DataNode(.unknown, at: ByteRange(at: 0))
    return DataNode(.sequence(Array(repeating: unknown, count: count)), at: ByteRange(at: 0))
  }
  let topology = DataNode(
    made: [("nodes", DataNode(.sequence([topologyNode]), at: ByteRange(at: 0)))],
    at: ByteRange(at: 0))
  var draft = ModelDraft(
    DataNode(
      made: [("nodes", list(nodeCount)), ("outputs", list(outputCount)), ("topology", topology)],
      at: ByteRange(at: 0)))
  var findings = Findings()
  act(&draft, &findings)
  return findings.sorted.map { "\($0.code.rawValue): \($0.message)" }.joined(separator: "\n")
}

private func makeNodes(_ count: Int, _ draft: inout ModelDraft, _ findings: inout Findings) {
  guard let item = TopologyItem(topologyNode, at: 0) else { return }
  for _ in 0..<count where !draft.make(topologyNode, of: item, &findings) { return }
}

/// What is found where a plan is made of nodes, under one bound that is less than it always is.
private func saidOfPlan(
  bins: Int, _ nodes: String, _ change: (inout EngineLimits) -> Void = { _ in }
) -> String {
  var limits = EngineLimits()
  change(&limits)
  let model = SourceText(
    "grid: {bins: \(bins), binSize: 1, binUnit: hours}\nnodes: \(nodes)\n")
  return Plan.compile(ModelDocument(model), limits: limits).findings
    .map { "\($0.code.rawValue): \($0.message)" }.joined(separator: "\n")
}

/// A node that folds that many numbers over another.
private func folding(_ count: Int) -> String {
  "[{id: a, kind: expr, expr: '1'}, {id: b, kind: expr, expr: 'CONV(a, \(list(Array(repeating: "1", count: count))))'}]"
}

/// Bounds of what is made of a template, and of what is told of models.
let modelEdges: [LimitEdge] = [
  LimitEdge("expressionProblemCountMax", says: "less") { _, count in
    let problems = Expression(String(repeating: "@ a ", count: count)).syntaxProblems
    return problems.count < count ? "less are told" : "all are told"
  },
  LimitEdge("findingCountMax", says: "left out") { _, count in
    let findings = Findings(
      (0..<count).map {
        Diagnostic(DiagnosticCode(rawValue: "a"), .warning, at: ByteRange(at: $0), "number \($0)")
      })
    return findings.droppedCount > 0 ? "some are left out" : "all are told"
  },
  LimitEdge("renderedValueCountMax", says: "model-too-large: the lists") { _, count in
    let text =
      head + "parameters: [{name: x, type: array}, {name: y, type: array}]\nnodes:\n"
      + String(repeating: "  - {id: n, kind: const, values: '${x}'}\n", count: 199)
      + "  - {id: n, kind: const, values: '${y}'}\noutputs: [{series: n}]\n"
    return saidOfTemplate(
      text,
      [
        "x": .array(Array(repeating: 1, count: 10_000)),
        "y": .array(Array(repeating: 1, count: count - 199 * 10_000)),
      ])
  },
  LimitEdge("renderedTextLengthMax", says: "model-too-large: the texts") { _, count in
    let text =
      head + "parameters: [{name: s, type: string}, {name: t, type: string}]\n"
      + "nodes: [{id: n, kind: expr, expr: \"\(String(repeating: "${s}", count: 15))${t}\"}]\n"
    return saidOfTemplate(
      text,
      [
        "s": .string(String(repeating: "x", count: 1 << 20)),
        "t": .string(String(repeating: "x", count: count - 15 << 20)),
      ])
  },
  LimitEdge("renderedNodeCountMax", says: "model-too-large: this model has") { _, count in
    saidOfDraft(nodeCount: count - 1) { draft, findings in makeNodes(1, &draft, &findings) }
  },
  LimitEdge("renderedMadeNodeCountMax", says: "model-too-large: this topology") { _, count in
    saidOfDraft(nodeCount: 1) { draft, findings in makeNodes(count, &draft, &findings) }
  },
  LimitEdge("renderedOutputCountMax", says: "model-too-large: this model has") { _, count in
    // The topology node names two series.
    saidOfDraft(outputCount: count - 2) { draft, findings in
      OutputCompletion().run(&draft, &findings)
    }
  },
  LimitEdge("diffChangeCountMax", says: "cut") { _, count in
    let old = list(Array(repeating: "1", count: count))
    let new = list(Array(repeating: "2", count: count))
    return Comparison(data(old), data(new)).isTruncated ? "cut" : "whole"
  },
  LimitEdge("diffPathLengthMax", at: 100, .passed, says: "cut") { _, count in
    // Each change has a path `a` and its pointer `/a`.
    let first = String(repeating: "a", count: (count - 1) / 2)
    let keys = count % 2 == 1 ? [first] : [String(first.dropLast()), "b"]
    func text(_ value: Int) -> String { keys.map { "\($0): \(value)\n" }.joined() }
    let comparison = Comparison(data(text(1)), data(text(2)), pathLengthMax: 100)
    return comparison.isTruncated ? "cut" : "whole"
  },
  LimitEdge("diffStepCountMax", at: 20, .passed, from: .atBound, says: "item by item") { _, count in
    // One step for each item of both lists, and none where only new ones stand at the beginning.
    let newCount = 2 - count % 2
    let old = (0..<((count - newCount) / 2)).map { "n\($0)" }
    let new = (0..<newCount).map { "new\($0)" } + old
    let comparison = Comparison(data(list(old)), data(list(new)), alignmentStepCountMax: 20)
    return comparison.changes.count == newCount ? "brought together" : "item by item"
  },
  LimitEdge("evaluationColumnCountMax", at: 20, .passed, says: "more than 20") { _, count in
    saidOfPlan(bins: 1, list((0..<count).map { "{id: n\($0), kind: expr, expr: '1'}" })) {
      $0.columnCountMax = 20
    }
  },
  LimitEdge("evaluationValueCountMax", says: "engine-limit: ") { _, count in
    saidOfPlan(bins: count, "[{id: a, kind: expr, expr: '1'}]")
  },
  LimitEdge("evaluationKernelLengthMax", at: 20, .passed, says: "engine-limit: ") { _, count in
    saidOfPlan(bins: 100, folding(count)) { $0.kernelLengthMax = 20 }
  },
  LimitEdge("evaluationStepCountMax", at: 20, .passed, says: "engine-limit: ") { _, count in
    saidOfPlan(bins: count, folding(1)) { $0.stepCountMax = 20 }
  },
  LimitEdge("previewValueCountMax", at: 20, .passed, says: "tooManyValues") { _, count in
    let nodes = list((0..<count).map { "{id: n\($0), kind: expr, expr: '1'}" })
    do {
      let result = try PreviewModel.run(
        .model(
          SourceText(
            "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: hours}\nnodes: \(nodes)\n")),
        in: Snapshot(catalog: TemplateCatalog([])), valueCountMax: 20)
      return "\(result.series.count) series"
    } catch {
      return "\(error)"
    }
  },
]
