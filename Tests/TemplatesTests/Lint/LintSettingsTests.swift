import JSON
import Source
import Templates
import TestSupport
import Testing

/// A template with a parameter and a node that nothing uses. `HEAD`, `LINE` and `BEFORE` are where comments go.
private let text = """
  HEAD
  metadata: {id: shop}
  parameters:
    - {name: extra, type: number, default: 1}
  grid: {bins: 1, binSize: 1, binUnit: hours}
  nodes:
    - {id: load, kind: const, values: [1]}
    BEFORE
    - {id: spare, kind: const, values: [1]} LINE
  outputs: [{series: load}]

  """

/// Where comments stand, what the request says, and what is found.
private struct Case: Sendable, CustomTestStringConvertible {
  var head = ""
  var before = ""
  var line = ""
  var request: [(code: String, weight: String)] = []
  let found: [String]

  var testDescription: String { "\(head) \(before) \(line) \(request)" }

  var template: String {
    text.replacing("HEAD", with: head).replacing("BEFORE", with: before)
      .replacing("LINE", with: line)
  }
}

private let parameter = "warning parameter-unused"
private let node = "warning node-unused"
private let misspelt = "warning lint-setting-unknown"

private let cases: [Case] = [
  Case(found: [parameter, node]),
  Case(head: "# lint: node-unused=off", found: [parameter]),
  Case(head: "#lint:node-unused=error", found: [parameter, "error node-unused"]),
  Case(head: "# lint: all=off", found: []),
  Case(head: "# lint: all=off, node-unused=warning", found: [node]),
  Case(head: "# lint: node-unused=warning, all=off", found: [node]),
  Case(head: "# lint: all=off\n# lint: all=warning", found: [parameter, node]),
  Case(head: "# About the shop.\n\n# lint: node-unused=off\n---", found: [parameter]),
  // Of other things it says nothing.
  Case(head: "# lint the nodes, weight=off", found: [parameter, node]),
  Case(head: "# linting=off", found: [parameter, node]),
  Case(head: "# Lint: see node=heavy", found: [parameter, node]),
  // What nearly begins as a setting does sets nothing, and that is told.
  Case(head: "# lint node-unused=off", found: [misspelt, parameter, node]),
  Case(head: "# Lint: foo=off", found: [misspelt, parameter, node]),
  Case(
    line: "# LINT : node-unused=off, parameter-unused=error", found: [parameter, node, misspelt]),
  Case(head: "# see lint: node-unused=off", found: [parameter, node]),
  // A line.
  Case(line: "# lint: node-unused=off", found: [parameter]),
  Case(line: "# lint: parameter-unused=off", found: [parameter, node]),
  Case(before: "# lint: node-unused=off", found: [parameter]),
  Case(before: "# lint: node-unused=off\n\n  # It is for later.", found: [parameter]),
  Case(
    before: "# lint: node-unused=off", line: "# lint: node-unused=error",
    found: [parameter, "error node-unused"]),
  // The nearest wins.
  Case(
    head: "# lint: all=error", line: "# lint: node-unused=off", found: ["error parameter-unused"]),
  Case(
    head: "# lint: node-unused=off", request: [("node-unused", "error")],
    found: [
      parameter, "error node-unused",
    ]),
  Case(head: "# lint: node-unused=error", request: [("all", "off")], found: []),
  Case(
    line: "# lint: node-unused=off", request: [("all", "error")],
    found: [
      "error parameter-unused"
    ]),
  Case(request: [("all", "off"), ("node-unused", "error")], found: ["error node-unused"]),
  // What is wrong in a comment is told, and the rest of it counts.
  Case(
    head: "# lint: nothing=off, node-unused=off",
    found: ["warning lint-setting-unknown", parameter]),
  Case(
    head: "# lint: nothing=off, all=error, lint-setting-unknown=off",
    found: [
      "error parameter-unused", "error node-unused",
    ]),
]

private func check(_ document: TemplateDocument, _ lint: LintSettings, _ found: [String]) {
  let rendering = document.render(JSONObject(), lint: lint, for: .generation)
  #expect(rendering.diagnostics.map { "\($0.severity) \($0.code.rawValue)" } == found)
  #expect(rendering.isValid == !found.contains { $0.hasPrefix("error") })
  #expect(!rendering.blamesValues)
}

@Test(arguments: cases)
private func `a warning weighs what was chosen nearest to it`(_ example: Case) throws {
  var lint = LintSettings()
  for setting in example.request { try lint.set(setting.code, to: setting.weight) }
  for lineBreak in ["\n", "\r\n"] {
    check(
      TemplateDocument(SourceText(example.template.replacing("\n", with: lineBreak))), lint,
      example.found)
  }
}

@Test func `every warning can be set, and no error`() throws {
  #expect(LintRules.codes.contains { $0.rawValue == "output-filename-duplicate" })
  for code in LintRules.codes {
    var settings = LintSettings()
    try settings.set(code.rawValue, to: "off")
    #expect(settings != LintSettings())
  }
  var settings = LintSettings()
  for code in ["grid-bins-range", "yaml-syntax", "nothing", "", "ALL", "node-unused "] {
    #expect(throws: LintSettings.Problem.self, "\(code)") { try settings.set(code, to: "off") }
  }
  for weight in ["", "Off", "on", "info"] {
    #expect(throws: LintSettings.Problem.self, "\(weight)") { try settings.set("all", to: weight) }
  }
  #expect(settings == LintSettings())
}
