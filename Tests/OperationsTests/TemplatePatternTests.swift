import FlowModel
import Foundation
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing

/// What generation gives, as text: by id, where a pattern may write the model, or of the template's text, where all is
/// done anew.
private func outcome(
  _ choice: TemplateChoice, _ values: JSONObject, mapped: Bool = false, in snapshot: Snapshot
) -> [String] {
  var request = GenerateModel.Request(template: choice, parameters: values)
  request.makesSourceMap = mapped
  do {
    let result = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    let map = result.sourceMap?.entries.map { "\($0.range) \($0.origin) \($0.causes)" } ?? []
    return [
      result.model.string, JSONValue.object(result.provenance).text(), "\(result.diagnostics)",
    ] + map
  } catch {
    return ["\(error)"]
  }
}

/// Sees that values give by a pattern what they give without, and returns whether there was one for them.
private func check(_ id: String, _ values: JSONObject, in snapshot: Snapshot) throws -> Bool {
  let document = try #require(snapshot.catalog[id]).document
  let isWritten =
    document.openBinding(values).flatMap {
      document.written($0.values, mode: nil, lint: LintSettings())
    } != nil
  let place: Comment = "\(id) \(JSONValue.object(values).text())"
  let anew = outcome(.text(document.text), values, in: snapshot)
  #expect(outcome(.id(id), values, in: snapshot) == anew, place)
  return isWritten
}

/// Values for some parameters, each of them by chance.
private func chosen(
  _ definitions: [ParameterDefinition], _ random: inout SplitMix64
) -> JSONObject {
  JSONObject(
    definitions.compactMap { definition in
      guard definition.name != "bins", Bool.random(using: &random) else { return nil }
      return ParameterSamples(definition: definition).sample(&random).map {
        JSONMember(definition.name.text, $0)
      }
    })
}

@Test(arguments: Bundle.ids)
func `a model that a pattern writes is the one that would be made`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let definitions = try #require(snapshot.catalog[id]).document.definitions
  _ = try check(id, [:], in: snapshot)
  var counts = [true: 0, false: 0]
  for (index, definition) in definitions.enumerated() {
    let samples = ParameterSamples(definition: definition)
    var random = SplitMix64(seed: UInt64(index))
    // The largest grids cost time, and tell no more.
    let values =
      definition.name == "bins"
      ? [1, 2, 13].map { .number(JSONNumber($0)) }
      : samples.corners + [samples.sample(&random)].compactMap(\.self)
    for value in values {
      let one = JSONObject([JSONMember(definition.name.text, value)])
      counts[try check(id, one, in: snapshot), default: 0] += 1
    }
  }
  for seed in 0..<10 {
    var random = SplitMix64(seed: UInt64(seed))
    counts[try check(id, chosen(definitions, &random), in: snapshot), default: 0] += 1
  }
  #expect(counts[true, default: 0] > counts[false, default: 0], "\(counts)")
}

@Test(arguments: Bundle.ids)
func `the source map of a model that a pattern wrote is the same`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let document = try #require(snapshot.catalog[id]).document
  _ = outcome(.id(id), [:], in: snapshot)
  var random = SplitMix64(seed: 1)
  for _ in 0..<3 {
    let values = chosen(document.definitions, &random)
    // First without one, so that the model which is kept has no places.
    _ = outcome(.id(id), values, in: snapshot)
    let mapped = outcome(.id(id), values, mapped: true, in: snapshot)
    #expect(mapped.count > 10)
    #expect(mapped == outcome(.text(document.text), values, mapped: true, in: snapshot))
  }
}

/// Values as JSON has them.
private func values(_ list: String) throws -> [JSONValue] {
  try #require(try Bundle.json("{\"values\": [\(list)]}")["values"]?.arrayValue)
}

