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
