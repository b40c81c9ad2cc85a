import JSON
import Testing

private let template = """
  metadata: {id: demo, title: Demo}
  parameters:
    - {name: rate, type: number, default: 1.5, min: 0}
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: load, kind: const, values: ["${rate}", 3]}
  outputs:
    - {series: load, as: load.csv}

  """

/// Gives `body` a directory with a template, a model of it and its record, and the same in one file.
private func prove(_ body: (TemporaryDirectory) throws -> Void) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("demo.yaml", template)
    let start = ["generate", "--template", "demo.yaml", "--generated-at", "2025-09-25T12:00:00Z"]
    for options in [
      ["--output", "model.yaml", "--provenance", "record.json"],
      ["--output", "whole.yaml", "--embed-provenance"],
    ] {
      let made = try Program.run(start + options, in: directory.path)
      #expect(made.status == 0, "\(made.notices)")
    }
    try body(directory)
  }
}

private func run(_ arguments: [String], in directory: TemporaryDirectory, input: String = "") throws
  -> Program.Outcome
{
  try Program.run(
    arguments, in: directory.path,
    environment: ["FLOWTIME_SIM_TEMPLATES": directory.path], input: Array(input.utf8))
}

private let reproduced = """
  reproduced
  passed   record: the record is well formed
  passed   template: the template 'demo' is there
  passed   modelIdHash: model_id is made of this template id, these parameters and this time
  passed   modelHash: the model has the hash that the record says
  passed   templateHash: the template has the hash that the record says
  passed   regenerated: generation gives the same model, byte for byte, and the same record

  """

@Test func `a proof is the verdict and a line for each check`() throws {
  try prove { directory in
    let ways = [
      ["model.yaml", "--provenance", "record.json"], ["whole.yaml"],
      ["model.yaml", "--provenance", "record.json", "--template", "demo.yaml"],
      ["whole.yaml", "--template", "demo"],
    ]
    for way in ways {
      let outcome = try run(["verify"] + way, in: directory)
      #expect(outcome.text == reproduced)
      #expect(outcome.status == 0)
      #expect(outcome.notices == "")
    }
    let piped = try run(["verify", "-"], in: directory, input: directory.text("whole.yaml"))
    #expect(piped.text == reproduced)
    let json = try run(["verify", "whole.yaml", "--format", "json"], in: directory)
    let result = try JSONDocument.parse(json.output).root.objectValue
    #expect(result?["verdict"] == "reproduced")
    #expect(result?["checks"]?.arrayValue?.count == 6)
  }
}

@Test func `an edited model is status 1, and the place is told`() throws {
  try prove { directory in
    try directory.write(
      "model.yaml", directory.text("model.yaml").replacing("[1.5, 3]", with: "[1.5, 4]"))
    let outcome = try run(
      ["verify", "model.yaml", "--provenance", "record.json"], in: directory)
    #expect(outcome.status == 1)
    #expect(outcome.text.hasPrefix("model-modified\n"))
    #expect(
      outcome.text.contains(
        """
        failed   modelHash: the model is not the one of the record; in the model, expected -> found:
          ~ nodes[load].values[1]: 3 -> 4 (line 9)

        """), "\(outcome.text)")
  }
}

@Test func `a changed template is told with what it makes now, and refuses to regenerate`() throws {
  try prove { directory in
    try directory.write("demo.yaml", template.replacing("3]", with: "5]"))
    let outcome = try run(["verify", "whole.yaml"], in: directory)
    #expect(outcome.status == 1)
    #expect(outcome.text.hasPrefix("template-changed\n"))
    #expect(
      outcome.text.contains("\n  ~ nodes[load].values[1]: 3 -> 5 (line"), "\(outcome.text)")
    let refused = try run(["regenerate", "record.json", "--output", "new.yaml"], in: directory)
    #expect(refused.status == 1)
    #expect(refused.notices.contains("template-changed"), "\(refused.notices)")
    #expect(refused.notices.contains("failed   templateHash: "), "\(refused.notices)")
    #expect(!directory.names.contains("new.yaml"))
    let forced = try run(
      [
        "regenerate", "record.json", "--force", "--output", "new.yaml", "--provenance", "new.json",
        "--generated-at", "2025-09-26T12:00:00Z",
      ], in: directory)
    #expect(forced.status == 0, "\(forced.notices)")
    #expect(
      forced.notices.contains("record.json: forced: ")
        && forced.notices.contains("(template-changed)"), "\(forced.notices)")
    #expect(try directory.text("new.yaml").contains("values: [1.5, 5]"))
    let record = try JSONDocument.parse(directory.read("new.json")).root.objectValue
    #expect(record?["derived_from"] == "model_20250925T120000Z_218ad3e0")
    #expect(record?["model_id"] == "model_20250926T120000Z_218ad3e0")
    #expect(try run(["verify", "new.yaml", "--provenance", "new.json"], in: directory).status == 0)
  }
}

