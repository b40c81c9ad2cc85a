package import Foundation

/// The files of this package, for tests that read them.
package enum PackageFolder {
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// - Parameter path: from the root, with `/`.
  package static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Paths from the root of all files below a folder that end in `suffix`, sorted.
  package static func files(in folder: String, endingIn suffix: String = "") -> [String] {
    let start = root.appending(path: folder)
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: start.path)) ?? []
    return paths.filter { path in
      guard path.hasSuffix(suffix) else { return false }
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: start.appending(path: path).path)
      return attributes?[.type] as? FileAttributeType == .typeRegular
    }.map { folder.isEmpty ? $0 : folder + "/" + $0 }.sorted()
  }
}