/// A parameter, without bounds of its own, in every kind of slot, and in places that are none.
private let everySlot = """
  schemaVersion: 1
  generator: flowtime-sim
  metadata: {id: demo, title: Demo, version: "1.0.0"}
  window: {start: "2025-01-06T00:00:00Z", timezone: UTC}
  parameters:
    - {name: size, type: number, default: 5}
    - {name: seed, type: number, default: 42}
    - {name: rate, type: number, default: 3}
    - {name: list, type: array, arrayOf: number, default: [1, 2, 3], fit: repeat}
    - {name: plain, type: array, arrayOf: number, default: [4, 5, 6]}
    - {name: item, type: number, default: 1}
    - {name: chance, type: number, default: 0.25}
    - {name: low, type: number, default: 1}
    - {name: high, type: number, default: 7}
    - {name: divisor, type: number, default: 2}
    - {name: kernel, type: array, arrayOf: number, default: [0.5, 0.25]}
    - {name: lag, type: number, default: 1}
    - {name: name, type: string, default: in}
    - {name: past, type: string, default: "SHIFT(echo * 1, 1)"}
    - {name: left, type: number, default: 0.3}
    - {name: right, type: number, default: 0.7}
    - {name: weight, type: number, default: 2}
    - {name: limit, type: number, default: 9}
    - {name: start, type: number, default: 4}
    - {name: minutes, type: number, default: 6}
    - {name: attempts, type: number, default: 2}
    - {name: share, type: number, default: 0.5}
    - {name: factor, type: number, default: 1}
    - {name: edge, type: number, default: 1}
  grid: {bins: 3, binSize: "${size}", binUnit: minutes}
  classes: [{id: gold}]
  traffic:
    arrivals:
      - {nodeId: in, classId: gold, pattern: {kind: constant, ratePerBin: "${rate}"}}
  nodes:
    - {id: in, kind: const, values: "${list}"}
    - {id: other, kind: const, values: "${plain}"}
    - {id: some, kind: const, values: [1, "${item}", 2]}
    - {id: chances, kind: pmf, pmf: {values: [1, 2], probabilities: ["${chance}", 0.75]}}
    - {id: least, kind: expr, expr: "other - in"}
    - {id: bounded, kind: expr, expr: "CLAMP(in, ${low}, ${high}) / ${divisor}"}
    - {id: loop, kind: expr, expr: "SHIFT(round, ${lag}) + bounded"}
    - {id: round, kind: expr, expr: "loop + ${name}"}
    - {id: echo, kind: expr, expr: "in + ${past}"}
    - {id: served, kind: expr, expr: "CONV(in, ${kernel}) + some + chances + least + round + echo"}
    - {id: to_left, kind: expr, expr: "served * ${left}"}
    - {id: to_right, kind: expr, expr: "served * ${right}"}
    - id: router
      kind: router
      inputs: {queue: some}
      routes: [{target: routed, weight: "${weight}"}, {target: rest, weight: 1}]
    - {id: routed, kind: expr, expr: in}
    - {id: rest, kind: expr, expr: in}
  topology:
    nodes:
      - id: A
        kind: service
        wipLimit: ${limit}
        initialCondition: {queueDepth: "${start}"}
        semantics:
          arrivals: in
          served: served
          slaMin: ${minutes}
          maxAttempts: ${attempts}
          retryKernel: [0, "${share}"]
      - {id: B, kind: service, semantics: {arrivals: to_left, served: to_left}}
      - {id: C, kind: service, semantics: {arrivals: to_right, served: to_right}}
      - {id: D, kind: service, semantics: {arrivals: routed, served: rest}}
    edges:
      - {id: ab, from: A, to: B, weight: 0.3}
      - {id: ac, from: A, to: C, weight: 0.7, multiplier: "${factor}"}
      - {id: cd, from: C, to: D, weight: "${edge}"}
  rng: {kind: pcg32, seed: "${seed}"}
  outputs: [{series: served}, {series: router, as: router.csv}]

  """

@Test func `whatever stands in a slot is looked at as if no model had been made before`() throws {
  let entry = TemplateCatalog.Entry(path: "demo.yaml", text: SourceText(everySlot))
  #expect(entry.diagnostics == [])
  /// With a pattern of the defaults.
  func primed() throws -> Snapshot {
    let entry = TemplateCatalog.Entry(path: "demo.yaml", text: entry.document.text)
    let snapshot = Snapshot(catalog: TemplateCatalog([entry]))
    #expect(try !check("demo", [:], in: snapshot))
    #expect(entry.document.patterns.count == 1)
    return snapshot
  }
  let numbers = try values(
    """
    0, 1, 2, 3, 7, 8, 30, 42, 1000, 1001, -1, -0.5, 0.25, 0.3, 0.7, 1e-300, 1e300, 2147483647,
    2147483648, "1", true, null
    """)
  let lists = try values(
    """
    [], [1], [0, 0, 0], [1, 2, 3], [9, 9, 9, 9], [-1, -2, -3], [4, 5, 6.5], [1e300, 0, 1], 3
    """)
  let texts = try values(
    """
    "in", "other", "nobody", "", " ", "in + in", "1 * in", "loop", "-1", "${x}", "a: b", "in # in",
    "SHIFT(echo * 1, 1)", "SHIFT(echo, 1)", "SHIFT(echo * 2, 1)"
    """)
  var writtenCount = 0
  var count = 0
  for definition in entry.document.definitions {
    let given =
      definition.type == .array ? lists : definition.type == .string ? texts : numbers
    var snapshot = try primed()
    for value in given {
      // Another text may be another pattern.
      if definition.type == .string { snapshot = try primed() }
      let one = JSONObject([JSONMember(definition.name.text, value)])
      if try check("demo", one, in: snapshot) { writtenCount += 1 }
      count += 1
    }
  }
  // Both ways must have been taken often.
  #expect(writtenCount > count / 4 && writtenCount < count * 3 / 4, "\(writtenCount) of \(count)")
}

