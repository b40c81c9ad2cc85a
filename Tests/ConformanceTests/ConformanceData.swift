import Foundation
import JSON
import TestSupport
import Testing

/// The public test data as tests read it.
///
/// Where there is none, each conformance test says so once and passes.
enum ConformanceData {
  static let root = ConformanceFolder.url

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