@Test func `a record gives its model, and a model that has one gives itself`() throws {
  try prove { directory in
    let bare = try run(["regenerate", "record.json", "--provenance", "again.json"], in: directory)
    #expect(bare.output == (try directory.read("model.yaml")))
    #expect(try directory.read("again.json") == directory.read("record.json"))
    let whole = try run(["regenerate", "whole.yaml"], in: directory)
    #expect(whole.output == (try directory.read("whole.yaml")))
    let piped = try run(["regenerate", "-"], in: directory, input: directory.text("record.json"))
    #expect(piped.output == bare.output)
  }
}

@Test func `nothing is written over what regenerate or generate reads`() throws {
  try prove { directory in
    try directory.write("values.json", "{\"rate\": 2}")
    let names = directory.names
    let cases: [(arguments: [String], notice: String)] = [
      (["regenerate", "record.json", "-o", "./record.json"], "'./record.json' is read"),
      (["regenerate", "whole.yaml", "--provenance", "whole.yaml"], "'whole.yaml' is read"),
      (["regenerate", "record.json", "--template", "demo.yaml", "-o", "demo.yaml"], "is read"),
      (
        ["generate", "demo.yaml", "--params", "values.json", "-o", "./values.json"],
        "'./values.json' is read"
      ),
      (
        ["generate", "demo.yaml", "--params", "@values.json", "-o", "values.json"],
        "'values.json' is read"
      ),
      (
        ["regenerate", "record.json", "-o", "new", "--provenance", "./new"],
        "--output and --provenance name one file, 'new'"
      ),
      (["embed", "model.yaml", "--provenance", "record.json", "-o", "record.json"], "is read"),
      (["extract", "whole.yaml", "--provenance", "./whole.yaml"], "'./whole.yaml' is read"),
      (["extract", "whole.yaml", "--provenance", "a", "-o", "./a"], "name one file, 'a'"),
    ]
    for (arguments, notice) in cases {
      let before = try names.map { try directory.read($0) }
      let outcome = try run(arguments, in: directory)
      #expect(outcome.status == 2, "\(arguments): \(outcome.notices)")
      #expect(outcome.notices.contains(notice), "\(arguments): \(outcome.notices)")
      #expect(directory.names == names)
      #expect(try names.map { try directory.read($0) } == before)
    }
    // What has an id is no file of that name.
    #expect(try run(["generate", "demo", "--output", "demo"], in: directory).status == 0)
  }
}

