import HTTP
import TestSupport
import Testing

/// The first cells of a table, with the second where it says more.
private func rows(_ heading: String) throws -> [[String]] {
  let text = try PackageFolder.text("docs/reference/http.md")
  let section = try #require(text.split(separator: "\n## ").first { $0.hasPrefix(heading + "\n") })
  return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
    row.split(separator: "|").prefix(2).map { $0.trimmingPrefix(" ").filter { $0 != "`" } }
      .map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
  }
}

@Test func `the page of HTTP has every refusal with its status`() throws {
  let refusals = RequestFailure.allCases.map { [$0.rawValue, String($0.status.rawValue)] }
  #expect(try rows("What is refused") == refusals)
}

@Test func `the page of HTTP has every limit`() throws {
  let limits = Mirror(reflecting: HTTPLimits()).children.compactMap(\.label)
  #expect(try rows("Limits").compactMap(\.first) == limits)
}
