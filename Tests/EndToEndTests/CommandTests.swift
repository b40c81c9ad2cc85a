import Foundation
import JSON
import Testing

private let goodTemplate = """
  schemaVersion: 1
  metadata: {id: small, title: Small}
  parameters:
    - {name: rate, type: number, default: 1.5}
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: ["${rate}", 2]}
  outputs:
    - {series: demand, as: demand.csv}

  """

private let goodModel = """
  # A comment that stays.
  schemaVersion: 1
  grid:
    bins: 2
    binSize: 1
    binUnit: hours
  nodes:
    - id: demand
      kind: const
      values: [1, 2]

  """

@Test(arguments: [
  (["validate", "good.yaml"], Int32(0), "good.yaml: valid"),
  (["validate", "--template", "good.yaml"], 0, "good.yaml: valid"),
  (["validate", "good.yaml", "good.yaml"], 0, "all 2 are valid"),
  (["validate", "it-system"], 0, ": valid"),
  (["validate", "it-system-microservices", "--params", "bins=0"], 1, "parameter-below-min"),
  (["validate", "good.yaml", "--params", "rate=fast"], 1, "parameter-type-mismatch"),
  (["validate", "warned.yaml"], 0, "[key-deprecated]"),
  (["validate", "bad.yaml"], 1, "bad.yaml:5:14: error: bins must be a whole number"),
  (["validate", "good.yaml", "bad.yaml"], 1, "1 of 2 valid"),
  (["validate", "--model", "model.yaml"], 0, "model.yaml: valid"),
  (["validate", "--model", "good.yaml"], 1, "good.yaml:"),
  (["validate", "model.yaml"], 0, "model.yaml: valid"),
  (["validate", "good.yaml", "model.yaml"], 0, "all 2 are valid"),
  (["validate", "bad-model.yaml"], 1, "error: bins must be a whole number"),
  (["validate", "absent.yaml", "bad.yaml", "good.yaml"], 3, "1 of 2 valid"),
  (["validate"], 2, "name a template or a file"),
  (["validate", "absent.yaml"], 3, "absent.yaml"),
])
func `validate says what is wrong, and its status whether something is`(
  arguments: [String], status: Int32, notice: String
) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("good.yaml", goodTemplate)
    try directory.write("bad.yaml", goodTemplate.replacing("bins: 2", with: "bins: many"))
    try directory.write("warned.yaml", goodTemplate.replacing("as: ", with: "filename: "))
    try directory.write("model.yaml", goodModel)
    try directory.write("bad-model.yaml", goodModel.replacing("bins: 2", with: "bins: many"))
    let outcome = try Program.run(arguments, in: directory.path)
    #expect(outcome.status == status, "\(outcome.notices)")
    #expect(outcome.notices.contains(notice), "\(outcome.notices)")
    #expect(outcome.text == "")
  }
}

@Test(arguments: [
  ([], Int32(0), "warning: nothing uses the node 'spare' [node-unused]"),
  (["--lint", "node-unused=off"], 0, ""),
  (["--lint=node-unused=error"], 1, "error: nothing uses the node 'spare' [node-unused]"),
  (["--lint", "node-unused=error", "--lint", "node-unused=off"], 0, ""),
  (["--lint", "node-unused=off,all=error"], 0, ""),
  (
    ["--lint", "all=off", "--lint", "node-unused=error"], 1, "error: nothing uses the node 'spare'"
  ),
  (["--lint", "node-unusd=off"], 2, "no warning 'node-unusd'; did you mean 'node-unused'?"),
  (["--lint", "node-unused=of"], 2, "off, warning or error, not to 'of'"),
  (["--lint", "grid-bins-range=off"], 2, "is an error and stays one"),
  (["--lint", "node-unused"], 2, "--lint takes RULE=WEIGHT"),
])
func `what a warning weighs can be chosen`(
  arguments: [String], status: Int32, notice: String
) throws {
  let spare = "values: [\"${rate}\", 2]}\n  - {id: spare, kind: const, values: [0, 0]}"
  try TemporaryDirectory.make { directory in
    try directory.write(
      "t.yaml", goodTemplate.replacing("values: [\"${rate}\", 2]}", with: spare))
    let validated = try Program.run(["validate", "t.yaml"] + arguments, in: directory.path)
    #expect(validated.status == status, "\(validated.notices)")
    let generated = try Program.run(
      ["generate", "--template", "t.yaml", "--output", "m.yaml"] + arguments, in: directory.path)
    #expect(generated.status == status, "\(generated.notices)")
    #expect(directory.names.contains("m.yaml") == (status == 0))
    for notices in [validated.notices, generated.notices] {
      #expect(notices.contains(notice) || notice == "", "\(notices)")
      #expect(notices.contains("spare") == notice.contains("spare"), "\(notices)")
    }
  }
}

