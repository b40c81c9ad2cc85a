import Foundation
import TestSupport
import Testing

/// The anchors of a page's headings, as GitHub makes them.
private func anchors(of text: String) -> Set<String> {
  var anchors: Set<String> = []
  var isInBlock = false
  for line in text.split(separator: "\n") {
    if line.hasPrefix("```") { isInBlock.toggle() }
    guard !isInBlock, line.hasPrefix("#") else { continue }
    let heading = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
    anchors.insert(
      String(
        heading.compactMap { character in
          if character == " " { return "-" }
          return character.isLetter || character.isNumber || character == "-" || character == "_"
            ? character : nil
        }))
  }
  return anchors
}

@Test func `every link in a page leads to a file and to a heading of it`() throws {
  let pages =
    ["README.md"] + PackageFolder.files(in: "docs", endingIn: ".md")
    + PackageFolder.files(in: "protocol", endingIn: ".md")
  var count = 0
  for page in pages {
    let text = try PackageFolder.text(page)
    let folder = page.split(separator: "/").dropLast().joined(separator: "/")
    for match in text.matches(of: /\]\(([^)\s]+)\)/) where !match.1.contains("://") {
      count += 1
      let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let path =
        parts[0].isEmpty ? page : folder.isEmpty ? String(parts[0]) : folder + "/" + parts[0]
      let url = PackageFolder.root.appending(path: path).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: url.path), "\(page): \(match.1)")
      if parts.count == 2, let target = try? String(contentsOf: url, encoding: .utf8) {
        #expect(anchors(of: target).contains(String(parts[1])), "\(page): \(match.1)")
      }
    }
  }
  #expect(count > 30)
}

@Test func `every page and section that code cites exists`() throws {
  let files = ["Sources", "Tests"].flatMap { PackageFolder.files(in: $0, endingIn: ".swift") }
  var cited: Set<String> = []
  for file in files {
    let lines = try PackageFolder.text(file).split(separator: "\n")
      .map { $0.drop { $0 == " " || $0 == "/" } }
    // A citation may go on in the next line of its comment.
    for match in lines.joined(separator: " ").matches(
      of: /(?:docs|protocol)\/[a-zA-Z\/_-]+\.md(?:, "[^"\\]+")?/)
    {
      cited.insert(String(match.0))
    }
  }
  #expect(cited.count > 10)
  for citation in cited {
    let parts = citation.split(separator: ", ", maxSplits: 1).map(String.init)
    let page = try? PackageFolder.text(parts[0])
    #expect(page != nil, "\(citation)")
    guard let page, parts.count == 2 else { continue }
    let section = parts[1].filter { $0 != "\"" }.lowercased()
    let headings = page.split(separator: "\n").filter { $0.hasPrefix("#") }
      .map { $0.drop { $0 == "#" || $0 == " " }.lowercased() }
    #expect(headings.contains(section), "\(citation)")
  }
}
