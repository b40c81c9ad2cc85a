import Engine
import FlowModel
import JSON
import Source
import Synchronization
import Templates
import Testing

@testable import Operations

/// One preview, and what is expected of it.
private struct PreviewCase: CustomTestStringConvertible, Sendable {
  let name: String
  let subject: PreviewModel.Subject
  var series: [String]?
  var valueCountMax = PreviewModel.valueCountMax
  /// Series in their order as `id values`, or the problem.
  let gives: [String]

  var testDescription: String { name }
}

/// What became of a preview, as words.
private func outcome(_ one: PreviewCase, _ monitor: WorkMonitor = .unwatched) -> [String] {
  do throws(PreviewModel.Problem) {
    let result = try PreviewModel.run(
      one.subject, series: one.series, in: Snapshot(catalog: shelf),
      valueCountMax: one.valueCountMax, monitor)
    return result.series.map { series in
      "\(series.id) \(series.values.map { $0.isNaN ? "nan" : "\($0)" }.joined(separator: " "))"
    } + result.warnings.map { "\($0.nodeID): \($0.code)" }
      + result.diagnostics.map { "\($0.severity) \($0.code.rawValue)" }
  } catch {
    func codes(_ diagnostics: [Diagnostic]) -> String {
      diagnostics.filter { $0.severity == .error }.map(\.code.rawValue).joined(separator: " ")
    }
    switch error {
    case .seriesUnknown(let name, let near):
      return ["no series \(name)" + (near.map { ", near \($0)" } ?? "")]
    case .tooManyValues(let seriesCount, let bins): return ["\(seriesCount) times \(bins)"]
    case .failure(let failure):
      switch failure {
      case .modelInvalid(_, let diagnostics): return ["model: " + codes(diagnostics)]
      case .templateInvalid(_, let diagnostics): return ["template: " + codes(diagnostics)]
      case .parametersInvalid(_, let diagnostics): return ["parameters: " + codes(diagnostics)]
      case .templateNotFound(let id, let near): return ["no template \(id), near \(near)"]
      case .stopped: return ["stopped"]
      default: return ["\(failure)"]
      }
    }
  }
}

private let bar = """
  metadata: {id: bar}
  parameters: [{name: rate, type: number, default: 2, max: 9}]
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: load, kind: const, values: ["${rate}", 4]}
    - {id: done, kind: expr, expr: "MIN(load, 3)"}
  outputs: [{series: done}, {series: load}]

  """

private let shelf = TemplateCatalog([
  TemplateCatalog.Entry(path: "bar.yaml", text: SourceText(bar)),
  TemplateCatalog.Entry(
    path: "wrong.yaml",
    text: SourceText(
      bar.replacing("id: bar", with: "id: wrong").replacing("bins: 2", with: "bins: many"))),
])

private let start = """
  schemaVersion: 1
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: load, kind: const, values: [2, 4]}

  """

private let classes =
  start + """
      - {id: done, kind: expr, expr: "MIN(load, 3)"}
    classes: [{id: a}, {id: b}]
    traffic: {arrivals: [{nodeId: load, classId: a, pattern: {kind: constant, ratePerBin: 1}}, {nodeId: load, classId: b, pattern: {kind: constant, ratePerBin: 3}}]}

    """

private func model(_ text: String) -> PreviewModel.Subject { .model(SourceText(text)) }

private func template(_ id: String, _ parameters: JSONObject = [:]) -> PreviewModel.Subject {
  .template(.id(id), parameters: parameters, mode: nil, lint: LintSettings())
}

