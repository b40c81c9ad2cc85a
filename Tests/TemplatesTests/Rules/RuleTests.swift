import FlowModel
import JSON
import Source
import Templates
import TestSupport
import Testing

@Test(arguments: RuleCase.modelRules)
func `a rule on models reports what breaks it and nothing else`(rule: RuleCase) {
  rule.check()
}

@Test(arguments: RuleCase.templateRules)
func `a rule on templates reports what breaks it and nothing else`(rule: RuleCase) {
  rule.check()
}

@Test(arguments: RuleCase.newestRules)
func `a rule on the newest level reports what breaks it and nothing else`(rule: RuleCase) {
  rule.check()
}

extension RuleCase {
  static let all = modelRules + templateRules + newestRules

  /// Rules on what only the newest level has.
  static let newestRules: [RuleCase] = [
    headerRules,
    profileRules,
    bufferRules,
    trafficRules,
    topologyRules,
    lintRules,
  ].flatMap(\.self)
}

/// Rules whose bad examples are values: see ``ValueCase``.
private let allExamples = RuleCase.all.map(\.code) + ValueCase.all.flatMap(\.codes)

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

@Test func `everything that is wrong is reported at once, in the order of the text`() {
  let marked = MarkedText(
    """
    metadata: {id: «Bakery»}
    parameters:
      - {name: «unused», type: integer, default: «"x"»}
    grid: {bins: «0», binSize: «1001», binUnit: «fortnights»}
    nodes:
      - {id: «my-node», kind: const, values: [1, «a»]}
      - {id: chance, kind: pmf, pmf: {values: [1, «1»], probabilities: [«-1», «2»]}}
      - {id: served, kind: expr, «expression»: "${«nobody»}", «colour»: red}
    outputs:
      - {series: «nothing», as: «x»}
    rng: {kind: «dice», seed: «-1»}

    """)
  let rendering = TemplateDocument(marked.text).render([:], for: .generation)
  #expect(
    rendering.diagnostics.map { Found("", $0.range, in: marked.text) }
      == marked.ranges.map { Found("", $0, in: marked.text) })
  #expect(
    rendering.diagnostics.map(\.code.rawValue) == [
      "metadata-id-format", "parameter-unused", "parameter-default-invalid", "grid-bins-range",
      "grid-bin-size-range", "grid-bin-unit", "node-id-format", "value-type",
      "pmf-value-duplicate", "pmf-probability-negative", "pmf-probability-above-one",
      "key-deprecated", "placeholder-undeclared", "key-unknown", "output-unknown-node",
      "output-filename-format", "rng-kind-unsupported", "rng-seed-range",
    ])
}

@Test(arguments: [("hour", ["change to 'hours'"]), ("${unit}", []), ("ho${r}", [])])
func `a fix replaces what was written, never a reference`(unit: String, fixes: [String]) throws {
  let rendered = try Rendered(
    """
    metadata: {id: demo}
    parameters:
      - {name: unit, type: string, default: hour}
      - {name: r, type: string, default: ur}
    grid: {bins: 1, binSize: 1, binUnit: "\(unit)"}
    nodes: [{id: a, kind: expr, expr: "1"}]
    outputs: [{series: a}]

    """)
  let finding = rendered.diagnostics.first { $0.code.rawValue == "grid-bin-unit" }
  #expect(finding?.fixIts.map(\.title) == fixes)
}

