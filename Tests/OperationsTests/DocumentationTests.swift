import FlowModel
import Foundation
import JSON
import Operations
import Source
import Testing

/// The fenced blocks of a page in one language, in order.
private func blocks(_ language: String, of page: String) throws -> [String] {
  let text = try Bundle.text(page).string
  return text.components(separatedBy: "```\(language)\n").dropFirst().map { rest in
    rest.components(separatedBy: "```")[0]
  }
}

@Test func `the author's guide and the model reference show one and the same model`() throws {
  let listing = try #require(
    try blocks("yaml", of: "docs/guides/author.md").last { $0.contains("turned_away.csv") })
  let page = "docs/reference/model.md"
  let result = try GenerateModel.run(
    GenerateModel.Request(template: .text(SourceText(listing)), parameters: ["bins": 6]),
    in: Snapshot(), issuer: Bundle.noon)
  #expect(result.diagnostics == [])
  #expect(try blocks("yaml", of: page).contains(result.model.string), "\(result.model.string)")

  let record = try Bundle.json(try #require(try blocks("json", of: page).first))
  #expect(record == result.provenance)
  let hash = try #require(result.provenance["model_hash"]?.stringValue)
  #expect(try Bundle.text(page).string.contains("The hash of the model above is `\(hash)`"))
}

@Test func `every whole template of the author's guide is without errors`() throws {
  let listings = try blocks("yaml", of: "docs/guides/author.md").filter { $0.contains("metadata:") }
  #expect(listings.count == 3)
  for listing in listings {
    let result = try ValidateTemplate.run(
      .text(SourceText(listing)), parameters: [:], in: Snapshot())
    #expect(result.diagnostics == [])
  }
}

/// A template that grows by the snippets of a guide: each gives a key another value, or adds and replaces items by name.
private struct GrowingTemplate {
  private var keys: [String] = []
  private var heads: [String: String] = [:]
  private var items: [String: [(name: String, text: String)]] = [:]

  var text: String {
    keys.map { key in (heads[key] ?? "\(key):\n") + (items[key] ?? []).map(\.text).joined() }
      .joined()
  }

  mutating func apply(_ snippet: String) {
    var key: String?
    var item: Int?
    for line in snippet.split(separator: "\n").map({ $0 + "\n" }) {
      if line.first != " ", line.first != "#" {
        let name = String(line.prefix { $0 != ":" })
        (key, item) = (name, nil)
        heads[name] = String(line)
        if !keys.contains(name) { keys.append(name) }
      } else if line.hasPrefix("  - ") {
        let list = key ?? (line.hasPrefix("  - name:") ? "parameters" : "nodes")
        let place = items[list]?.firstIndex { $0.name == line } ?? items[list]?.count ?? 0
        if place == items[list]?.count ?? 0 { items[list, default: []].append((String(line), "")) }
        items[list]?[place].text = String(line)
        (key, item) = (list, place)
        if !keys.contains(list) { keys.append(list) }
      } else if let key, let item {
        items[key]?[item].text += line
      } else if let key {
        heads[key]? += line
      }
    }
  }
}

@Test func `what each section of the author's guide shows is without findings`() throws {
  let guide = try Bundle.text("docs/guides/author.md").string
  var template = GrowingTemplate()
  for section in guide.components(separatedBy: "\n## ").dropFirst().prefix(4) {
    for rest in section.components(separatedBy: "```yaml\n").dropFirst() {
      template.apply(rest.components(separatedBy: "```")[0])
    }
    let result = try ValidateTemplate.run(
      .text(SourceText(template.text)), parameters: [:], in: Snapshot())
    #expect(result.diagnostics == [], "\(section.prefix(30)): \(template.text)")
  }
}
