import EngineHTTP
import EngineOperations
import Foundation
import JSON
import TestSupport
import Testing

private let path = "docs/reference/http.md"

/// A request of the page and the answer below it.
private struct Example {
  let request: String
  let status: Int
  let isJSON: Bool
  let answer: String
  /// Of the answer in the page.
  let range: Range<String.Index>

  static func all(in page: String) -> [Example] {
    page.matches(of: /```http\n((?:[^`]|`[^`])*?)```\n\n```(json|csv) (\d+)\n((?:[^`]|`[^`])*?)```/)
      .map {
        Example(
          request: String($0.1), status: Int($0.3) ?? 0, isJSON: $0.2 == "json",
          answer: String($0.4), range: $0.4.startIndex..<$0.4.endIndex)
      }
  }

  /// Asks, and writes the answer as the page has it.
  func answer(of exchange: Exchange) throws -> String {
    let parts = request.split(separator: "\n\n", maxSplits: 1)
    let lines = try #require(parts.first).split(separator: "\n").map(String.init)
    let start = lines[0].split(separator: " ").map(String.init)
    let reply = try exchange.send(
      start[0], start[1], Array(lines.dropFirst()), parts.count > 1 ? String(parts[1]) : "")
    #expect(reply.status == status, "\(request)")
    // The disk has a clock of its own.
    let text = reply.body.replacing(exchange.path, with: "/data").replacing(
      /"lastModified":"[^"]*"/, with: #""lastModified":"2025-09-25T12:00:00Z""#)
    guard isJSON else { return text }
    let value = try JSONDocument.parse(Array(text.utf8)).root
    return String(decoding: value.serialized(.pretty), as: UTF8.self) + "\n"
  }
}

/// With `FLOWTIME_UPDATE_GOLDEN=1` the answers are written anew, and the test still fails.
@Test func `the answers of the page are those that are given`() throws {
  var page = try PackageFolder.text(path)
  let exchange = try Exchange()
  let examples = Example.all(in: page)
  #expect(examples.count >= 15)
  var answers: [String] = []
  for example in examples {
    answers.append(try example.answer(of: exchange))
    #expect(answers.last == example.answer, "\(example.request)")
  }
  guard ProcessInfo.processInfo.environment["FLOWTIME_UPDATE_GOLDEN"] == "1" else { return }
  for (example, answer) in zip(examples, answers).reversed() {
    page.replaceSubrange(example.range, with: answer)
  }
  try page.write(
    to: PackageFolder.root.appending(path: path), atomically: true, encoding: .utf8)
}

@Test func `the page has every filter`() throws {
  let section = try #require(
    try PackageFolder.text(path).split(separator: "### Filters\n").last)
  for name in ListArtifacts.parameters { #expect(section.contains("`\(name)`"), "\(name)") }
}

@Test func `the page has every bound of a model`() throws {
  let page = try PackageFolder.text(path)
  for name in Mirror(reflecting: RunLimits()).children.compactMap(\.label) {
    #expect(page.contains("| `\(name)` |"), "\(name)")
  }
}
