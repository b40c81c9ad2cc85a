import JSON
import TestSupport
import Testing

private let old = """
  schemaVersion: 1
  nodes:
    - id: a
      values: [1, 2, 3]
    - id: b
      expr: a * 2
    - {id: gone}
  """

private let new = """
  # Now with more.
  nodes:
    - {id: b, expr: 'a * 3'}
    - {id: a, values: [1, 2.0, 4]}
    - {id: "come"}
  schemaVersion: 1
  """

/// Runs `diff` beside `old.yaml` and `new.yaml`.
private func diff(_ arguments: String..., input: String = "") throws -> Program.Outcome {
  try TemporaryDirectory.make { directory in
    try directory.write("old.yaml", old)
    try directory.write("new.yaml", new)
    return try Program.run(["diff"] + arguments, in: directory.path, input: Array(input.utf8))
  }
}

private let told = """
  --- old.yaml
  +++ new.yaml
  - nodes[gone]: {"id":"gone"} (line 7)
  > nodes[b]: moved from place 2 to 1 (line 5, now 3)
  + nodes[come]: {"id":"come"} (line 5)
  ~ nodes[b].expr: "a * 2" -> "a * 3" (line 6, now 3)
  ~ nodes[a].values[2]: 3 -> 4 (line 4)

  """

@Test func `differences are told value by value, and are no error`() throws {
  let outcome = try diff("old.yaml", "new.yaml")
  #expect(outcome.text == told)
  #expect(outcome.notices == "")
  #expect(outcome.status == 0)
  let piped = try diff("old.yaml", "-", input: new)
  #expect(piped.text == told.replacing("+++ new.yaml", with: "+++ -"))
}

@Test func `equal texts are told to be so`() throws {
  let outcome = try diff("old.yaml", "-", "--exit-code", input: "# mine\n" + old)
  #expect(outcome.text == "no differences\n")
  #expect(outcome.status == 0)
}

@Test(arguments: ["text", "json", "patch"])
func `with --exit-code a difference is status 1, whatever the format`(format: String) throws {
  let outcome = try diff("old.yaml", "new.yaml", "--exit-code", "--format", format)
  #expect(outcome.status == 1)
  #expect(outcome.notices == "")
  #expect(try diff("old.yaml", "new.yaml", "--format", format).output == outcome.output)
}

@Test func `the patch makes the new model of the old one`() throws {
  let outcome = try diff("old.yaml", "new.yaml", "--format", "patch")
  let patch = try #require(try JSONDocument.parse(outcome.output).root.arrayValue)
  let model: JSONValue = [
    "schemaVersion": 1,
    "nodes": [
      ["id": "a", "values": [1, 2, 3]], ["id": "b", "expr": "a * 2"], ["id": "gone"],
    ],
  ]
  let wanted: JSONValue = [
    "schemaVersion": 1,
    "nodes": [
      ["id": "b", "expr": "a * 3"], ["id": "a", "values": [1, 2, 4]], ["id": "come"],
    ],
  ]
  #expect(try model.patched(patch) == wanted)
  let result = try JSONDocument.parse(
    try diff("old.yaml", "new.yaml", "--format", "json").output
  ).root.objectValue
  #expect(result?["patch"] == .array(patch))
  #expect(result?["changes"]?.arrayValue?.count == patch.count)
}

@Test func `records are told from models by what is in them`() throws {
  try TemporaryDirectory.make { directory in
    for (name, bins, naming) in [("a", "6", "snake_case"), ("b", "7", "camelCase")] {
      let made = try Program.run(
        [
          "generate", "--template", "transportation-basic", "--params", "bins=\(bins)",
          "--output", "\(name).yaml", "--provenance", "\(name).json", "--provenance-naming", naming,
          "--generated-at", "2025-09-25T12:00:00Z",
        ], in: directory.path)
      #expect(made.status == 0, "\(made.notices)")
    }
    let records = try Program.run(["diff", "a.json", "b.json"], in: directory.path)
    #expect(records.status == 0)
    #expect(records.text.contains("\n~ parameters.bins: 6 -> 7\n"), "\(records.text)")
    #expect(!records.text.contains("generated_at"))
    #expect(!records.text.contains("template_id"))
    let mixed = try Program.run(["diff", "a.yaml", "b.json"], in: directory.path)
    #expect(mixed.status == 1)
    #expect(
      mixed.notices.contains("'b.json' is a provenance record and 'a.yaml' is none"),
      "\(mixed.notices)")
    // A model may be written as JSON.
    try directory.write("m.json", #"{"schemaVersion": 1, "nodes": []}"#)
    let models = try Program.run(["diff", "m.json", "a.yaml"], in: directory.path)
    #expect(models.text.contains("\n+ nodes["), "\(models.text)")
  }
}