/// Templates in the style of JSON, with one mistake each and the line that a fix makes of it.
@Test(arguments: [
  (#"{"bins":2"#, #"{"binz":2"#, #"{"bins":2"#),
  (#""expr":"a""#, #""expression":"a""#, #""expr":"a""#),
  (#""binUnit":"hours""#, #""binUnit":"hour""#, #""binUnit":"hours""#),
  (#"'series':'a'"#, #"'serie':'a'"#, #"'series':'a'"#),
  (#"'series':'a'"#, #"'series':'A'"#, #"'series':'a'"#),
  (#""kind":"const""#, #""kind":"\x43onst""#, #""kind":"const""#),
])
func `a fix keeps the quotes of what it replaces`(right: String, wrong: String, mended: String)
  throws
{
  let sound = """
    {"metadata":{"id":"demo"},"grid":{"bins":2,"binSize":1,"binUnit":"hours"},
    "nodes":[{"id":"a","kind":"const","values":[1,2]},{"id":"b","kind":"expr","expr":"a"}],
    "outputs":[{'series':'a'},{"series":"b"}]}
    """
  let text = SourceText(sound.replacing(right, with: wrong))
  let findings = TemplateDocument(text).render([:], for: .generation).diagnostics
  let fix = try #require(findings.first?.fixIts.first)
  #expect(findings.count == 1 && findings.first?.fixIts.count == 1)
  let result = try #require(text.applying(fix.edits)).string
  #expect(result == sound.replacing(right, with: mended))
}

@Test(arguments: [
  ("SHIFT(a, ${z})", "not -1, which is the value of the parameter 'z'"),
  ("PULSE(${z})", "not -1, which is the value of the parameter 'z'"),
  ("SHIFT(a, 1 + ${z})", "not an expression"),
  ("SHIFT(a, ${s})", "not 2.5, which is the value of the parameter 's'"),
])
func `a number that a parameter brings into an expression is said with its name`(
  expression: String, message: String
) throws {
  let rendered = try Rendered(
    """
    metadata: {id: demo}
    parameters:
      - {name: z, type: number, default: -1}
      - {name: s, type: number, default: 2.5}
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes:
      - {id: a, kind: expr, expr: "${z} + ${s}"}
      - {id: b, kind: expr, expr: "\(expression)"}
    outputs: [{series: a}]

    """)
  #expect(rendered.diagnostics.count == 1)
  let found = try #require(rendered.diagnostics.first)
  #expect(found.message.contains(message), "\(found.message)")
}

@Test(arguments: [false, true])
func `a node that waits for itself is told what SHIFT needs in a topology`(hasTopology: Bool) throws
{
  let text =
    hasTopology
    ? newest("    - {id: Desk, kind: service, semantics: {arrivals: demand, served: picked}}")
      .replacing("\"MIN(demand, 40)\"", with: "picked + demand")
    : sound.replacing(
      "kind: pmf, pmf: {values: [1, 2], probabilities: [0.5, 0.5]}",
      with: "kind: expr, expr: chance + 1")
  let findings = TemplateDocument(SourceText(text)).render([:], for: .generation).diagnostics
  #expect(findings.map(\.code.rawValue) == ["expr-cycle"])
  #expect(findings.first?.message.contains("initialCondition") == hasTopology)
}

@Test func `allowed values are named on one line, and not all of a long list`() throws {
  let values = (0..<30).map { "v\($0)" }.joined(separator: ", ")
  let rendered = try Rendered(
    """
    metadata: {id: demo}
    parameters:
      - {name: s, type: string, enum: ["a\\e[31m\\nb", \(values)]}
    grid: {bins: 1, binSize: 1, binUnit: hours}
    nodes: [{id: a, kind: expr, expr: "${s}"}]
    outputs: [{series: a}]

    """, #"{"s": "x"}"#)
  let message = try #require(rendered.diagnostics.first).message
  #expect(message.hasPrefix(#"'s' must be one of 'a\u{1b}[31m\nb', 'v0', "#), "\(message)")
  #expect(message.hasSuffix("'v18', …, not the text 'x'"), "\(message)")
}

/// A valid template, in which one thing is wrong at a time.
private let sound = """
  metadata: {id: demo}
  parameters:
    - {name: bins, type: integer, default: 3, min: 1, max: 9}
    - {name: load, type: array, default: [1, 2], fit: repeat}
  grid: {bins: "${bins}", binSize: 1, binUnit: hours}
  nodes:
    - {id: a, kind: const, values: "${load}"}
    - {id: chance, kind: pmf, pmf: {values: [1, 2], probabilities: [0.5, 0.5]}}
  outputs: [{series: a, as: a.csv}, {series: chance}]

  """

@Test(arguments: [
  ("binSize: 1", "binsize: 1", "key-unknown"),
  ("nodes:", "node:", "key-unknown"),
  ("outputs:", "ouputs:", "key-unknown"),
  ("probabilities:", "probabilites:", "key-unknown"),
  ("fit: repeat", "fit: loop", "parameter-fit-invalid"),
  ("min: 1, max: 9", "min: 9, max: 1", "parameter-bounds-inverted"),
  ("{series: a, as: a.csv}", "{series: a, source: a}", "key-spelled-twice"),
  ("[0.5, 0.5]", "[0.5]", "pmf-length-mismatch"),
  // What an id should be may be what others name.
  ("{id: a,", "{id: chance,", "node-id-duplicate"),
  ("{id: a,", "{id: a+,", "node-id-format"),
  ("{id: a,", "{", "node-id-missing"),
  ("name: bins,", "name: load,", "parameter-name-duplicate"),
  ("name: bins,", "name: 9,", "parameter-name-format"),
])
func `one mistake gives one error`(right: String, wrong: String, code: String) {
  let text = sound.replacing(right, with: wrong)
  #expect(text != sound)
  #expect(TemplateDocument(SourceText(sound)).render([:], for: .generation).diagnostics.isEmpty)
  let errors = TemplateDocument(SourceText(text)).render([:], for: .generation).diagnostics
    .filter { $0.severity == .error }
  #expect(errors.map(\.code.rawValue) == [code])
}
