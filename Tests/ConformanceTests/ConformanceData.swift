import Foundation
import JSON
import Testing

/// The public test data: the folder in `FLOWTIME_CONFORMANCE`, or `../shared/conformance` beside the package.
///
/// Where there is none, each conformance test says so once and passes.
enum ConformanceData {
  static let root: URL? = {
    let folder: URL
    if let path = ProcessInfo.processInfo.environment["FLOWTIME_CONFORMANCE"], !path.isEmpty {
      folder = URL(fileURLWithPath: path, isDirectory: true)
    } else {
      let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      folder = package.deletingLastPathComponent().appending(path: "shared/conformance")
    }
    let marker = folder.appending(path: "README.md").path
    if FileManager.default.fileExists(atPath: marker) { return folder }
    print("notice: no conformance data in \(folder.path); set FLOWTIME_CONFORMANCE")
    return nil
  }()

  /// Whether there is any data.
  static var isPresent: Bool { root != nil }

  /// The names of the files of a folder, sorted; empty without data.
  static func names(in folder: String) throws -> [String] {
    guard let root else { return [] }
    return try FileManager.default
      .contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }

  /// The bytes of a file; empty without data.
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let root else { return [] }
    return [UInt8](try Data(contentsOf: root.appending(path: path)))
  }

  /// The lines of a file without their breaks; empty without data.
  static func lines(_ path: String) throws -> [String] {
    String(decoding: try bytes(path), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }

  /// The rows of a table, whose first line names the columns; empty without data.
  static func rows(_ path: String) throws -> [[String]] {
    try lines(path).dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The values of a file with one JSON text a line; empty without data.
  static func values(_ path: String) throws -> [JSONObject] {
    try lines(path).map { line in
      try #require(try JSONDocument.parse(Array(line.utf8)).root.objectValue)
    }
  }

  static func unhex(_ text: some StringProtocol) throws -> [UInt8] {
    let digits = Array(text.utf8)
    try #require(digits.count.isMultiple(of: 2))
    return try stride(from: 0, to: digits.count, by: 2).map { place in
      try #require(UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16))
    }
  }
}