@Test func `models have no warnings to choose the weight of`() throws {
  let outcome = try Program.run(["validate", "--model", "m.yaml", "--lint", "all=off"])
  #expect(outcome.status == 2)
  #expect(outcome.notices.contains("--lint is about templates"), "\(outcome.notices)")
}

@Test(arguments: ["--output", "--provenance"])
func `nothing is written over the template`(option: String) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("good.yaml", goodTemplate)
    let outcome = try Program.run(
      [
        "generate", "--template", "good.yaml", option,
        "../\(directory.path.split(separator: "/").last ?? "")/good.yaml",
      ],
      in: directory.path)
    #expect(outcome.status == 2)
    #expect(
      outcome.notices.contains("good.yaml' is read; nothing is written over it"),
      "\(outcome.notices)")
    #expect(directory.names == ["good.yaml"])
    #expect(try Program.run(["validate", "good.yaml"], in: directory.path).status == 0)
  }
}

@Test func `a finding is shown with its line and a mark under the place`() throws {
  try TemporaryDirectory.make { directory in
    try directory.write(
      "t.yaml", goodTemplate.replacing("title: Small", with: "title: Ünïcode 👍, tags: 5"))
    let outcome = try Program.run(["validate", "t.yaml"], in: directory.path)
    #expect(outcome.status == 1)
    let line = "metadata: {id: small, title: Ünïcode 👍, tags: 5}"
    let column = line.unicodeScalars.count - 1
    #expect(outcome.notices.hasPrefix("t.yaml:2:\(column): error: "), "\(outcome.notices)")
    let mark = String(repeating: " ", count: column - 1) + "^"
    #expect(outcome.notices.contains("\n    2 | \(line)\n      | \(mark)\n"), "\(outcome.notices)")
  }
}

@Test func `validate reads a template from stdin`() throws {
  let outcome = try Program.run(["validate", "-"], input: Array(goodTemplate.utf8))
  #expect(outcome.status == 0, "\(outcome.notices)")
}

@Test func `list and show tell what templates there are`() throws {
  let list = try Program.run(["list"])
  #expect(list.status == 0)
  for id in [
    "call-center", "document-processing", "incident-retry", "it-system-microservices",
    "manufacturing-line", "network-reliability", "shared-database", "supply-chain-multi-tier",
    "transportation-basic", "warehouse-picker-waves",
  ] {
    #expect(list.text.contains("\n\(id) "))
    let show = try Program.run(["show", id])
    #expect(show.text.hasPrefix(id + " "))
    #expect(show.text.contains("bins "))
    let text = try Program.run(["show", id, "--text"])
    let file = URL(filePath: Program.templates + "/" + id + ".yaml")
    #expect(text.output == Array(try Data(contentsOf: file)))
    let json = try Program.run(["show", id, "--format", "json"])
    #expect(try JSONDocument.parse(json.output).root.objectValue?["templateId"] == .string(id))
  }
  let json = try JSONDocument.parse(try Program.run(["list", "--format", "json"]).output).root
  #expect(json.objectValue?["templates"]?.arrayValue?.count == 10)
  let none = try Program.run(["list"], environment: ["FLOWTIME_SIM_TEMPLATES": "/nowhere"])
  #expect(none.status == 0)
  #expect(none.notices.contains("--templates"))
  #expect(try Program.run(["show", "no-such-thing"]).status == 1)
}

