import Foundation

/// A directory for one test, gone when `body` is done.
struct TemporaryDirectory {
  let path: String

  /// Gives `body` an empty directory. Its path is short enough for a socket.
  static func make<Answer>(_ body: (TemporaryDirectory) throws -> Answer) throws -> Answer {
    let name = "ft-" + String(UInt32.random(in: 0 ... .max), radix: 36)
    let directory = TemporaryDirectory(path: "/tmp/" + name)
    try FileManager.default.createDirectory(
      atPath: directory.path, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    return try body(directory)
  }

  func path(_ name: String) -> String { path + "/" + name }

  /// The names in it, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: path(name)))
    return path(name)
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try read(name), as: UTF8.self)
  }
}