@Test func `a record is told from a model by what is in it, whatever the name`() throws {
  try prove { directory in
    let record = try directory.text("record.json")
    let broken = record.replacing("\n}", with: ",\n}")
    try directory.write("broken.txt", broken)
    try directory.write("good.txt", " \n" + record)
    try directory.write("flow.json", "{schemaVersion: 1, grid: {bins: 1}}")
    try directory.write("bom.txt", "\u{FEFF}" + record)
    // A model without nodes, with its record in it.
    let whole = JSONValue.object([
      "schemaVersion": 1, "grid": ["bins": 2],
      "provenance": try JSONDocument.parse(Array(record.utf8)).root,
    ])
    try directory.write("grid.json", whole.text())
    let line = broken.split(separator: "\n").count
    for command in [["regenerate"], ["export", "--as", "slsa"], ["diff", "good.txt"]] {
      let outcome = try run(command + ["broken.txt"], in: directory)
      #expect(outcome.status == 1)
      #expect(
        outcome.notices.contains("broken.txt:\(line):1: error: expected a member name in double"),
        "\(command): \(outcome.notices)")
      #expect(!outcome.notices.contains("at byte"))
      let piped = try run(command + ["-"], in: directory, input: String(record.prefix(60)))
      #expect(
        piped.notices.contains("-:3:") && piped.notices.contains("error: unexpected end of text\n"),
        "\(command): \(piped.notices)")
      let marked = try run(command + ["bom.txt"], in: directory)
      #expect(marked.notices.contains("bom.txt:1:1: error: remove the byte order mark\n"))
      #expect(try run(command + ["good.txt"], in: directory).status == 0)
    }
    #expect(try run(["regenerate", "grid.json"], in: directory).text.contains("provenance:\n"))
    #expect(
      try run(["export", "--as", "slsa", "grid.json"], in: directory).notices
        .contains("the record is not of this model"))
    for model in ["grid.json", "flow.json"] {
      let models = try run(["diff", model, "model.yaml"], in: directory)
      #expect(models.status == 0, "\(models.notices)")
    }
  }
}

@Test func `a model that is given as a record is told to be one`() throws {
  try prove { directory in
    try directory.write("flat.json", #"{"schemaVersion": 1, "nodes": []}"#)
    for record in ["model.yaml", "whole.yaml", "flat.json"] {
      let outcome = try run(["verify", "whole.yaml", "--provenance", record], in: directory)
      #expect(outcome.status == 1)
      #expect(
        outcome.text.hasPrefix(
          "malformed\nfailed   record: this looks like a model, and a record is JSON; where none is "
            + "given, the one in the model is taken\n"), "\(outcome.text)")
    }
  }
}

@Test func `bad records are verdicts, each with a clear answer`() throws {
  try prove { directory in
    let record = try directory.text("record.json")
    let model = try directory.text("model.yaml")
    let whole = try directory.text("whole.yaml")
    // What would be read if an id were a path.
    try directory.write("secret.yaml", template.replacing("id: demo", with: "id: other"))
    let files: [(record: String, verdict: String, message: String)] = [
      (String(record.dropLast(100)), "malformed", "the record is no JSON"),
      (
        record.replacing("flowtime-sim", with: "other-sim"), "malformed",
        "its source is 'other-sim'"
      ),
      (
        record.replacing("1.5", with: "9007199254740993"), "malformed",
        "'parameters.rate' is a number"
      ),
      (
        record.replacing("\"demo\"", with: "\"../secret\""), "template-not-found",
        "there is no template '../secret'"
      ),
      (
        record.replacing("\"parameters\"", with: "\"mine\": [1],\n  \"parameters\""), "reproduced",
        "kept and not checked: 'mine'"
      ),
      (
        record.replacing("\"parameters\"", with: "\"model_hash\": \"\",\n  \"parameters\""),
        "malformed", "one name twice (line 13"
      ),
    ]
    for file in files {
      try directory.write("bad.json", file.record)
      let outcome = try run(["verify", "model.yaml", "--provenance", "bad.json"], in: directory)
      #expect(outcome.text.hasPrefix(file.verdict + "\n"), "\(outcome.text)")
      #expect(outcome.text.contains(file.message), "\(outcome.text)")
      #expect(outcome.status == (file.verdict == "reproduced" ? 0 : 1))
    }
    let models: [(text: String, message: String)] = [
      (model, "none is given, and the model has none"),
      (whole + "provenance: {}\n", "has 'provenance' 2 times"),
      (
        model.replacing("  bins: 2", with: "  bins: 2\n  provenance: {model_id: m}"),
        "the record is misplaced: 'grid.provenance'"
      ),
    ]
    for (text, message) in models {
      try directory.write("bad.yaml", text)
      let outcome = try run(["verify", "bad.yaml"], in: directory)
      #expect(outcome.text.hasPrefix("malformed\n"), "\(outcome.text)")
      #expect(outcome.text.contains(message), "\(outcome.text)")
      #expect(outcome.status == 1)
    }
  }
}

/// A debug build takes a minute for what a release build does in a second.
#if DEBUG
  private let megabytes = 5
