import FlowModel
import Foundation
import JSON
import Platform
import RunStore
import Synchronization

/// A data directory of one test's own; it goes when the value dies.
final class Folder: Sendable {
  let path: String

  init(
    named name: String = "/tmp/flowtime-runs-" + String(UInt32.random(in: 0 ... .max), radix: 36)
  ) throws {
    try FileManager.default.createDirectory(atPath: name, withIntermediateDirectories: false)
    path = try FileSystem.canonicalPath(name)
  }

  deinit { try? FileSystem.removeTree(path) }

  subscript(_ name: String) -> String { path + "/" + name }

  /// Runs and the index, without what is hidden.
  var names: [String] {
    ((try? FileSystem.listDirectory(path)) ?? ["cannot be listed"]).filter { !$0.hasPrefix(".") }
  }

  func put(_ name: String, _ content: String) throws {
    let parent = URL(fileURLWithPath: self[name]).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: URL(fileURLWithPath: self[name]))
  }

  func content(_ name: String) -> String? {
    FileManager.default.contents(atPath: self[name]).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A store whose clock stands and whose names count up.
  func store(
    at second: Int64 = 1_758_801_600,
    beforeStep: @escaping @Sendable (RunStore.Step, String) throws(SystemError) -> Void = {
      (_: RunStore.Step, _: String) throws(SystemError) in
    }
  ) throws -> RunStore {
    let time = Timestamp(seconds: second) ?? .epoch
    let count = Counter()
    return try RunStore(
      directory: path,
      surroundings: .init(now: { time }, suffix: { UInt32(count.next()) }, beforeStep: beforeStep))
  }
}

final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}

/// A small run, with a record of a template where one is named.
func smallRun(
  template: String? = nil, model: String? = nil, source: String = "flowtime-sim",
  text: String =
    "schemaVersion: 1\ngrid: {bins: 2, binSize: 1, binUnit: hours}\nnodes:\n- {id: demand, kind: const, values: [1, 2]}\n",
  camelCase: Bool = true
) -> FinishedRun {
  var record: JSONObject?
  if let model {
    record = ["source": .string(source), camelCase ? "modelId" : "model_id": .string(model)]
    if let template { record?[camelCase ? "templateId" : "template_id"] = .string(template) }
    record?["parameters"] = ["bins": 12]
  }
  return FinishedRun(
    model: Array(text.utf8), grid: .init(bins: 2, binSize: 1, binUnit: "hours"),
    series: [
      StoredSeries(
        id: "demand@DEMAND@DEFAULT", kind: "flow", componentID: "DEMAND", points: 2,
        csv: Array("bin_index,value\n0,1\n1,2\n".utf8))
    ], provenance: record)
}