@Test func `a template is compared under two sets of values`() throws {
  let arguments = [
    "diff", "--template", "network", "--params", "bins=6", "--old", "bins=5", "--new",
    "rngSeed=7",
  ]
  let outcome = try Program.run(arguments)
  #expect(outcome.status == 0, "\(outcome.notices)")
  #expect(outcome.text.contains("(old)\n+++ "), "\(outcome.text)")
  #expect(
    outcome.text.contains("\nparameters\n~ bins: 5 -> 6\n~ rngSeed: 42 -> 7\n"), "\(outcome.text)")
  #expect(outcome.text.contains("\nmodel\nmodel_id: …_"), "\(outcome.text)")
  #expect(outcome.text.contains("\n~ rng.seed: 42 -> 7 (line "), "\(outcome.text)")
  #expect(outcome.text.contains("\n~ grid.bins: 5 -> 6 (line "), "\(outcome.text)")
  let same = try Program.run(["diff", "--template", "transportation-basic", "--exit-code"])
  #expect(same.text == "no differences\n")
  #expect(same.status == 0)
}

@Test func `an error names the side and the place`() throws {
  let broken = try diff("old.yaml", "-", input: "nodes: [")
  #expect(broken.status == 1)
  #expect(broken.notices.hasPrefix("-:1:8: error: "), "\(broken.notices)")
  #expect(broken.text == "")
  let values = try Program.run(
    ["diff", "--template", "transportation-basic", "--new", "bins=0"])
  #expect(values.status == 1)
  #expect(values.notices.contains("with the values of the new side"), "\(values.notices)")
  #expect(values.notices.contains("[parameter-below-min]"), "\(values.notices)")
  #expect(try diff("old.yaml", "nowhere.yaml").status == 3)
}

@Test(arguments: [
  ([], "name two models or two records, or --template"),
  (["old.yaml"], "name two models or two records"),
  (["-", "-"], "'-' is stdin, once"),
  (["a", "b", "c"], "unexpected 'c'"),
  (["old.yaml", "new.yaml", "--old", "bins=1"], "'--old' needs --template"),
  (["old.yaml", "--template", "x"], "name two files or --template, not both"),
  (["old.yaml", "new.yaml", "--format", "yaml"], "one of text, json, patch"),
])
func `wrong usage of diff is told`(arguments: [String], notice: String) throws {
  let outcome = try Program.run(["diff"] + arguments)
  #expect(outcome.status == 2)
  #expect(outcome.notices.contains(notice), "\(outcome.notices)")
}

@Test func `differences are coloured on a terminal, unless NO_COLOR asks otherwise`() throws {
  func shown(_ environment: [String: String]) throws -> String {
    try TemporaryDirectory.make { directory in
      try directory.write("old.yaml", old)
      try directory.write("new.yaml", new)
      let terminal = try Terminal()
      let program = try Program(
        ["diff", "old.yaml", "new.yaml"], in: directory.path, environment: environment,
        outputTerminal: terminal.side)
      #expect(try program.finish().status == 0)
      return try terminal.shown().replacing("\r\n", with: "\n")
    }
  }
  let coloured = try shown(["TERM": "xterm"])
  #expect(coloured.contains("\u{1B}[31m\"a * 2\"\u{1B}[0m -> \u{1B}[32m\"a * 3\"\u{1B}[0m"))
  #expect(try shown(["TERM": "xterm", "NO_COLOR": "1"]) == told)
  #expect(try shown(["TERM": "dumb"]) == told)
}

@Test func `a long text is shown where it differs, and no value reaches the terminal as a command`()
  throws
{
  try TemporaryDirectory.make { directory in
    let long = String(repeating: "x", count: 1_000)
    try directory.write("a.yaml", "expr: \(long)one\nodd: \"\\e[2J\\x9b2J\"\n")
    try directory.write("b.yaml", "expr: \(long)two\n")
    let outcome = try Program.run(["diff", "a.yaml", "b.yaml"], in: directory.path)
    #expect(outcome.text.contains("\n    - …xxx"), "\(outcome.text)")
    #expect(outcome.text.contains("xxxone\"\n    + …xxx"), "\(outcome.text)")
    #expect(outcome.text.contains("xxxtwo\"\n"), "\(outcome.text)")
    #expect(outcome.text.contains(#"- odd: "\u001b[2J\u009b2J""#), "\(outcome.text)")
  }
}
