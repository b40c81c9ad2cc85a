import Foundation

/// A file beside a test that holds what the test must produce, byte for byte.
///
/// With `FLOWTIME_UPDATE_GOLDEN=1` the file is written anew and the comparison still fails: an update is never a pass.
package enum Golden {
  /// - Parameters:
  ///   - name: the file's name in the folder `Golden` beside the test's file.
  ///   - testFile: the test's own path.
  /// - Returns: what is different, or nil where nothing is.
  package static func difference(
    _ bytes: [UInt8], _ name: String, besides testFile: String = #filePath
  ) -> String? {
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .appendingPathComponent("Golden")
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["FLOWTIME_UPDATE_GOLDEN"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return "Golden/\(name) was written; run again without FLOWTIME_UPDATE_GOLDEN"
      } catch {
        return "Golden/\(name) cannot be written: \(error)"
      }
    }
    guard let data = try? Data(contentsOf: file) else {
      return "there is no Golden/\(name); run with FLOWTIME_UPDATE_GOLDEN=1 and read what it writes"
    }
    return firstDifference(Array(data), bytes).map { "Golden/\(name), \($0)" }
  }

  /// The first line that differs, both ways.
  private static func firstDifference(_ expected: [UInt8], _ actual: [UInt8]) -> String? {
    if expected == actual { return nil }
    let old = expected.split(separator: 0x0A, omittingEmptySubsequences: false)
    let new = actual.split(separator: 0x0A, omittingEmptySubsequences: false)
    for line in 0..<max(old.count, new.count) {
      let before = line < old.count ? String(decoding: old[line], as: UTF8.self) : "(end)"
      let after = line < new.count ? String(decoding: new[line], as: UTF8.self) : "(end)"
      if before.utf8.elementsEqual(after.utf8) { continue }
      return "line \(line + 1): expected \(before.debugDescription), got \(after.debugDescription)"
    }
    return "other bytes in the same lines"
  }
}
