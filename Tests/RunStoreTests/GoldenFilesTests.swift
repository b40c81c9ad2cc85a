import FlowModel
import Foundation
import JSON
import RunStore
import TestSupport
import Testing

/// The folders of the golden data that hold the files of a run.
private let folders = GoldenFolder.models.filter {
  FileManager.default.fileExists(atPath: $0.appending(path: "index.json").path)
}

private func bytes(_ folder: URL, _ name: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: folder.appending(path: name)))
}

private func object(_ folder: URL, _ name: String) throws -> JSONObject {
  try #require(try JSONDocument.parse(bytes(folder, name)).root.objectValue)
}

/// A run as an evaluation gives it: numbers from the CSV files, words from the index.
private func run(_ folder: URL) throws -> FinishedRun {
  let index = try object(folder, "index.json")
  let text = { (item: JSONValue, name: String) in item.objectValue?[name]?.stringValue ?? "" }
  let grid = try #require(index["grid"]?.objectValue)
  return FinishedRun(
    model: try bytes(folder, "model.yaml"),
    grid: .init(
      bins: grid["bins"]?.numberValue?.integer ?? 0,
      binSize: grid["binSize"]?.numberValue?.integer ?? 0,
      binUnit: grid["binUnit"]?.stringValue ?? ""),
    classes: (index["classes"]?.arrayValue ?? []).map {
      .init(
        id: text($0, "id"), displayName: text($0, "displayName"),
        description: text($0, "description"))
    },
    series: try (index["series"]?.arrayValue ?? []).map {
      StoredSeries(
        id: text($0, "id"), kind: text($0, "kind"), unit: text($0, "unit"),
        componentID: text($0, "componentId"), classID: text($0, "class"),
        points: grid["bins"]?.numberValue?.integer ?? 0, csv: try bytes(folder, text($0, "path")))
    },
    warnings: (try object(folder, "run.json")["warnings"]?.arrayValue ?? []).map {
      .init(
        nodeID: text($0, "nodeId"), code: text($0, "code"), message: text($0, "message"),
        severity: text($0, "severity"))
    })
}

@Test(arguments: folders)
func `the files of a run in the file form are those of the golden data`(folder: URL) throws {
  let time = try #require(Timestamp(seconds: 1_758_801_600))
  let made = RunFiles.fileForm(try run(folder), at: time)
  for (path, golden) in [
    ("series/index.json", "index.json"), ("run.json", "run.json"),
    ("manifest.json", "manifest.json"), ("spec.yaml", "spec.yaml"),
    ("model/model.yaml", "model.yaml"),
  ] {
    let file = try #require(made.files.first { $0.path == path })
    let text = String(decoding: file.bytes, as: UTF8.self)
      .replacingOccurrences(of: time.rfc3339, with: "<timestamp>")
    #expect(text == String(decoding: try bytes(folder, golden), as: UTF8.self), "\(path)")
  }
}
