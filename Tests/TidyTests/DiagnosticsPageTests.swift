import Engine
import FlowModel
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing
import YAML

/// A section of docs/reference/diagnostics.md.
private struct Page {
  let code: String
  let severity: String?
  /// The kind of text that the example is, as its block says: `template`, `model`, `newest`, `run`, with or without `whole`.
  let kind: Substring?
  let example: Substring
  let parameters: Substring?

  static func text() throws -> String { try PackageFolder.text("docs/reference/diagnostics.md") }

  static func all() throws -> [Page] {
    try text().split(separator: "\n### ").dropFirst().map { section in
      let example = section.firstMatch(of: /```yaml ([a-z ]+)\n([^`]*)```/)
      return Page(
        code: String(section.prefix { $0 != "\n" }),
        severity: section.firstMatch(of: /\*\*(Error|Warning)\.\*\*/).map { String($0.1) },
        kind: example?.1, example: example?.2 ?? "",
        parameters: section.firstMatch(of: /```json parameters\n([^`]*)```/)?.1)
    }
  }

  /// The example with the rest of a document around it.
  func text(around sections: [(key: Substring, text: Substring)]) -> String {
    guard kind?.hasSuffix("whole") != true else { return String(example) }
    let keys = example.matches(of: /(?m)^([a-zA-Z]+):/).map(\.1)
    var kept = sections.filter { !keys.contains($0.key) }
    if kind == "model" || kind == "run" {
      kept.removeAll { $0.key == "metadata" }
      if !keys.contains("schemaVersion") { kept.append(("", "schemaVersion: 1\n")) }
    }
    return kept.map(\.text).joined() + example
  }
}

/// A document without findings, by top-level key: `template`, or `newest` of the newest level.
private func sections(_ kind: String = "template") throws -> [(key: Substring, text: Substring)] {
  let block = try Regex<(Substring, Substring)>("```yaml \(kind) whole\\n([^`]*)```")
  let text = try #require(try Page.text().firstMatch(of: block)).1
  return text.matches(of: /(?m)^([a-zA-Z]+):.*\n(?: .*\n)*/).map { ($0.1, $0.0) }
}

private func findings(_ page: Page, _ text: String) throws -> [Diagnostic] {
  if page.kind?.hasPrefix("model") == true { return ValidateModel.run(SourceText(text)) }
  if page.kind?.hasPrefix("run") == true {
    return Plan.compile(ModelDocument(SourceText(text))).findings
  }
  let parameters = try page.parameters.map {
    try #require(try JSONDocument.parse(Array($0.utf8)).root.objectValue)
  }
  return try ValidateTemplate.run(
    .text(SourceText(text)), parameters: parameters, in: Snapshot()
  ).diagnostics
}

/// Every code with its severity, in the order of the page.
private let codes: [(code: String, severity: Severity)] =
  ModelRules.reading.map { ($0.code.rawValue, $0.severity) }
  + ModelRules.all.map { ($0.code.rawValue, $0.severity) }
  + TemplateRules.all.map { ($0.code.rawValue, $0.severity) }
  + [
    DiagnosticCode.yamlSyntax, .yamlEncoding, .yamlKeyDuplicate, .yamlAliasUndefined,
    .yamlTagHandleUndefined, .yamlLimit,
  ].map { ($0.rawValue, .error) }
  + EngineRules.all.map { ($0.code.rawValue, $0.severity) }

@Test func `the page has every code in its place, with its severity`() throws {
  let pages = try Page.all()
  #expect(pages.map(\.code) == codes.map(\.code))
  for (page, code) in zip(pages, codes) {
    #expect(page.severity == (code.severity == .error ? "Error" : "Warning"), "\(page.code)")
  }
}

@Test func `every code in the sources is on the page`() throws {
  var found: Set<String> = []
  for path in PackageFolder.files(in: "Sources", endingIn: ".swift") {
    let text = try PackageFolder.text(path)
    for match in text.matches(of: /DiagnosticCode\(rawValue: "([^"]+)"\)/) {
      found.insert(String(match.1))
    }
  }
  #expect(found == Set(codes.map(\.code)))
}

/// Codes whose example a page cannot hold: a control character, and 200 nodes.
private let withoutExample: Set = ["yaml-encoding", "model-too-large"]

@Test func `every example has the finding of its section`() throws {
  let sections = try TidyTests.sections()
  #expect(sections.map(\.key) == ["metadata", "grid", "nodes", "outputs"])
  let newest = try TidyTests.sections("newest")
  for page in try Page.all() {
    guard page.kind != nil else {
      #expect(withoutExample.contains(page.code), "\(page.code)")
      continue
    }
    let found = try findings(page, page.text(around: page.kind == "newest" ? newest : sections))
    let severity = page.severity == "Error" ? Severity.error : .warning
    #expect(
      found.contains { $0.code.rawValue == page.code && $0.severity == severity },
      "\(page.code): \(found.map(\.message))")
  }
}

@Test(arguments: ["template", "newest"])
func `the document that the examples change has no findings`(kind: String) throws {
  let text = try sections(kind).map(\.text).joined()
  let found = try ValidateTemplate.run(
    .text(SourceText(text)), parameters: [:], in: Snapshot()
  ).diagnostics
  #expect(found == [])
}
