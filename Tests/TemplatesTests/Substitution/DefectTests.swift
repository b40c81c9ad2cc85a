import FlowModel
import JSON
import Source
import Templates
import Testing

// What goes wrong where templates are treated as text, S1 to S15; here a template is a tree.

@Test func `S1: a quote in a value does not break the document`() throws {
  let rendered = try Rendered(
    Slot(.expr, "\"MIN(${s}, 1)\"").template, #"{"s": "say \"hi\" \\ '"}"#)
  #expect(rendered.besideExpressions == [])
  #expect(rendered["nodes.1.expr"] == #""MIN(say \"hi\" \\ ', 1)""#)
}

@Test(arguments: [#"orders\nextra: true"#, #"orders\r\nnodes: []"#, #"x\n---\ny: 1"#])
func `S2: a line break in a value adds no keys`(value: String) throws {
  let rendered = try Rendered(Slot(.expr, "${s}").template, #"{"s": "\#(value)"}"#)
  #expect(rendered.besideExpressions == [])
  #expect(rendered["nodes.1.expr"] == #""\#(value)""#)
  #expect(rendered["extra"] == nil)
  #expect(
    try #require(rendered.model).entries.map(\.key.text) == [
      "schemaVersion", "grid", "nodes", "outputs",
    ])
}

@Test(arguments: ["true", "0", "null", "~", "1.5", "no", "2025-01-01", "0x10", "1e3", ""])
func `S3: text that looks like something else stays text`(value: String) throws {
  let rendered = try Rendered(Slot(.file, "${s}").template, #"{"s": "\#(value)"}"#)
  #expect(rendered["outputs.0.as"] == #""\#(value)""#)
  // In a place for numbers it is refused, not taken for one.
  let number = try Rendered(Slot(.values, "[1, ${s}]").template, #"{"s": "\#(value)"}"#)
  #expect(number.codes == ["value-type"])
}

@Test(arguments: [
  "a: b", "a #b", "# a", "- a", "[a", "{a: b}", "&a", "*a", "!a", "%a", "@a", "`a", "a:", " a ",
])
func `S4: a colon or a number sign in a value starts no mapping and no comment`(value: String)
  throws
{
  for scalar in ["${s}", "x${s}", "[${s}]x"] where scalar != "[${s}]x" {
    let rendered = try Rendered(Slot(.expr, scalar).template, #"{"s": "\#(value)"}"#)
    #expect(rendered.besideExpressions == [])
    #expect(rendered["nodes.1.expr"] == "\"\(scalar.replacing("${s}", with: value))\"")
  }
}

@Test func `S5: a reference in a comment needs no value and a missing one elsewhere is told apart`()
  throws
{
  let template = Slot(.expr, "orders + ${missing} # ${missing}").template
  let rendered = try Rendered(template)
  #expect(rendered.codes == ["placeholder-undeclared"])
  #expect(rendered.diagnostics.map { SourceText(template).string(in: $0.range) } == ["missing"])
}

@Test func `S6: a template with CR LF gives a model with LF alone`() throws {
  let rendered = try Rendered(Slot(.expr, "orders + ${n}").template.replacing("\n", with: "\r\n"))
  #expect(rendered.diagnostics == [])
  #expect(!rendered.text.utf8.contains(0x0D))
}

@Test func `S7: a line that begins with a number sign inside a block text is kept`() throws {
  let rendered = try Rendered(
    Slot(.expr, "|\n      orders\n      # not a comment\n      + 1").template)
  #expect(rendered["nodes.1.expr"] == #""orders\n# not a comment\n+ 1\n""#)
}

@Test(arguments: [
  "parameters: # knobs\n  - {name: n, type: integer, default: 2}\nmetadata: # who\n  id: a\n",
  "metadata: {id: a}\nparameters: [{name: n, type: integer, default: 2}]\n",
  "\"metadata\": {id: a}\n'parameters':\n  - {name: n, type: integer, default: 2}\n",
  "? metadata\n: id: a\n? parameters\n:\n  - {name: n, type: integer, default: 2}\n",
])
func `S8: sections are recognised however they are written`(head: String) throws {
  let rendered = try Rendered(
    head + """
      grid: {bins: "${n}", binSize: 1, binUnit: days}
      nodes: [{id: a, kind: const, values: [1, 2]}]
      outputs: [{series: a}]

      """)
  #expect(rendered.diagnostics == [])
  #expect(
    try #require(rendered.model).entries.map(\.key.text) == [
      "schemaVersion", "grid", "nodes", "outputs",
    ])
}

@Test func `S9: a nested key with the name of a section is no section`() throws {
  let rendered = try Rendered(
    Slot(.bins, "2").template.replacing("kind: const", with: "kind: const\n    metadata: {a: 1}"))
  #expect(rendered.codes == [])
  #expect(rendered["nodes.0.values"] == "[1,2]")
  #expect(rendered["nodes.0.metadata"] == #"{"a":"1"}"#)
}

@Test func `S10: a list that is not indented belongs to its key`() throws {
  let rendered = try Rendered(
    """
    metadata:
      id: a
    parameters:
    - name: n
      type: integer
      default: 2
    grid: {bins: "${n}", binSize: 1, binUnit: days}
    nodes:
    - id: a
      kind: const
      values:
      - 1
      - ${n}
    outputs:
    - series: a

    """)
  #expect(rendered.diagnostics == [])
  #expect(
    rendered.text == """
      schemaVersion: 1
      grid:
        bins: 2
        binSize: 1
        binUnit: days
      nodes:
        - id: a
          kind: const
          values: [1, 2]
      outputs:
        - series: a

      """)
}

@Test func `S11: old spellings are renamed where they are keys and nowhere else`() throws {
  let rendered = try Rendered(
    """
    metadata: {id: a}
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes:
      - expression: |
          expression: 1
          source: x
        kind: expr
        id: a
      - {id: source, kind: const, values: [1]}
    outputs:
      - source: source
        id: first
        filename: a.csv

    """)
  #expect(
    rendered.besideExpressions.map(\.code.rawValue) == [
      "key-deprecated", "key-deprecated", "key-deprecated",
    ])
  #expect(rendered["nodes.0"] == #"{"id":"a","kind":"expr","expr":"expression: 1\nsource: x\n"}"#)
  #expect(rendered["outputs.0"] == #"{"series":"source","as":"a.csv"}"#)
}

@Test func `S12: only a schema version of the document itself counts`() throws {
  let rendered = try Rendered(
    """
    metadata: {id: a}
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes:
      - id: a
        kind: expr
        expr: |
          schemaVersion: 7
    outputs: [{series: a}]
    schemaVersion: 1

    """)
  #expect(rendered.besideExpressions == [])
  #expect(rendered.text.hasPrefix("schemaVersion: 1\ngrid:"))
  let model = SourceText(rendered.text)
  let embedded = try ProvenanceBlock.embed(["model_id": "m", "template_id": "t"], in: model)
  #expect(
    embedded.string.hasPrefix(
      "schemaVersion: 1\nprovenance:\n  model_id: m\n  template_id: t\ngrid:"))
}