#else
  private let megabytes = 50
#endif

@Test func `a record of many megabytes is a clear answer`() throws {
  try prove { directory in
    let record = try directory.text("record.json")
    let note = "\"note\": \"\(String(repeating: "x", count: megabytes << 20))\",\n  \"parameters\""
    try directory.write("long.json", record.replacing("\"parameters\"", with: note))
    let outcome = try run(["verify", "model.yaml", "--provenance", "long.json"], in: directory)
    #expect(
      outcome.text.hasPrefix("reproduced\n"), "\(outcome.text.prefix(1_000)) \(outcome.notices)")
    #expect(outcome.text.contains("kept and not checked: 'note'"))
    #expect(outcome.text.utf8.count < 2_000)
  }
}

@Test(arguments: [
  (["verify"], "verify: name a model"),
  (["verify", "-", "--provenance", "-"], "'-' is stdin, once"),
  (["verify", "a", "b"], "unexpected 'b'"),
  (["verify", "a", "--format", "sarif"], "one of text, json"),
  (["regenerate"], "regenerate: name a record or a model"),
  (["regenerate", "a", "--output", "b", "--provenance", "b"], "name one file, 'b'"),
  (["regenerate", "a", "--generated-at", "noon"], "regenerate: --generated-at takes a time"),
])
func `wrong usage of verify and regenerate is told`(arguments: [String], notice: String) throws {
  let outcome = try Program.run(arguments)
  #expect(outcome.status == 2)
  #expect(outcome.notices.contains(notice), "\(outcome.notices)")
}

@Test func `a file that cannot be read is status 3`() throws {
  try prove { directory in
    for arguments in [
      ["verify", "nowhere.yaml"], ["verify", "model.yaml", "--provenance", "nowhere.json"],
      ["regenerate", "nowhere.json"],
    ] {
      let outcome = try run(arguments, in: directory)
      #expect(outcome.status == 3)
      #expect(outcome.text == "")
    }
  }
}

@Test func `values that a record seals are given on the command line and never shown`() throws {
  try TemporaryDirectory.make { directory in
    let text = template.replacing(
      "default: 1.5, min: 0", with: "sensitive: true, max: 9000")
    try directory.write("demo.yaml", text)
    let options = [
      "--generated-at", "2025-09-25T12:00:00Z", "--output", "model.yaml", "--provenance",
      "record.json",
    ]
    let refused = try run(
      ["generate", "demo", "--params", "rate=4815162"] + options, in: directory)
    #expect(refused.status == 1)
    #expect(refused.notices.contains("must be at most 9000, not (hidden)"))
    #expect(!refused.notices.contains("4815162"))

    let made = try run(["generate", "demo", "--params", "rate=4815.5"] + options, in: directory)
    #expect(made.status == 0, "\(made.notices)")
    #expect(try directory.text("model.yaml").contains("[4815.5, 3]"))
    #expect(try !directory.text("record.json").contains("4815"))

    let ways = [
      ["verify", "model.yaml", "--provenance", "record.json"], ["regenerate", "record.json"],
    ]
    let sealed =
      "error: the record seals the value of 'rate', which must be given: --params rate=VALUE\n"
    for way in ways {
      let without = try run(way, in: directory)
      #expect(without.status == 1)
      #expect(without.text == "")
      #expect(without.notices.hasSuffix(sealed), "\(without.notices)")
      let other = try run(way + ["--params", "rate=4816"], in: directory)
      #expect(other.status == 1)
      #expect(other.notices.contains("does not hold the value that is given for 'rate'"))
      #expect(!other.notices.contains("4816"))
    }
    let json = try run(ways[0] + ["--format", "json"], in: directory)
    let data = try #require(try JSONDocument.parse(Array(json.text.utf8)).root.objectValue)
    #expect(data["missing"] == ["rate"])
    #expect(data["checks"]?.arrayValue?.count == 6)
    let verified = try run(ways[0] + ["--params", "rate=4815.5"], in: directory)
    #expect(verified.text == reproduced)
    let again = try run(ways[1] + ["--params", "rate=4815.50"], in: directory)
    #expect(try again.text == directory.text("model.yaml"))
  }
}
