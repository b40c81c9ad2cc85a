import Foundation
import Platform
import Testing

/// A directory of one test's own, mode 0700, under a short path; it goes with its content when the value dies.
final class Scratch {
  let path: String

  init() throws {
    path = "/tmp/flowtime-test-" + String(UInt32.random(in: 0 ... .max), radix: 36)
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Everything in it, hidden files too.
  var names: [String] { (try? FileSystem.listDirectory(path)) ?? ["cannot be listed"] }

  /// The path of a thing in it, which need not exist.
  subscript(_ name: String) -> String { path + "/" + name }

  /// Writes a file without the code under test.
  @discardableResult
  func put(_ name: String, _ content: String = "old", mode: Int = 0o644) throws -> String {
    try Data(content.utf8).write(to: URL(fileURLWithPath: self[name]))
    try setMode(name, mode)
    return self[name]
  }

  @discardableResult
  func makeDirectory(_ name: String, mode: Int = 0o700) throws -> String {
    try FileManager.default.createDirectory(
      atPath: self[name], withIntermediateDirectories: true)
    try setMode(name, mode)
    return self[name]
  }

  @discardableResult
  func makeLink(_ name: String, to destination: String) throws -> String {
    try FileManager.default.createSymbolicLink(
      atPath: self[name], withDestinationPath: destination)
    return self[name]
  }

  func setMode(_ name: String, _ mode: Int) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self[name])
  }

  /// The content of a file, read without the code under test; nil where there is none.
  func content(_ name: String) -> String? {
    FileManager.default.contents(atPath: self[name]).map { String(decoding: $0, as: UTF8.self) }
  }

  func mode(_ name: String) throws -> UInt32? {
    try FileSystem.status(self[name], followingLinks: false)?.permissions
  }
}
