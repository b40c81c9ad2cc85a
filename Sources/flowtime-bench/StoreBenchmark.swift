import Engine
import FlowModel
import JSON
import Platform
import RunStore
import Source

/// Runs stored and asked for in a directory on disk.
enum StoreBenchmark {
  static let names = [
    "run", "store", "store-large", "store-small", "store-list", "store-query", "store-until-killed",
  ]

  private static let usage = """
    flowtime-bench store DIR [RUNS]                  measures, and leaves RUNS runs
    flowtime-bench run MODEL DIR                     from a model's text to files on disk
    flowtime-bench store-large DIR COUNT             one run of 200 nodes, COUNT times
    flowtime-bench store-small DIR COUNT             100 runs of 10 nodes, COUNT times
    flowtime-bench store-list DIR                    prints ids, and notices to standard error
    flowtime-bench store-query DIR NAME=VALUE COUNT  asks COUNT times
    flowtime-bench store-until-killed DIR NAME [GROUPS]  prints the id of each run that is answered
    """

  static func run(_ words: [String]) throws {
    let count = words.last.flatMap { Int($0) }
    switch (words.first, words.count) {
    case ("run", 3):
      let text = SourceText(try FileSystem.readFile(words[1], lengthMax: 1 << 30))
      print(try RunStore(directory: words[2]).store(try finished(text)).id)
    case ("store", 2...3): try measure(words[1], runs: count ?? 10_000)
    case ("store-large", 3):
      let store = try RunStore(directory: words[1])
      let run = try finished(EngineModels.large(bins: 288))
      for _ in 0..<(count ?? 1) { _ = try store.store(run) }
    case ("store-small", 3):
      let store = try RunStore(directory: words[1])
      for _ in 0..<(count ?? 1) { _ = try store.store(try group(of: 100)) }
    case ("store-list", 2):
      let store = try RunStore(directory: words[1])
      for entry in try store.entries() { print(entry.id) }
      for notice in store.notices {
        try StandardStream.error.writeAll(Array((notice.message + "\n").utf8).span)
      }
    case ("store-query", 4):
      let store = try RunStore(directory: words[1])
      let parts = words[2].split(separator: "=").map(String.init)
      guard parts.count == 2 else { throw Failure(usage) }
      let query = RunQuery(parameters: [(parts[0], parts[1])])
      for _ in 0..<(count ?? 1) { _ = try store.answer(query).total }
    case ("store-until-killed", 3...4):
      try storeUntilKilled(words[1], words[2], groups: words.count == 4 ? count ?? 0 : .max)
    default: throw Failure(usage)
    }
  }

  private static func group(of size: Int, record: JSONObject = record(0)) throws -> [FinishedRun] {
    try (0..<size).map { _ throws -> FinishedRun in
      try finished(EngineModels.small, record: record)
    }
  }

  /// What an engine hands to a store.
  static func finished(_ text: SourceText, record: JSONObject? = nil) throws -> FinishedRun {
    let (plan, findings) = Plan.compile(ModelDocument(text))
    guard let result = plan?.evaluate() else {
      throw Failure(findings.first?.message ?? "no result")
    }
    return FinishedRun(
      model: Array(text.bytes),
      grid: .init(
        bins: result.grid.bins, binSize: result.grid.binSize, binUnit: result.grid.binUnit),
      classes: result.classes.map {
        .init(id: $0.id, displayName: $0.displayName, description: $0.description)
      },
      series: result.series.map {
        StoredSeries(
          id: $0.id, kind: $0.kind.rawValue, unit: $0.unit, componentID: $0.componentID,
          classID: $0.classLabel, points: $0.values.count, csv: $0.csv)
      },
      warnings: result.warnings.map {
        .init(nodeID: $0.nodeID, code: $0.code, message: $0.message, severity: $0.severity)
      }, provenance: record)
  }

  private static func record(_ number: Int) -> JSONObject {
    [
      "source": "flowtime-sim", "modelId": .string("model_\(number)"),
      "templateId": .string("template_\(number % 100)"), "templateVersion": "1.0.0",
      "generatedAt": "2026-11-23T00:00:00Z", "parameters": ["rate": .number(JSONNumber(number))],
    ]
  }

  private static func measure(_ directory: String, runs: Int) throws {
    let large = try finished(EngineModels.large(bins: 288))
    let store = try RunStore(directory: directory)
    try times("one run of 200 nodes x 288 bins, \(large.series.count) series", 9) {
      _ = try store.store(large)
    }
    try times("the same, files as bytes", 9) {
      _ = RunFiles.storeForm(large, runID: "run", at: .epoch).files.count
    }
    for size in [1, 10, 100] {
      try times("group of \(size), 10 nodes x 24 bins, evaluated and stored", 9, each: size) {
        _ = try store.store(try group(of: size))
      }
    }
    var count = 0
    let one = try finished(EngineModels.small)
    while count < runs {
      _ = try store.store(
        (0..<100).map { offset in
          var run = one
          run.provenance = record(count + offset)
          return run
        })
      count += 100
    }
    try store.flush()
    try times("start with \(count) runs", 9) { _ = try RunStore(directory: directory) }
    for (name, value) in [("templateId", "template_7"), ("model_id", "model_77"), ("source", "x")] {
      let query = RunQuery(parameters: [(name, value)])
      try times("query \(name)=\(value)", 15) { _ = try store.answer(query).total }
    }
    let search = RunQuery(parameters: [("search", "model_77")])
    try times("query search=model_77", 15) { _ = try store.answer(search).total }
    try times("all that there are, newest 50", 15) { _ = try store.answer(RunQuery()).total }
    try times("rebuild", 3) { try store.rebuild() }
  }

  private static func times(_ name: String, _ rounds: Int, each: Int = 1, _ body: () throws -> Void)
    throws
  {
    var times: [Double] = []
    for _ in 0..<rounds {
      let start = SystemClock.monotonic()
      try body()
      times.append((SystemClock.monotonic() - start) / .milliseconds(1) / Double(each))
    }
    times.sort()
    print("\(name): median \(times[rounds / 2]) ms, fastest \(times[0]) ms")
  }

  /// Stores groups of 1, 3 and 10 runs in turns, and says which are stored once they are.
  private static func storeUntilKilled(_ directory: String, _ name: String, groups: Int) throws {
    let store = try RunStore(directory: directory)
    var count = 0
    while count < groups {
      let runs = try group(
        of: [1, 3, 10][count % 3],
        record: ["modelId": .string(name), "source": "flowtime-bench"])
      let lines = try store.store(runs).map { $0.id + "\n" }.joined()
      try StandardStream.output.writeAll(Array(lines.utf8).span)
      if count % 7 == 6 { try store.flush() }
      count += 1
    }
  }
}
