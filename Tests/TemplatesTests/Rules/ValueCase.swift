import FlowModel
import JSON
import Source
import Templates
import TestSupport
import Testing

/// Values for a template that is right by itself.
struct ValueCase: Sendable, CustomTestStringConvertible {
  /// JSON.
  let values: String
  /// Declared names that are blamed, in order of declaration; `parameters` is the section's key.
  let blamed: [String]
  /// One for each name.
  let codes: [String]
  /// Part of some message.
  let message: String

  init(_ values: String, _ findings: [(name: String, code: String)], _ message: String = "") {
    self.values = values
    self.blamed = findings.map(\.name)
    self.codes = findings.map(\.code)
    self.message = message
  }

  var testDescription: String { values }

  static let template = """
    metadata: {id: values}
    parameters:
      - {name: bins, type: integer, default: 3, min: 1, max: 10}
      - {name: rate, type: number, min: 0, max: 1}
      - {name: label, type: string, default: a, enum: [a, "\u{E9}"]}
      - {name: busy, type: boolean, default: true}
      - {name: xs, type: array, arrayOf: integer, min: 0, max: 9, fit: hold}
    grid: {bins: "${bins}", binSize: 1, binUnit: days}
    nodes:
      - {id: orders, kind: const, values: "${xs}"}
      - {id: share, kind: expr, expr: "orders * ${rate}"}
    outputs:
      - {series: "*", description: "${label} ${busy}"}

    """

  static let good = #"{"rate": 0.5, "xs": [1, 2.0, 9]}"#

