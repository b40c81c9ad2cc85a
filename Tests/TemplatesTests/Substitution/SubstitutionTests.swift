import FlowModel
import JSON
import Source
import Templates
import TestSupport
import Testing

private let slots: [Slot] = [
  // The whole scalar: the value with its type, whatever the style.
  Slot(.bins, "${n}", "{}", "2"),
  Slot(.bins, "${n}", #"{"n": 2.0}"#, "2"),
  Slot(.bins, "\"${n}\"", "{}", "2"),
  Slot(.bins, "'${n}'", "{}", "2"),
  Slot(.bins, "|-\n    ${n}", "{}", "2"),
  Slot(.bins, ">-\n    ${n}", "{}", "2"),
  Slot(.bins, "\"\\u0024{n}\"", "{}", "2"),
  Slot(.values, "${xs}", #"{"xs": [1.5, 1e-7]}"#, "[1.5,1e-7]"),
  Slot(.values, "\"${xs}\"", "{}", "[1,2]"),
  Slot(.kind, "${s}", #"{"s": "expr"}"#, #""expr""#),
  Slot(.file, "${s}", #"{"s": "a.csv"}"#, #""a.csv""#),
  // Inside lists.
  Slot(.values, "[${n}, ${m}]", #"{"n": -2.5}"#, "[-2.5,3]"),
  Slot(.values, "[ ${n},${m} ]", "{}", "[2,3]"),
  Slot(.values, "[\"${n}\", 7]", "{}", "[2,7]"),
  Slot(.values, "\n      - ${n}\n      - ${m}", "{}", "[2,3]"),
  // Inside text.
  Slot(.file, "run_${n}_${s}_${yes}.csv", "{}", #""run_2_orders_true.csv""#),
  Slot(.file, "\"run_${n}.csv\"", #"{"n": -5}"#, #""run_-5.csv""#),
  Slot(.expr, "orders * ${n}", "{}", #""orders * 2""#),
  Slot(.expr, "${n}${m}", "{}", #""23""#),
  Slot(.expr, "\"MIN(${s}, ${n})\"", "{}", #""MIN(orders, 2)""#),
  Slot(.expr, "'MIN(${s}, ${n})'", "{}", #""MIN(orders, 2)""#),
  Slot(.expr, "|\n      MIN(${s},\n        ${n})", "{}", #""MIN(orders,\n  2)\n""#),
  Slot(.expr, ">-\n      MIN(${s},\n      ${n})", "{}", #""MIN(orders, 2)""#),
  Slot(.expr, "MIN(${s},\n      ${n})", "{}", #""MIN(orders, 2)""#),
  Slot(.expr, "CONV(orders, ${xs})", #"{"xs": [0.5, 1e-7]}"#, #""CONV(orders, [0.5, 0.0000001])""#),
  // Numbers in expressions have neither sign nor exponent.
  Slot(.expr, "orders + ${n}", #"{"n": -5}"#, #""orders + (0 - 5)""#),
  Slot(.expr, "${n}", #"{"n": -5}"#, #""(0 - 5)""#),
  Slot(.expr, "${n}", #"{"n": 12}"#, #""12""#),
  Slot(.expr, "orders * ${n}", #"{"n": 1e-7}"#, #""orders * 0.0000001""#),
  Slot(.expr, "orders * ${n}", #"{"n": -1.5e-7}"#, #""orders * (0 - 0.00000015)""#),
  Slot(.expr, "orders * ${n}", #"{"n": 1e21}"#, #""orders * 1000000000000000000000""#),
  Slot(.expr, "orders * ${n}", #"{"n": 1.25e21}"#, #""orders * 1250000000000000000000""#),
  Slot(.expr, "-7", "{}", #""(0 - 7)""#),
  Slot(.expr, "1e-7", "{}", #""0.0000001""#),
  // Everywhere else text has plain decimals with a sign.
  Slot(.file, "r${n}", #"{"n": 0.1}"#, #""r0.1""#),
  Slot(.file, "r${n}", #"{"n": -1e-7}"#, #""r-0.0000001""#),
  Slot(.file, "r${n}", #"{"n": 1e21}"#, #""r1000000000000000000000""#),
  // A literal `${`.
  Slot(.expr, "$${n} + ${n}", "{}", #""${n} + 2""#),
  Slot(.expr, "\"$$${n}\"", "{}", #""$${n}""#),
  Slot(.expr, "a $ b $$ c", "{}", #""a $ b $$ c""#),
  Slot(.expr, "${n} $", "{}", #""2 $""#),
  // Values are never read again.
  Slot(.expr, "${s} + ${n}", ##"{"s": "${n}"}"##, #""${n} + 2""#),
  Slot(.expr, "${s}", ##"{"s": "$${n}"}"##, #""$${n}""#),
  Slot(.expr, "${s}{n}", ##"{"s": "$"}"##, #""${n}""#),
]

@Test(arguments: slots)
func `a reference becomes the value by type or its text`(slot: Slot) throws {
  let rendered = try Rendered(slot.template, slot.values)
  // What a file may be called is another rule's business.
  let problems = rendered.besideExpressions.filter { $0.code.rawValue != "output-filename-format" }
  #expect(problems == [])
  #expect(rendered[slot.place.path] == slot.expected)
}

@Test func `no reference in a comment is looked at`() throws {
  let text = Slot(.bins, "2 # ${nobody} ${ $${").template + "# ${n\n"
  #expect(try Rendered(text).diagnostics == [])
}

@Test func `a reference in metadata stays as it is, with a warning`() {
  let document = TemplateDocument(
    SourceText("metadata: {id: a, title: \"Up to ${n}\", version: 1.10}\n"))
  #expect(document.metadata.title == "Up to ${n}")
  #expect(document.metadata.version == "1.10")
  #expect(document.findings.diagnostics.map(\.code.rawValue) == ["placeholder-not-substituted"])
}

@Test(arguments: [
  ("[${xs}]", ["value-type"]), ("[${s}]", ["value-type"]), ("${s}", ["value-type"]),
  ("x${n}", ["value-type"]), ("[${n} ]", []), ("[${n} 1]", ["value-type"]),
])
func `a value of another type than the key wants is refused`(scalar: String, codes: [String]) throws
{
  let text = Slot(.values, scalar).template.replacing("bins: 2\n", with: "bins: 1\n")
  #expect(try Rendered(text).codes == codes)
}

@Test(
  arguments: [
    ("exact", [2: nil, 3: "[10,20,30]", 5: nil]),
    (
      "repeat",
      [
        1: "[10]", 2: "[10,20]", 3: "[10,20,30]", 5: "[10,20,30,10,20]",
        7: "[10,20,30,10,20,30,10]",
      ]
    ),
    ("hold", [1: "[10]", 2: "[10,20]", 3: "[10,20,30]", 5: "[10,20,30,30,30]"]),
    ("truncate", [1: "[10]", 2: "[10,20]", 3: "[10,20,30]", 5: nil]),
  ] as [(String, [Int: String?])])
func `an array fills the grid as its fit says`(fit: String, lists: [Int: String?]) throws {
  for (bins, list) in lists {
    let rendered = try Rendered(
      """
      metadata: {id: fit}
      parameters:
        - {name: bins, type: integer}
        - {name: xs, type: array, default: [10, 20, 30], fit: \(fit)}
      grid: {bins: "${bins}", binSize: 1, binUnit: days}
      nodes: [{id: a, kind: const, values: "${xs}"}]
      outputs: [{series: a}]

      """, #"{"bins": \#(bins)}"#)
    #expect(rendered.codes == (list == nil ? ["array-length-grid"] : []), "\(bins) bins")
    if let list { #expect(rendered["nodes.0.values"] == list, "\(bins) bins") }
  }
}

@Test func `a list that is written out is never fitted`() throws {
  let rendered = try Rendered(
    """
    metadata: {id: fit}
    parameters: [{name: x, type: number, default: 1}]
    grid: {bins: 3, binSize: 1, binUnit: days}
    nodes: [{id: a, kind: const, values: ["${x}"]}]
    outputs: [{series: a}]

    """)
  #expect(rendered.codes == ["const-length-mismatch"])
}

@Test func `an alias stands for what it names, references and all`() throws {
  let rendered = try Rendered(
    """
    metadata: {id: alias}
    parameters:
      - {name: n, type: integer, default: 2}
      - {name: xs, type: array, default: [5], fit: hold}
    grid: {bins: &count "${n}", binSize: *count, binUnit: days}
    nodes:
      - {id: a, kind: const, values: &list [1, "${n}"]}
      - {id: b, kind: const, values: *list}
      - {id: c, kind: const, values: &fitted "${xs}"}
      - {id: d, kind: const, values: *fitted}
    outputs: [{series: "*"}]

    """)
  #expect(rendered.diagnostics == [])
  #expect(rendered["grid"] == #"{"bins":2,"binSize":2,"binUnit":"days"}"#)
  #expect(rendered["nodes.1.values"] == "[1,2]")
  #expect(rendered["nodes.3.values"] == "[5,5]")
  #expect(!rendered.text.utf8.contains(UInt8(ascii: "&")))
}

@Test func `a mistake that an alias repeats is reported once`() throws {
  let rendered = try Rendered(
    """
    metadata: {id: alias}
    grid: {bins: 2, binSize: 1, binUnit: days}
    nodes:
      - {id: a, kind: const, values: &list [1, "${two}"]}
      - {id: b, kind: const, values: *list}
    outputs: [{series: "*"}]

    """)
  #expect(rendered.codes == ["placeholder-undeclared"])
}

@Test func `line ends and a byte order mark of the template leave no trace in the model`() throws {
  let plain = Slot(.expr, "|\n      MIN(${s},\n      ${n})").template
  let model = try Rendered(plain).text
  #expect(model.hasPrefix("schemaVersion: 1\ngrid:\n"))
  for (name, text) in [
    ("CR LF", plain.replacing("\n", with: "\r\n")), ("CR", plain.replacing("\n", with: "\r")),
    ("byte order mark", "\u{FEFF}" + plain),
    ("both", "\u{FEFF}" + plain.replacing("\n", with: "\r\n")),
    ("no final break", String(plain.dropLast())), ("markers", "%YAML 1.2\n---\n" + plain + "...\n"),
  ] {
    let rendered = try Rendered(text)
    #expect(rendered.diagnostics == [], "\(name)")
    #expect(rendered.text.utf8.elementsEqual(model.utf8), "\(name)")
  }
}

@Test func `an optional parameter without a value is reported where it is needed`() throws {
  let template = """
    metadata: {id: optional}
    parameters: [{name: start, type: string, required: false}]
    grid: {bins: 1, binSize: 1, binUnit: days, start: "${start}"}
    nodes: [{id: a, kind: const, values: [1]}]
    outputs: [{series: a}]

    """
  #expect(try Rendered(template).codes == ["placeholder-unresolved"])
  let given = try Rendered(template, #"{"start": "2025-01-01T00:00:00Z"}"#)
  #expect(given.diagnostics == [])
  #expect(given["grid.start"] == #""2025-01-01T00:00:00Z""#)
}

@Test func `names that look alike are kept apart`() throws {
  let template = Slot(.expr, "${n} + \u{212A}").template
  #expect(try Rendered(template)["nodes.1.expr"] == "\"2 + \u{212A}\"")
  let kelvin = Slot(.expr, "${\u{212A}}").template
    .replacing("{name: n,", with: "{name: K,").replacing("${n}", with: "${K}")
  #expect(try Rendered(kelvin).codes == ["placeholder-unresolved"])
}

@Test(arguments: slots)
func `a template keeps nothing of the values that it was rendered with`(slot: Slot) throws {
  let values = try #require(try JSONDocument.parse(Array(slot.values.utf8)).root.objectValue)
  let others: JSONObject = ["n": -1, "m": -7, "s": "x\n\"y\"", "yes": false, "xs": [-7]]
  let document = TemplateDocument(SourceText(slot.template))
  let first = document.render(values, for: .generation)
  let between = document.render(others, for: .generation)
  let second = document.render(values, for: .generation)
  #expect(second.model == first.model)
  #expect(second.diagnostics == first.diagnostics)
  let fresh = TemplateDocument(SourceText(slot.template)).render(others, for: .generation)
  #expect(between.model == fresh.model)
  #expect(between.diagnostics == fresh.diagnostics)
}

@Test func `what is wrong with a value under a key without meaning is said too`() throws {
  let template = Slot(.expr, "1").template + "? [a]\n: \"no ${xs}\"\n\"${n}\": \"nor ${xs}\"\n"
  let rendered = try Rendered(template)
  #expect(
    rendered.codes == [
      "yaml-key-not-scalar", "placeholder-unresolved", "placeholder-unresolved",
      "placeholder-unresolved",
    ])
}
