import Foundation
import JSON
import Platform
import RunStore
import Testing

/// How often this thread has asked the system to read so far.
private func readCount() throws -> Int {
  let text = try FileSystem.readFile("/proc/thread-self/io", lengthMax: 1 << 12)
  let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first {
    $0.hasPrefix("syscr: ")
  }
  return try #require(line.flatMap { Int($0.dropFirst(7)) })
}

/// Makes runs up to this number, without a store.
private func fill(_ folder: Folder, _ numbers: Range<Int>) throws {
  for number in numbers {
    let name = "run_20250101T120000Z_" + String(10_000_000 + number)
    try FileSystem.makeNewDirectory(folder[name])
    for (file, text) in [
      ("manifest.json", "{\"provenance\":{\"modelId\":\"m\(number)\"}}"),
      ("spec.yaml", "nodes: []\n"),
    ] {
      try FileSystem.writeNewFile(Array(text.utf8), to: folder[name + "/" + file])
    }
  }
}

@Test(.enabled(if: FileSystem.exists("/proc/thread-self/io")))
func `to rebuild reads each run as often, however many there are, and a start reads none`() throws {
  let folder = try Folder()
  var counts: [Int] = []
  for step in 0..<3 {
    try fill(folder, step * 150..<(step + 1) * 150)
    let store = try folder.store()
    let before = try readCount()
    try store.rebuild()
    counts.append(try readCount() - before)
    #expect(try store.entries().count == (step + 1) * 150)
  }
  // The index that is written is not read again, so that nothing else grows.
  #expect(counts[2] - counts[1] == counts[1] - counts[0])
  #expect(counts[1] - counts[0] >= 2 * 150)

  let before = try readCount()
  let store = try folder.store()
  let start = try readCount() - before
  #expect(try store.entries().count == 450)
  // The index, in pieces.
  #expect(start < 20)
}

@Test func `a query for a field looks at both spellings and takes nothing that is only alike`()
  throws
{
  let folder = try Folder()
  try folder.put(
    "run_20250101T000000Z_aaaaaaaa/manifest.json",
    "{\"provenance\":{\"templateId\":\"t\",\"n\":1},\"note\":\"t\"}")
  try folder.put(
    "run_20250102T000000Z_bbbbbbbb/manifest.json",
    "{\"provenance\":{\"template\":\"Idt\"},\"templateId\":\"u\"}")
  try folder.put("run_20250103T000000Z_cccccccc/manifest.json", "{\"templateId\":\"t\"}")
  let store = try folder.store()
  func found(_ name: String, _ value: String) throws -> [String] {
    try store.answer(RunQuery(parameters: [(name, value)])).entries.map { String($0.id.suffix(1)) }
  }
  #expect(try found("templateId", "t") == ["a"])
  #expect(try found("metadata.note", "t") == ["a"])
  #expect(try found("metadata.template_id", "u") == ["b"])
  #expect(try found("metadata.n", "1") == [])
  #expect(try found("metadata.template", "Idt") == ["b"])
}

@Test(.enabled(if: FileSystem.exists("/proc/thread-self/io")))
func `the index of a run is read once for all of its series that are read`() throws {
  let folder = try Folder()
  let store = try folder.store()
  var run = smallRun()
  run.series = (0..<20).map {
    StoredSeries(
      id: "s\($0)@S\($0)@DEFAULT", kind: "flow", componentID: "S\($0)", points: 1,
      csv: Array("bin_index,value\n0,\($0)\n".utf8))
  }
  let id = try store.store(run).id
  var counts: [Int] = []
  for count in [0, 10, 20] {
    let before = try readCount()
    let series = try store.firstSeries(count, of: id)
    counts.append(try readCount() - before)
    #expect(series.map(\.csv) == run.series.prefix(count).map(\.csv))
  }
  // Each file and its end.
  #expect(counts[2] - counts[1] == 20 && counts[1] - counts[0] == 20)
}
