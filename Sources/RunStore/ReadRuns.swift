import FlowModel
package import JSON
import Platform

extension RunStore {
  /// One series of a stored run.
  package struct Series: Hashable, Sendable {
    /// What series/index.json says of it.
    package let entry: JSONObject
    package let csv: [UInt8]
  }

  /// The longest file of a run that is read.
  private static let fileLengthMax = 256 << 20

  package func record(of run: String) throws(RunStoreFailure) -> JSONObject {
    try Self.object(try existing(run) + "/run.json", Self.fileLengthMax)
  }

  package func manifest(of run: String) throws(RunStoreFailure) -> JSONObject {
    try Self.object(try existing(run) + "/manifest.json", Self.fileLengthMax)
  }

  package func seriesIndex(of run: String) throws(RunStoreFailure) -> JSONObject {
    try Self.object(try folder("series", of: run) + "/index.json", Self.fileLengthMax)
  }

  /// The model as it was run.
  package func model(of run: String) throws(RunStoreFailure) -> [UInt8] {
    try read(try folder("model", of: run) + "/model.yaml")
  }

  /// - Returns: nil for a run without a record.
  package func provenance(of run: String) throws(RunStoreFailure) -> JSONObject? {
    let directory = try existing(run)
    for path in [directory + "/model/provenance.json", directory + "/provenance.json"] {
      // A link in place of the folder must not lead out of the run.
      if path.hasSuffix("/model/provenance.json"), Self.kind(directory + "/model") != .directory {
        continue
      }
      if Self.kind(path) != nil { return try Self.object(path, Self.fileLengthMax) }
    }
    return nil
  }

  /// - Parameter name: `served@SERVED@DEFAULT`, or `served` for the first series that begins so.
  package func series(_ name: String, of run: String) throws(RunStoreFailure) -> Series {
    let entries = try seriesEntries(of: run)
    let found =
      entries.first { Self.id(of: $0).utf8.elementsEqual(name.utf8) }
      ?? entries.first { Self.id(of: $0).utf8.starts(with: (name + "@").utf8) }
    guard let found, !name.isEmpty else { throw .seriesMissing(id: name, run: run) }
    return try series(found, in: try folder("series", of: run))
  }

  /// The first series of a run in the order of its index, which is read once for all of them.
  package func firstSeries(_ countMax: Int, of run: String) throws(RunStoreFailure) -> [Series] {
    let entries = try seriesEntries(of: run)
    let folder = try folder("series", of: run)
    var all: [Series] = []
    for entry in entries.prefix(countMax) { all.append(try series(entry, in: folder)) }
    return all
  }

  private func seriesEntries(of run: String) throws(RunStoreFailure) -> [JSONObject] {
    (try seriesIndex(of: run)["series"]?.arrayValue ?? []).compactMap(\.objectValue)
  }

  private func series(
    _ entry: JSONObject, in folder: String
  ) throws(RunStoreFailure) -> Series {
    let file = Self.id(of: entry) + ".csv"
    guard FileName.isPlain(file) else { throw .nameInvalid(Self.id(of: entry)) }
    return Series(entry: entry, csv: try read(folder + "/" + file))
  }

  private static func id(of entry: JSONObject) -> String { entry["id"]?.stringValue ?? "" }

  /// A file that stands directly in the directory of a run.
  package func file(_ name: String, of run: String) throws(RunStoreFailure) -> [UInt8] {
    guard FileName.isPlain(name) else { throw .nameInvalid(name) }
    let path = try existing(run) + "/" + name
    guard Self.kind(path) == .regular else { throw .fileMissing(name: name, run: run) }
    return try read(path)
  }

  private func read(_ path: String) throws(RunStoreFailure) -> [UInt8] {
    do {
      return try FileSystem.readFile(
        path, lengthMax: Self.fileLengthMax, regularOnly: true, followingLinks: false)
    } catch {
      throw .file(error)
    }
  }

  /// The directory of a run, also of one that the index does not list since its name is of another form.
  func existing(_ run: String) throws(RunStoreFailure) -> String {
    guard run.utf8.starts(with: "run_".utf8), FileName.isPlain(run),
      let status = try? FileSystem.status(path(run), followingLinks: false),
      status.kind == .directory
    else { throw .runMissing(id: run) }
    notice(run, status)
    return path(run)
  }

  private func folder(_ name: String, of run: String) throws(RunStoreFailure) -> String {
    let path = try existing(run) + "/" + name
    guard let kind = Self.kind(path) else { throw .fileMissing(name: name, run: run) }
    guard kind == .directory else {
      throw .damaged(path: path, why: "it is not a directory")
    }
    return path
  }

  /// Without following a link.
  private static func kind(_ path: String) -> FileKind? {
    (try? FileSystem.status(path, followingLinks: false))?.kind
  }
}
