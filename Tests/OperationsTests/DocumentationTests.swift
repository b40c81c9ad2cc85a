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