  static let all: [ValueCase] = [
    ValueCase(good, []),
    ValueCase(#"{"rate": 0, "xs": [0], "bins": 10.0, "label": "é", "busy": false}"#, []),
    ValueCase(
      #"{"bins": 0, "rate": "fast", "label": "z", "speed": 1}"#,
      [
        ("parameters", "parameter-unknown"), ("bins", "parameter-below-min"),
        ("rate", "parameter-type-mismatch"), ("label", "parameter-not-in-enum"),
        ("xs", "array-value-required"),
      ]),
    ValueCase(
      #"{"xs": [1]}"#, [("rate", "parameter-required")], "'rate' needs a value, a number"),
    ValueCase(#"{"rate": null, "xs": [1]}"#, [("rate", "parameter-type-mismatch")], "nothing"),
    ValueCase(
      #"{"rate": 0.5, "xs": [1], "bin": 3}"#, [("parameters", "parameter-unknown")],
      "no parameter 'bin'; did you mean 'bins'?"),
    ValueCase(
      #"{"rate": 0.5, "xs": [1], "\#u{212A}": 3}"#, [("parameters", "parameter-unknown")]),
    ValueCase(
      #"{"rate": 0.5, "xs": [1], "\#u{E9}": 3, "e\#u{301}": 3}"#,
      [("parameters", "parameter-unknown"), ("parameters", "parameter-unknown")]),
    ValueCase(
      #"{"rate": 0.5, "xs": [1], "label": "e\#u{301}"}"#, [("label", "parameter-not-in-enum")]),
    ValueCase(
      #"{"rate": 1.5, "xs": [1]}"#, [("rate", "parameter-above-max")], "at most 1, not 1.5"),
    ValueCase(#"{"rate": -1e-9, "xs": [1]}"#, [("rate", "parameter-below-min")], "not -1e-9"),
    ValueCase(#"{"rate": 0.5, "xs": [1], "bins": 2.5}"#, [("bins", "parameter-type-mismatch")]),
    ValueCase(#"{"rate": 0.5, "xs": [1], "bins": "3"}"#, [("bins", "parameter-type-mismatch")]),
    ValueCase(#"{"rate": 0.5, "xs": [1], "bins": true}"#, [("bins", "parameter-type-mismatch")]),
    ValueCase(#"{"rate": 0.5, "xs": [1], "busy": "yes"}"#, [("busy", "parameter-type-mismatch")]),
    ValueCase(#"{"rate": 0.5, "xs": [1], "busy": 1}"#, [("busy", "parameter-type-mismatch")]),
    ValueCase(#"{"rate": 0.5, "xs": [1], "label": 1}"#, [("label", "parameter-type-mismatch")]),
    ValueCase(
      #"{"rate": 0.5, "xs": [1], "bins": 9007199254740992}"#, [("bins", "number-out-of-range")],
      "beyond ±9007199254740991"),
    ValueCase(#"{"rate": 1e999, "xs": [1]}"#, [("rate", "number-out-of-range")]),
    ValueCase(#"{"rate": 0.5, "xs": 1}"#, [("xs", "array-not-array")], "not 1"),
    ValueCase(#"{"rate": 0.5, "xs": "[1]"}"#, [("xs", "array-not-array")]),
    ValueCase(#"{"rate": 0.5, "xs": {}}"#, [("xs", "array-not-array")]),
    ValueCase(#"{"rate": 0.5, "xs": []}"#, [("xs", "array-not-array")], "at least one"),
    ValueCase(#"{"rate": 0.5, "xs": [1, null]}"#, [("xs", "array-element-null")], "xs[1]"),
    ValueCase(#"{"rate": 0.5, "xs": ["1"]}"#, [("xs", "array-element-not-number")], "xs[0]"),
    ValueCase(#"{"rate": 0.5, "xs": [[1]]}"#, [("xs", "array-element-not-number")]),
    ValueCase(#"{"rate": 0.5, "xs": [1, 2.5]}"#, [("xs", "array-element-not-integer")], "not 2.5"),
    ValueCase(
      #"{"rate": 0.5, "xs": [-1, 10, 5]}"#,
      [("xs", "array-element-above-max"), ("xs", "array-element-below-min")]),
  ]
}

@Test(arguments: ValueCase.all)
func `values are blamed all at once at the parameters they are given for`(given: ValueCase) throws {
  let text = SourceText(ValueCase.template)
  let document = TemplateDocument(text)
  let values = try #require(
    try JSONDocument.parse(Array(given.values.utf8)).root.objectValue)
  let rendering = document.render(values, for: .generation)

  let places = given.blamed.map { name in
    document.definitions.first { $0.name.text == name }?.nameRange ?? document.parametersRange
  }
  #expect(
    rendering.diagnostics.map { Found($0.code.rawValue, $0.range, in: text) }
      == zip(given.codes, places).map { Found($0, $1, in: text) })
  #expect(
    given.message.isEmpty || rendering.diagnostics.contains { $0.message.contains(given.message) },
    "\(rendering.diagnostics.map(\.message))")
  #expect(rendering.isValid == given.codes.isEmpty)
  #expect(rendering.blamesValues == !given.codes.isEmpty)
}

@Test func `a template by itself is not blamed for values that are still to come`() {
  let rendering = TemplateDocument(SourceText(ValueCase.template)).render([:], for: .inspection)
  #expect(rendering.diagnostics == [])
}

@Test func `values that break a rule on models are blamed at the reference`() {
  let marked = MarkedText(
    ValueCase.template.replacing("max: 10}", with: "max: 20000}")
      .replacing("\"${bins}\"", with: "«\"${bins}\"»"))
  let document = TemplateDocument(marked.text)
  let rendering = document.render(
    ["rate": 0, "xs": [1], "bins": 10_001], for: .generation)
  #expect(
    rendering.diagnostics.map { Found($0.code.rawValue, $0.range, in: marked.text) }
      == [Found("grid-bins-range", marked.ranges[0], in: marked.text)])
  #expect(rendering.blamesValues)
}

@Test func `the template is blamed before the values are`() {
  let text = ValueCase.template.replacing("binUnit: days", with: "binUnit: fortnights")
  let rendering = TemplateDocument(SourceText(text)).render(["rate": 7], for: .generation)
  #expect(
    rendering.diagnostics.map(\.code.rawValue) == [
      "parameter-above-max", "array-value-required", "grid-bin-unit",
    ])
  #expect(!rendering.blamesValues)
}

@Test func `a value for a name that the template refers to and does not declare is blamed once`() {
  let text = ValueCase.template.replacing("orders * ${rate}", with: "orders * ${rate} * ${speed}")
  let rendering = TemplateDocument(SourceText(text)).render(
    ["rate": 1, "xs": [1], "speed": 2], for: .generation)
  #expect(rendering.diagnostics.map(\.code.rawValue) == ["placeholder-undeclared"])
}