private let record = #"""
  {"source":"flowtime-sim","model_id":"model_20250925T120000Z_00000000","template_id":"t",
   "template_title":"a \"quoted\" \\ title: ünï # not a comment","parameters":
   {"a":"no","b":"1.0","c":"null","d":"2025-01-01","e":[1,2.5],"f":true}}
  """#

@Test(arguments: [
  goodModel,
  goodModel.replacing("\n", with: "\r\n"),
  "\u{FEFF}" + goodModel,
  String(goodModel.dropLast()),
  "{schemaVersion: 1, grid: {bins: 1, binSize: 1, binUnit: hours}, nodes: []}",
  "schemaVersion: 1",
  "---\nschemaVersion: 1 # one\n\n# between\n\ngrid:\n    bins: 1\n...\n",
])
func `embedding and extracting gives back the model byte for byte`(model: String) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("m.yaml", model)
    try directory.write("r.json", record)
    let embed = try Program.run(
      ["embed", "m.yaml", "--provenance", "r.json", "--output", "e.yaml"], in: directory.path)
    #expect(embed.status == 0, "\(embed.notices)")
    #expect(try directory.text("e.yaml").contains("model_20250925T120000Z_00000000"))
    let extract = try Program.run(
      ["extract", "e.yaml", "--output", "m2.yaml", "--provenance", "r2.json"], in: directory.path)
    #expect(extract.status == 0, "\(extract.notices)")
    #expect(try directory.read("m2.yaml") == Array(model.utf8))
    #expect(
      try JSONDocument.parse(try directory.read("r2.json")).root
        == JSONDocument.parse(Array(record.utf8)).root)
    let again = try Program.run(
      ["embed", "e.yaml", "--provenance", "r.json", "--output", "e2.yaml"], in: directory.path)
    #expect(again.status == 1)
    #expect(again.notices.contains("has provenance already"))
    let replaced = try Program.run(
      ["embed", "e.yaml", "--provenance", "r.json", "--replace"], in: directory.path)
    #expect(replaced.status == 0)
    #expect(replaced.output == (try directory.read("e.yaml")))
    #expect(directory.names == ["e.yaml", "m.yaml", "m2.yaml", "r.json", "r2.json"])
  }
}

@Test func `extracting from a model without a record is an error`() throws {
  let outcome = try Program.run(["extract", "-"], input: Array(goodModel.utf8))
  #expect(outcome.status == 1)
  #expect(outcome.notices.contains("the model has no provenance"))
  #expect(outcome.text == "")
}

@Test func `every command tells how it is used`() throws {
  let overview = try Program.run(["--help"])
  #expect(overview.status == 0)
  #expect(overview.notices == "")
  let commands = overview.text.split(separator: "\n").filter {
    $0.hasPrefix("  ") && $0.contains("  ")
  }
  .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "flowtime-sim" }
  #expect(commands.count >= 7)
  for command in commands {
    let help = try Program.run([command, "--help"])
    #expect(help.status == 0)
    #expect(help.text.contains("Usage: flowtime-sim \(command)"), "\(command)")
    #expect(help.text.contains("--help"))
    #expect(help.notices == "")
    #expect(try Program.run(["help", command]).text == help.text)
  }
  #expect(try Program.run(["--version"]).text == "flowtime-sim 0.6.0\n")
}

@Test(arguments: [
  ([], "name a command"),
  ([], "'flowtime-sim --help' tells more"),
  (["generat"], "no command 'generat'; did you mean 'generate'?"),
  (["frobnicate"], "no command 'frobnicate'\n"),
  (["serve"], "'flowtime-sim serve --help' tells more"),
  (["generate"], "name a template or a file"),
  (["generate", "--templat", "x"], "did you mean '--template'?"),
  (["generate", "--template"], "needs a value"),
  (["generate", "--template", "x", "stray"], "one template makes one model"),
  (["generate", "x", "stray"], "unexpected 'stray'"),
  (["generate", "--template", "it-system", "--params", "bins"], "NAME=VALUE"),
  (["generate", "--template", "it-system", "--embed-provenance=yes"], "takes no value"),
  (["list", "--format", "xml"], "one of text, json"),
  (["serve"], "choose one of --stdio and --socket"),
  (["serve", "--stdio", "--socket"], "choose one of --stdio and --socket"),
  (["serve", "--stdio", "--limit", "depth=1"], "bodyLengthMax"),
  (["serve", "--stdio", "--limit", "depthMax=0"], "a number from 1"),
])
func `wrong usage has status 2 and says what is wrong`(arguments: [String], notice: String) throws {
  try TemporaryDirectory.make { directory in
    let outcome = try Program.run(arguments, in: directory.path)
    #expect(outcome.status == 2)
    #expect(outcome.notices.contains(notice), "\(outcome.notices)")
    #expect(outcome.text == "")
    #expect(directory.names == [])
  }
}

@Test func `findings are coloured on a terminal, unless NO_COLOR asks otherwise`() throws {
  func shown(_ environment: [String: String]) throws -> String {
    let terminal = try Terminal()
    let program = try Program(
      ["validate", "it-system-microservices", "--params", "bins=0"], environment: environment,
      terminal: terminal.side)
    #expect(try program.finish().status == 1)
    return try terminal.shown()
  }
  #expect(try shown(["TERM": "xterm"]).contains("\u{1B}["))
  let plain = try shown(["TERM": "xterm", "NO_COLOR": "1"])
  #expect(plain.contains("parameter-below-min"))
  #expect(!plain.contains("\u{1B}["))
  #expect(!(try shown(["TERM": "dumb"]).contains("\u{1B}[")))
  let piped = try Program.run(["validate", "it-system-microservices", "--params", "bins=0"])
  #expect(!piped.notices.contains("\u{1B}["))
}

@Test(arguments: [
  (["explain", "good.yaml"], Int32(0), "nodes[0].values[0]  1.5    7: \"${rate}\"     rate*", ""),
  (["explain", "good.yaml", "--params", "rate=9"], 0, "9      7: \"${rate}\"     rate\n", ""),
  (["explain", "good.yaml", "--line", "3"], 0, "grid.bins  2      5: 2", ""),
  (["explain", "good.yaml", "--parameter", "rate", "--format", "json"], 0, #""given": false"#, ""),
  (["explain", "--id", "it-system", "--parameter", "bins"], 0, "grid.bins", "it-system-micro"),
  (["explain", "good.yaml", "--line", "400"], 1, "", "beyond the model, which has 12 lines"),
  (["explain", "good.yaml", "--parameter", "rat"], 1, "", "did you mean 'rate'?"),
  (["explain", "bad.yaml"], 1, "", "bad.yaml:5:14: error: bins must be a whole number"),
  (["explain", "good.yaml", "--line", "0"], 2, "", "a number from 1"),
  (["explain", "good.yaml", "--line", "1", "--parameter", "rate"], 2, "", "exclude one another"),
  (["explain"], 2, "", "name a template"),
])
func `explain says what a value of the model comes from`(
  arguments: [String], status: Int32, text: String, notice: String
) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("good.yaml", goodTemplate)
    try directory.write("bad.yaml", goodTemplate.replacing("bins: 2", with: "bins: many"))
    let outcome = try Program.run(arguments, in: directory.path)
    #expect(outcome.status == status, "\(outcome.notices)")
    #expect(outcome.text.contains(text) || text.isEmpty, "\(outcome.text)")
    #expect(outcome.notices.contains(notice) || notice.isEmpty, "\(outcome.notices)")
    #expect(text.isEmpty == outcome.text.isEmpty)
  }
}

/// A model whose queue waits for what waits for it.
private let loopingModel =
  goodModel + """
      - {id: limit, kind: expr, expr: desk_queue + 1}
      - {id: desk_queue, kind: serviceWithBuffer, inflow: demand, outflow: demand}
    topology:
      nodes:
        - {id: Desk, kind: queue, constraints: [c], semantics: {arrivals: demand, served: demand, queueDepth: desk_queue}}
      constraints: [{id: c, semantics: {arrivals: demand, served: limit}}]

    """

@Test(arguments: [
  (
    ["preview", "good.yaml"], Int32(0),
    "2 bins of 1 hour\n\nSERIES  KIND  MIN  MEAN  MAX  COURSE\n", ""
  ),
  (["preview", "good.yaml"], 0, "demand  flow  1.5  1.75  2    ▁█\n", ""),
  (["preview", "good.yaml", "--ascii"], 0, "demand  flow  1.5  1.75  2    .@\n", ""),
  (["preview", "good.yaml", "--params", "rate=4"], 0, "demand  flow  2    3     4    █▁\n", ""),
  (["preview", "good.yaml", "--format", "json"], 0, #""id": "demand@DEMAND@DEFAULT""#, ""),
  (
    ["preview", "good.yaml", "--format", "json", "--series", "demand"], 0, #""binUnit": "hours""#,
    ""
  ),
  (
    ["preview", "good.yaml", "--series", "demnd"], 1, "",
    "--series: the model has no series 'demnd'; did you mean 'demand'?"
  ),
  (["preview", "it-system", "--series", "auth_queue"], 0, "auth_queue  stock", "it-system-micro"),
  (
    ["preview", "--id", "it-system", "--series", "auth_queue", "success_rate"], 0, "success_rate",
    ""
  ),
  (["preview", "model.yaml"], 0, "demand  flow  1    1.5   2    ▁█\n", ""),
  (["preview", "--model", "model.yaml"], 0, "demand", ""),
  (["preview", "two.yaml"], 0, "2 bins of 30 minutes", ""),
  (
    ["preview", "doubtful.yaml"], 0, "demand",
    "warning: Desk: served > arrivals in 1 bins [served_exceeds_arrivals]"
  ),
  (["preview", "spare.yaml"], 0, "demand", "nothing refers to the parameter 'spare'"),
  (
    ["preview", "spare.yaml", "--lint", "parameter-unused=error"], 1, "",
    "error: nothing refers to the parameter 'spare'"
  ),
  (["preview", "bad.yaml"], 1, "", "bad.yaml:5:14: error: bins must be a whole number"),
  (["preview", "bad-model.yaml"], 1, "", "error: bins must be a whole number"),
  (["preview", "looping.yaml"], 1, "", "looping.yaml:11:35: error: these wait for one another"),
  (["preview", "looping-template.yaml"], 1, "", "the model of looping-template.yaml:"),
  (["preview", "good.yaml", "--params", "rate=fast"], 1, "", "parameter-type-mismatch"),
  (["preview", "absent.yaml"], 3, "", "absent.yaml"),
  (["preview"], 2, "", "name a template, a model or a file"),
  (["preview", "good.yaml", "model.yaml"], 2, "", "model.yaml"),
  (["preview", "good.yaml", "--series"], 2, "", "'--series' needs a value: NAME"),
  (["preview", "good.yaml", "--format", "sarif"], 2, "", "text, json"),
  (
    ["preview", "model.yaml", "--params", "rate=2"], 2, "",
    "--params is about templates, and 'model.yaml' is a model"
  ),
  (["preview", "model.yaml", "--mode", "telemetry"], 2, "", "--mode is about templates"),
])
func `preview shows what comes of a model`(
  arguments: [String], status: Int32, text: String, notice: String
) throws {
  try TemporaryDirectory.make { directory in
    try directory.write(
      "spare.yaml",
      goodTemplate.replacing(
        "parameters:\n", with: "parameters:\n  - {name: spare, type: number, default: 1}\n"))
    try directory.write("good.yaml", goodTemplate)
    try directory.write("bad.yaml", goodTemplate.replacing("bins: 2", with: "bins: many"))
    try directory.write("model.yaml", goodModel)
    try directory.write("bad-model.yaml", goodModel.replacing("bins: 2", with: "bins: many"))
    try directory.write(
      "two.yaml",
      goodModel.replacing("binSize: 1", with: "binSize: 30").replacing("hours", with: "minutes"))
    try directory.write(
      "doubtful.yaml",
      goodModel + """
          - {id: done, kind: const, values: [2, 2]}
        topology: {nodes: [{id: Desk, kind: service, semantics: {arrivals: demand, served: done}}]}

        """)
    try directory.write("looping.yaml", loopingModel)
    try directory.write(
      "looping-template.yaml",
      loopingModel.replacing(
        "schemaVersion: 1\n",
        with: """
          schemaVersion: 1
          metadata: {id: loop, title: Loop, version: 1.0.0}
          window: {start: "2025-01-01T00:00:00Z"}
          outputs: [{series: demand}]

          """))
    let before = directory.names
    let outcome = try Program.run(arguments, in: directory.path)
    #expect(outcome.status == status, "\(outcome.notices)")
    #expect(outcome.text.contains(text) || text.isEmpty, "\(outcome.text)")
    #expect(outcome.notices.contains(notice) || notice.isEmpty, "\(outcome.notices)")
    #expect(text.isEmpty == outcome.text.isEmpty)
    #expect(directory.names == before, "nothing is stored")
  }
}

@Test(arguments: [goodTemplate, goodModel])
func `preview takes a template or a model from stdin`(text: String) throws {
  let outcome = try Program.run(["preview", "-"], input: Array(text.utf8))
  #expect(outcome.status == 0, "\(outcome.notices)")
  #expect(outcome.text.contains("demand  flow"))
}