@Test(arguments: [
  ("grid:\n\tbins: 1\n", "yaml-syntax"), ("--- \na: 1\n---\nb: 2\n", "yaml-document-several"),
  ("a: *nobody\n", "yaml-alias-undefined"), ("a: 1\na: 2\n", "yaml-key-duplicate"),
  ("a: [1, 2\n", "yaml-syntax"), ("a: \"b\n", "yaml-syntax"),
])
func `S13: what YAML leaves no meaning is refused with a place`(text: String, code: String) throws {
  let rendered = try Rendered(text)
  #expect(rendered.codes == [code])
  #expect(rendered.model == nil)
}

@Test func `S14: titles and versions are quoted in the embedded record`() throws {
  let record = Provenance(
    identity: ModelIdentity(hash: "00000000", at: .epoch), templateID: "a", templateVersion: "1.10",
    templateTitle: #"He said: "no" \ # é \#u{85}"#, templateHash: "sha256:", modelHash: "sha256:",
    parameters: ["a: b": "x", "no": "no", "": "~"]
  ).json()
  let model = SourceText("schemaVersion: 1\ngrid: {}\n")
  let embedded = try ProvenanceBlock.embed(record, in: model)
  #expect(try ProvenanceBlock.extract(from: embedded).record == record)
}

@Test func `S15: comments and layout of the template leave no trace in the model`() throws {
  let bare = Slot(.values, "[1, 2]").template
  let noisy = Slot(.values, "[ 1 , # one\n      2 ] # two").template
    .replacing("grid:", with: "# The grid.\n\n\ngrid:   # here")
    .replacing("kind: const", with: "kind:    'const'")
  #expect(try Rendered(noisy).text == Rendered(bare).text)
}