@Test func `values outside slots make a pattern of their own, of which few are kept`() throws {
  let snapshot = try Bundle.snapshot()
  let id = "it-system-microservices"
  let document = try #require(snapshot.catalog[id]).document
  for bins in 1...(TemplatePatterns.countMax + 3) {
    let grid: JSONObject = ["bins": .number(JSONNumber(bins))]
    #expect(try !check(id, grid, in: snapshot))
    #expect(document.patterns.count == min(bins, TemplatePatterns.countMax))
    let other: JSONObject = ["bins": .number(JSONNumber(bins)), "authCapacity": 281]
    #expect(try check(id, other, in: snapshot))
  }
  let weekly: JSONObject = ["binUnit": "weeks"]
  #expect(try !check(id, weekly, in: snapshot))
}

@Test func `warnings about names stand beside what a pattern writes, and others make none`() throws
{
  func snapshot(_ nodes: String) -> Snapshot {
    let text = """
      metadata: {id: demo, title: Demo, version: "1.0.0"}
      parameters: [{name: n, type: number, default: 7}]
      grid: {bins: 2, binSize: 1, binUnit: hours}
      nodes:
        - {id: first, kind: expr, expr: "${n}"}
        - {id: idle, kind: const, values: [1, 1]}
        \(nodes)
      outputs: [{series: first}]

      """
    return Snapshot(
      catalog: TemplateCatalog([TemplateCatalog.Entry(path: "demo.yaml", text: SourceText(text))]))
  }
  let named = snapshot("")
  #expect(try !check("demo", [:], in: named))
  #expect(try check("demo", ["n": 8], in: named))
  #expect(outcome(.id("demo"), ["n": 9], in: named)[2].contains("node-unused"))
  let doubtful = snapshot("- {id: zero, kind: expr, expr: first / 0}")
  #expect(try !check("demo", [:], in: doubtful))
  #expect(try !check("demo", ["n": 8], in: doubtful))
}

private func number(_ name: String, default value: UInt64) -> UInt64 {
  ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? value
}

/// All that a request brings, for comparison.
private struct Answer: Equatable {
  var model: [UInt8] = []
  /// With both hashes and the mode.
  var record = ""
  var diagnostics: [Diagnostic] = []
  var failure = ""

  init(_ request: GenerateModel.Request, in snapshot: Snapshot) {
    do {
      let result = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
      model = result.model.bytes
      record = JSONValue.object(result.provenance).text()
      diagnostics = result.diagnostics
    } catch .templateInvalid(_, let found) {
      (failure, diagnostics) = ("template", found)
    } catch .parametersInvalid(_, let found) {
      (failure, diagnostics) = ("parameters", found)
    } catch {
      failure = "\(error)"
    }
  }
}

@Test func `whatever template and values are, a pattern writes what would be made`() throws {
  let first = number("FLOWTIME_PATTERN_FIRST", default: 1)
  let count = number("FLOWTIME_PATTERN_COUNT", default: 80)
  // By whether a pattern wrote it.
  var counts = [true: 0, false: 0]
  var failureCount = 0
  for seed in first..<(first + count) {
    var template = RandomTemplate(seed: seed)
    let entry = TemplateCatalog.Entry(path: "demo.yaml", text: template.text)
    let snapshot = Snapshot(catalog: TemplateCatalog([entry]))
    _ = Answer(GenerateModel.Request(template: .id("demo")), in: snapshot)
    for _ in 0..<10 {
      var request = template.next()
      let isWritten =
        entry.document.openBinding(request.parameters).flatMap {
          entry.document.written($0.values, mode: request.mode, lint: request.lint)
        } != nil
      counts[isWritten, default: 0] += 1
      let warm = Answer(request, in: snapshot)
      request.template = .text(entry.document.text)
      let fresh = Answer(request, in: snapshot)
      if fresh.failure != "" { failureCount += 1 }
      guard warm != fresh else { continue }
      Issue.record(
        """
        \(JSONValue.object(request.parameters).text()), mode \("\(request.mode as Mode?)"), \(request.lint)
        \(template.text.string)
        \(warm)
        \(fresh)
        again with: FLOWTIME_PATTERN_FIRST=\(seed) FLOWTIME_PATTERN_COUNT=1 \
        swift test --filter 'whatever template and values are'
        """)
      return
    }
  }
  if count > 1_000 { print("\(counts), \(failureCount) failures") }
  guard count >= 50 else { return }
  // Both ways must have been taken often.
  let caseCount = counts.values.reduce(0, +)
  #expect(counts[true, default: 0] * 6 > caseCount, "\(counts)")
  #expect(failureCount * 5 > caseCount, "\(failureCount) of \(caseCount)")
}
