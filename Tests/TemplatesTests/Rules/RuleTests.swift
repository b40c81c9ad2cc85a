import FlowModel
import Source
import Templates
import Testing

@Test(arguments: RuleCase.modelRules)
func `a rule on models reports what breaks it and nothing else`(rule: RuleCase) {
  rule.check()
}

@Test(arguments: RuleCase.templateRules)
func `a rule on templates reports what breaks it and nothing else`(rule: RuleCase) {
  rule.check()
}

/// Rules whose bad examples are values: see ``ValueCase``.
private let allExamples =
  (RuleCase.modelRules + RuleCase.templateRules).map(\.code) + ValueCase.all.flatMap(\.codes)

@Test func `every published code has a bad example`() {
  let published =
    ModelRules.reading.map { $0.code.rawValue } + ModelRules.all.map { $0.code.rawValue }
    + TemplateRules.all.map { $0.code.rawValue }
  #expect(Set(published).count == published.count, "a code is published twice")
  #expect(Set(published).subtracting(allExamples) == [])
  #expect(Set(allExamples).subtracting(published) == [])
}

@Test func `codes are kebab-case`() {
  for code in allExamples {
    #expect(code.wholeMatch(of: /[a-z]+(-[a-z]+)+/) != nil, "\(code)")
  }
}