private let cases: [PreviewCase] = [
  PreviewCase(
    name: "a model", subject: model(start), gives: ["load@LOAD@DEFAULT 2.0 4.0"]),
  PreviewCase(
    name: "a template with its defaults", subject: template("bar"),
    gives: ["done@DONE@DEFAULT 2.0 3.0", "load@LOAD@DEFAULT 2.0 4.0"]),
  PreviewCase(
    name: "a template with a value", subject: template("bar", ["rate": 9]), series: ["load"],
    gives: ["load@LOAD@DEFAULT 9.0 4.0"]),
  PreviewCase(
    name: "no series", subject: template("bar"), series: [], gives: []),
  PreviewCase(
    name: "series by id", subject: template("bar"), series: ["done@DONE@DEFAULT"],
    gives: ["done@DONE@DEFAULT 2.0 3.0"]),
  PreviewCase(
    name: "series stand in the order of the model, once each", subject: template("bar"),
    series: ["load", "done", "load", "done@DONE@DEFAULT"],
    gives: ["done@DONE@DEFAULT 2.0 3.0", "load@LOAD@DEFAULT 2.0 4.0"]),
  PreviewCase(
    name: "a column with its classes", subject: model(classes), series: ["load"],
    gives: [
      "load@LOAD@DEFAULT 2.0 4.0", "load@LOAD@a 0.5 1.0", "load@LOAD@b 1.5 3.0",
    ]),
  PreviewCase(
    name: "a class of a column", subject: model(classes), series: ["load@LOAD@b"],
    gives: ["load@LOAD@b 1.5 3.0"]),
  PreviewCase(
    name: "a series that is none", subject: template("bar"), series: ["load", "doen"],
    gives: ["no series doen, near done"]),
  PreviewCase(
    name: "a series that is like none", subject: template("bar"), series: ["x"],
    gives: ["no series x"]),
  PreviewCase(
    name: "numbers that are none",
    subject: model(
      start.replacing("[2, 4]", with: "[1e300, 4]") + """
          - {id: huge, kind: expr, expr: load * load}
          - {id: gap, kind: expr, expr: huge - huge}

        """),
    series: ["huge", "gap"], gives: ["huge@HUGE@DEFAULT inf 16.0", "gap@GAP@DEFAULT nan 0.0"]),
  PreviewCase(
    name: "a doubtful number",
    subject: model(
      start + """
          - {id: done, kind: const, values: [3, 4]}
        topology: {nodes: [{id: Desk, kind: service, semantics: {arrivals: load, served: done}}]}

        """),
    series: ["done"], gives: ["done@DONE@DEFAULT 3.0 4.0", "Desk: served_exceeds_arrivals"]),
  PreviewCase(
    name: "what a run leaves out",
    subject: model(
      start + """
        topology:
          nodes: [{id: Desk, kind: service, semantics: {arrivals: load, served: load}}, {id: desk, kind: service, semantics: {arrivals: load, served: load}}]

        """),
    series: ["load"], gives: ["load@LOAD@DEFAULT 2.0 4.0", "warning engine-series-repeated"]),
  PreviewCase(
    name: "more numbers than may be", subject: template("bar"), valueCountMax: 3,
    gives: ["2 times 2"]),
  PreviewCase(
    name: "as many numbers as may be, of those that are wanted", subject: template("bar"),
    series: ["done"], valueCountMax: 3, gives: ["done@DONE@DEFAULT 2.0 3.0"]),
  PreviewCase(
    name: "an id that no template has", subject: template("baa"),
    gives: ["no template baa, near [\"bar\"]"]),
  PreviewCase(
    name: "a template that is wrong", subject: template("wrong"),
    gives: ["template: grid-bins-range"]),
  PreviewCase(
    name: "a value that is wrong", subject: template("bar", ["rate": 10]),
    gives: ["parameters: parameter-above-max"]),
  PreviewCase(
    name: "a model that is wrong", subject: model(start.replacing("bins: 2", with: "bins: 3")),
    gives: ["model: const-length-mismatch"]),
  PreviewCase(
    name: "a model that is right by itself and cannot be run",
    subject: model(
      start + """
          - {id: limit, kind: expr, expr: desk_queue + 1}
          - {id: desk_queue, kind: serviceWithBuffer, inflow: load, outflow: load}
        topology:
          nodes:
            - {id: Desk, kind: queue, constraints: [c], semantics: {arrivals: load, served: load, queueDepth: desk_queue}}
          constraints: [{id: c, semantics: {arrivals: load, served: limit}}]

        """),
    gives: ["model: engine-cycle"]),
]

@Test(arguments: cases)
private func `a preview gives series or says why not`(one: PreviewCase) {
  #expect(outcome(one) == one.gives)
}

@Test func `a preview is of the model that generate would make, told in the template's text`()
  throws
{
  var lenient = LintSettings()
  try lenient.set("parameter-unused", to: "off")
  let text = SourceText(
    bar.replacing("max: 9}]", with: "max: 9}, {name: spare, type: number, default: 1}]"))
  func preview(_ lint: LintSettings) throws -> PreviewModel.Result {
    try PreviewModel.run(
      .template(.text(text), parameters: [:], mode: nil, lint: lint), in: Snapshot())
  }
  let usual = try preview(LintSettings())
  #expect(usual.text == text)
  #expect(usual.model != text)
  let told = try #require(usual.diagnostics.first { $0.code.rawValue == "parameter-unused" })
  #expect(text.string(in: told.range).contains("spare"))
  #expect(try !preview(lenient).diagnostics.contains { $0.code == told.code })
}

@Test(arguments: Bundle.ids)
func `a bundled template previews what its model gives when it is run`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let made = try GenerateModel.run(
    GenerateModel.Request(template: .id(id)), in: snapshot, issuer: Bundle.noon)
  let (plan, _) = Plan.compile(ModelDocument(made.model))
  let run = try #require(plan?.evaluate())
  for subject in [template(id), .model(made.model)] {
    let preview = try PreviewModel.run(subject, in: snapshot)
    #expect(preview.model.string == made.model.string)
    #expect(preview.grid == run.grid)
    #expect(preview.warnings == run.warnings)
    #expect(preview.series.map(\.id) == run.series.map(\.id))
    #expect(preview.series.map(\.csv) == run.series.map(\.csv))
    #expect(!preview.series.isEmpty)
  }
}

/// Stops when it has been told of a step, or asked a number of times.
private final class Patience: Sendable {
  private let left: Mutex<Int>
  private let heard = Mutex<[String]>([])

  init(_ count: Int) { left = Mutex(count) }

  var steps: [String] { heard.withLock { $0 } }

  var monitor: WorkMonitor {
    WorkMonitor(
      isStopped: {
        self.left.withLock { left in
          left -= 1
          return left < 0
        }
      }, tell: { step in self.heard.withLock { $0.append(step.rawValue) } })
  }
}

@Test func `a preview ends where nobody waits for it any more, also while the model runs`() {
  for subject in [template("bar"), model(classes)] {
    let one = PreviewCase(name: "", subject: subject, gives: [])
    let whole = outcome(one)
    var lastSteps: [String?] = []
    for count in 0..<1_000 {
      let patience = Patience(count)
      let found = outcome(one, patience.monitor)
      if found == whole { break }
      #expect(found == ["stopped"])
      lastSteps.append(patience.steps.last)
    }
    #expect(lastSteps.count < 1_000)
    #expect(lastSteps.first == .some(nil))
    #expect(lastSteps.last == WorkStep.evaluating.rawValue)
  }
}
