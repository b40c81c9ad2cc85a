import Foundation
import Source
import Testing
import YAML

/// The public YAML test suite, as it lies in `yaml/cases` of the conformance folder.
private enum Suite {
  /// `FLOWTIME_CONFORMANCE`, or `../shared/conformance` beside the package.
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["FLOWTIME_CONFORMANCE"] {
      return URL(fileURLWithPath: path)
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/conformance")
  }()

  /// The names of all cases, sorted; empty, with a notice, where the data is absent.
  static let cases: [String] = {
    let cases = folder.appendingPathComponent("yaml/cases").path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: cases) else {
      print("notice: no YAML conformance data in \(cases); set FLOWTIME_CONFORMANCE")
      return []
    }
    return names.sorted()
  }()

  static func bytes(_ name: String, _ file: String) -> [UInt8]? {
    let url = folder.appendingPathComponent("yaml/cases/\(name)/\(file)")
    return (try? Data(contentsOf: url)).map { Array($0) }
  }
}

private func events(_ tree: YAMLTree) -> String {
  tree.events.map { $0.description + "\n" }.joined()
}

/// Asserts what holds for every tree, whatever its text.
private func checkLossless(_ tree: YAMLTree, _ name: String) {
  var offset = 0
  for token in tree.tokens {
    #expect(token.range.start == offset, "\(name): a gap or overlap at byte \(offset)")
    #expect(!token.range.isEmpty, "\(name): an empty token at byte \(offset)")
    offset = token.range.end
  }
  #expect(offset == tree.text.count, "\(name): the tokens end at byte \(offset)")
}

@Test(arguments: Suite.cases)
func `a case of the YAML suite has its events, or is refused`(name: String) throws {
  let tree = YAMLTree(parsing: SourceText(try #require(Suite.bytes(name, "in.yaml"))))
  checkLossless(tree, name)
  if Suite.bytes(name, "error") != nil {
    #expect(tree.diagnostics.hasErrors, "\(name) must be refused")
    return
  }
  #expect(tree.diagnostics.isEmpty, "\(name)")
  let expected = String(decoding: try #require(Suite.bytes(name, "test.event")), as: UTF8.self)
  #expect(events(tree) == expected, "\(name)")
  for token in tree.tokens {
    #expect(token.kind != .invalid, "\(name): \(token.range) is no token")
  }
}

@Test(arguments: Suite.cases)
func `a case of the YAML suite is written so that it reads back the same`(name: String) throws {
  let tree = YAMLTree(parsing: SourceText(try #require(Suite.bytes(name, "in.yaml"))))
  let written = YAMLTree(parsing: SourceText(tree.emitted()))
  if Suite.bytes(name, "error") == nil { #expect(events(written) == events(tree), "\(name)") }
  #expect(written.diagnostics.allSatisfy { $0.code != .yamlSyntax }, "\(name)")
}

@Test(arguments: Suite.cases)
func `a case of the YAML suite has the values of its JSON`(name: String) throws {
  guard let expected = Suite.bytes(name, "in.json"), Suite.bytes(name, "error") == nil else {
    return
  }
  let tree = YAMLTree(parsing: SourceText(try #require(Suite.bytes(name, "in.yaml"))))
  var reader = JSONReader(bytes: expected)
  #expect(try tree.documents.map { Plain($0) } == reader.all(), "\(name)")
}

@Test(arguments: Suite.cases)
func `what another writer made of a case has the same values`(name: String) throws {
  guard let other = Suite.bytes(name, "out.yaml"), Suite.bytes(name, "in.json") != nil else {
    return
  }
  let tree = YAMLTree(parsing: SourceText(try #require(Suite.bytes(name, "in.yaml"))))
  let written = YAMLTree(parsing: SourceText(other))
  #expect(written.diagnostics.isEmpty, "\(name)")
  #expect(written.documents.map { Plain($0) } == tree.documents.map { Plain($0) }, "\(name)")
}

/// A value as JSON has it: what a YAML node and a JSON text are compared as.
private indirect enum Plain: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([Plain])
  case object([String: Plain])

  init(_ node: YAMLNode) {
    switch node.kind {
    case .alias: self = node.target.map { Plain($0) } ?? .null
    case .sequence: self = .array(node.items.map { Plain($0) })
    case .mapping:
      self = .object(
        Dictionary(
          node.entries.map { ($0.key.target?.string ?? $0.key.string, Plain($0.value)) },
          uniquingKeysWith: { $1 }))
    case .scalar:
      let isPlain = node.style == .plain && node.tag == nil
      let isTyped = node.tag.map {
        !$0.hasSuffix(":str") && $0 != "!" && $0.hasPrefix("tag:yaml.org")
      }
      guard isPlain || isTyped == true else {
        self = .string(node.string)
        return
      }
      switch CoreScalar(plain: node.string) {
      case .null: self = .null
      case .bool(let value): self = .bool(value)
      case .integer, .float: self = Plain.number(of: node.string)
      case .string: self = .string(node.string)
      }
    }
  }

  private static func number(of text: String) -> Plain {
    if text.hasPrefix("0x") { return .number(Double(Int(text.dropFirst(2), radix: 16) ?? 0)) }
    if text.hasPrefix("0o") { return .number(Double(Int(text.dropFirst(2), radix: 8) ?? 0)) }
    return Double(text).map { .number($0) } ?? .string(text)
  }
}

/// Reads the JSON texts of the suite, several in one file.
private struct JSONReader {
  struct Failure: Error {
    let offset: Int
  }

  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func all() throws -> [Plain] {
    var values: [Plain] = []
    skipSpace()
    while offset < bytes.count {
      values.append(try value())
      skipSpace()
    }
    return values
  }

  private mutating func skipSpace() {
    while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
  }

  private mutating func value() throws -> Plain {
    skipSpace()
    guard offset < bytes.count else { throw Failure(offset: offset) }
    switch bytes[offset] {
    case UInt8(ascii: "["):
      return .array(try list(closing: "]") { try $0.value() })
    case UInt8(ascii: "{"):
      let members = try list(closing: "}") { reader in
        guard case .string(let key) = try reader.value() else {
          throw Failure(offset: reader.offset)
        }
        reader.skipSpace()
        reader.offset += 1
        return (key, try reader.value())
      }
      return .object(Dictionary(members, uniquingKeysWith: { $1 }))
    default:
      let start = offset
      if bytes[offset] == UInt8(ascii: "\"") {
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
          offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset += 1
      } else {
        while offset < bytes.count, !",]} \n\r\t".utf8.contains(bytes[offset]) { offset += 1 }
      }
      return try scalar(Data(bytes[start..<offset]))
    }
  }

  private mutating func list<Item>(
    closing: Unicode.Scalar, _ item: (inout JSONReader) throws -> Item
  ) throws -> [Item] {
    var items: [Item] = []
    offset += 1
    while true {
      skipSpace()
      guard offset < bytes.count else { throw Failure(offset: offset) }
      if bytes[offset] == UInt8(ascii: closing) { break }
      if bytes[offset] == UInt8(ascii: ",") { offset += 1 }
      items.append(try item(&self))
    }
    offset += 1
    return items
  }

  private func scalar(_ text: Data) throws -> Plain {
    switch String(decoding: text, as: UTF8.self) {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: break
    }
    let value = try JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed)
    if let string = value as? String { return .string(string) }
    guard let number = value as? NSNumber else { throw Failure(offset: offset) }
    return .number(number.doubleValue)
  }
}
