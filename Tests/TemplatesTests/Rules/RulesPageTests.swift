import Engine
import FlowModel
import Source
import Templates
import TestSupport
import Testing

/// One line of the tables in docs/reference/rules.md.
private struct Row {
  /// nil for a rule beyond those that are numbered.
  let number: Int?
  let code: String
  let severity: String
  /// Where its cases stand.
  let tested: [String]
  let fix: String

  static func all() throws -> [Row] {
    try PackageFolder.text("docs/reference/rules.md").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      guard cells.count == 5, cells[1].hasPrefix("`") || cells[1] == "none" else { return nil }
      return Row(
        number: Int(cells[0]), code: cells[1].replacing("`", with: ""), severity: cells[2],
        tested: cells[3].split(separator: ", ").map(String.init), fix: cells[4])
    }
  }
}

/// The cases of each file, by its name.
private let cases: [String: [RuleCase]] = [
  "ModelRuleCases": RuleCase.modelRules, "TemplateRuleCases": RuleCase.templateRules,
  "HeaderRuleCases": RuleCase.headerRules, "ProfileRuleCases": RuleCase.profileRules,
  "BufferRuleCases": RuleCase.bufferRules, "TrafficRuleCases": RuleCase.trafficRules,
  "TopologyRuleCases": RuleCase.topologyRules, "ExpressionRuleCases": RuleCase.expressions,
  "GenerationRuleCases": RuleCase.generation, "LintRuleCases": RuleCase.lintRules,
]

private let severities: [String: Severity] = Dictionary(
  uniqueKeysWithValues: ModelRules.reading.map { ($0.code.rawValue, $0.severity) }
    + ModelRules.all.map { ($0.code.rawValue, $0.severity) }
    + TemplateRules.all.map { ($0.code.rawValue, $0.severity) }
    + EngineRules.all.map { ($0.code.rawValue, $0.severity) })

@Test func `the page of rules has all numbers and all codes`() throws {
  let rows = try Row.all()
  #expect(Set(rows.compactMap(\.number)) == Set(1...120))
  let codes = rows.map(\.code).filter { $0 != "none" }
  #expect(Set(codes).count == codes.count, "a code stands twice")
  let published = Set(severities.keys)
  #expect(published.subtracting(codes) == [])
  #expect(Set(codes.filter { !$0.hasPrefix("yaml-") }).subtracting(published) == [])
}

@Test func `the page of rules says of each rule its weight and where it is tested`() throws {
  for row in try Row.all() where row.code != "none" {
    if let severity = severities[row.code] {
      #expect(row.severity == (severity == .error ? "error" : "warning"), "\(row.code)")
    }
    for file in row.tested {
      if file == "ValueCase" {
        #expect(ValueCase.all.contains { $0.codes.contains(row.code) }, "\(row.code)")
      } else if let cases = cases[file] {
        #expect(cases.contains { $0.code == row.code }, "\(row.code) in \(file)")
      } else {
        let tests = PackageFolder.files(in: "Tests", endingIn: "/\(file).swift")
        let isElsewhere = row.code.hasPrefix("yaml-") || row.code.hasPrefix("engine-")
        #expect(isElsewhere && tests.count == 1, "\(row.code) in \(file)")
      }
    }
    #expect(!row.tested.isEmpty, "\(row.code)")
  }
}

/// Every fix of a case is applied and the result is validated again, so that a case with one is its test.
@Test func `the page of rules says of each rule whether it has a fix, or why it has none`() throws {
  for row in try Row.all() where severities[row.code] != nil {
    let hasFix = RuleCase.all.contains { $0.code == row.code && !$0.fixes.isEmpty }
    if hasFix {
      #expect(row.fix == "yes", "\(row.code)")
    } else {
      #expect(row.fix.hasPrefix("none, because "), "\(row.code)")
    }
  }
}
