import Foundation
import JSON
import Testing

private let line = """
  schemaVersion: 1
  grid: {bins: 3, binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: [10, 10, 20]}
    - {id: served, kind: expr, expr: demand * 0.8}

  """

private let record = """
  {"source": "flowtime-sim", "model_id": "model_1", "template_id": "line", "template_version": "1.0.0",
   "parameters": {"bins": 3, "rate": 0.80}}
  """

/// What stands beside the data directory in every case.
private let files: [(name: String, text: String)] = [
  ("line.yaml", line),
  ("record.json", record),
  ("wrong.yaml", line.replacing("demand * 0.8", with: "demnd * 0.8")),
  ("short.yaml", line.replacing("[10, 10, 20]", with: "[10, 10]")),
  ("lost.yaml", line.replacing("hours}", with: "hours, provenance: {model_id: m}}")),
  ("broken.yaml", "grid: {bins: 3\nnodes: []\n"),
  ("empty.yaml", " \n"),
  (
    "embedded.yaml",
    line.replacing("grid:", with: "provenance: {modelId: model_2, source: hand}\ngrid:")
  ),
  ("numbered.json", "{\n  \"source\": \"ä\",\n \"model_id\": 3}"),
  ("escaped.json", "\n{\"model\\u0049d\": true}"),
  ("cut.json", "\n{\"model_id\": \"m"),
  ("marked.json", "\u{FEFF}" + record),
  ("nameless.json", #"{"source": "hand"}"#),
]

/// Runs flowtime-engine where the files are.
private func engine(
  _ arguments: [String], in directory: TemporaryDirectory, environment: [String: String] = [:],
  input: String = ""
) throws -> Program.Outcome {
  try Program.run(
    arguments, in: directory.path, environment: environment, input: Array(input.utf8),
    executable: Program.engine)
}

private func engine(
  _ command: String, in directory: TemporaryDirectory, input: String = ""
) throws -> Program.Outcome {
  try engine(command.split(separator: " ").map(String.init), in: directory, input: input)
}

/// Gives `body` a directory in which `data` has two runs: `first` with a record, `second` without.
private func withRuns(
  _ body: (_ directory: TemporaryDirectory, _ first: String, _ second: String) throws -> Void
) throws {
  try TemporaryDirectory.make { directory in
    for file in files { try directory.write(file.name, file.text) }
    let ids = try ["run line.yaml --provenance record.json", "run line.yaml"].map { command in
      let outcome = try engine(command, in: directory)
      #expect(outcome.status == 0, "\(outcome.notices)")
      return String(outcome.text.dropLast())
    }
    try body(directory, ids[0], ids[1])
  }
}

private struct Case: Sendable {
  let command: String
  let status: Int32
  /// What stdout must hold; RUN is the first run, LATER the second.
  let output: [String]
  /// What stderr must hold.
  let notices: [String]
  let input: String

  init(
    _ command: String, _ status: Int32 = 0, output: [String] = [], notices: [String] = [],
    input: String = ""
  ) {
    self.command = command
    self.status = status
    self.output = output
    self.notices = notices
    self.input = input
  }
}

private let bothRuns = ["RUN", "LATER", "Total: 2 artifacts (showing 2)"]
private let noRuns = ["No artifacts found.\n"]
private let firstRun = ["RUN", "Total: 1 artifacts (showing 1)"]

private let cases: [Case] = [
  // Models and records.
  Case("run line.yaml", output: ["run_"], notices: ["line.yaml: 2 series of 3 bins, in /"]),
  Case("run -", output: ["run_"], notices: ["-: 2 series of 3 bins"], input: line),
  Case(
    "run line.yaml --provenance -", output: ["run_"], notices: ["2 series"], input: record),
  Case("run embedded.yaml", output: ["run_"]),
  Case(
    "run embedded.yaml --provenance record.json", output: ["run_"],
    notices: [
      "warning: the provenance of 'model_1' in 'record.json' is stored, and that of 'model_2'"
    ]),
  Case(
    "run line.yaml --provenance nameless.json", output: ["run_"],
    notices: ["warning: the provenance in 'nameless.json' names no model"]),
  Case(
    "run line.yaml --provenance -", output: ["run_"],
    notices: ["warning: the provenance in stdin names no model"], input: "{}"),
  Case(
    "run line.yaml --format json",
    output: [#""runId": "run_"#, #""directory": "/"#, #""modelHash": "sha256:"#, "8,\n"]),
  Case("run wrong.yaml", 1, notices: ["wrong.yaml:5:36: error: no node 'demnd'"]),
  Case(
    "run short.yaml", output: ["run_"],
    notices: ["short.yaml:4:39: warning: 2 values for 3 bins", "2 series of 3 bins"]),
  Case("run short.yaml --strict", 1, notices: ["short.yaml:4:39: error: 2 values for 3 bins"]),
  Case("run lost.yaml", 1, notices: ["lost.yaml:2:45: error:", "provenance"]),
  Case("run broken.yaml", 1, notices: ["broken.yaml:1:7: error:"]),
  Case("run empty.yaml", 1, notices: ["flowtime-engine: the model is empty"]),
  Case("run -", 1, notices: ["the model is empty"]),
  Case(
    "run line.yaml --provenance numbered.json", 1,
    notices: ["numbered.json:3:14: error: 'model_id' must be text, not a number"]),
  Case(
    "run line.yaml --provenance escaped.json", 1,
    notices: ["escaped.json:2:1: error: 'modelId' must be text, not a boolean"]),
  Case(
    "run line.yaml --provenance cut.json", 1,
    notices: ["cut.json:2:16: error: unexpected end of text"]),
  Case(
    "run line.yaml --provenance -", 1, notices: ["-:1:2: error: expected a member name"],
    input: "{3}"),
  Case(
    "run line.yaml --provenance marked.json", 1,
    notices: ["marked.json:1:1: error: remove the byte order mark"]),
  Case("run line.yaml --provenance absent.json", 3, notices: ["'absent.json': No such file"]),
  Case("run absent.yaml", 3, notices: ["cannot open 'absent.yaml': No such file or directory"]),
  Case("run wrong.yaml --data absent", 1, notices: ["no node 'demnd'"]),
  Case("run empty.yaml --data absent", 1, notices: ["the model is empty"]),
  Case("run line.yaml --provenance cut.json --data absent", 1, notices: ["cut.json:2:16"]),
  Case("run line.yaml --data absent/deep", 3, notices: ["'absent/deep': No such file"]),
  Case("run line.yaml --data line.yaml", 3, notices: ["line.yaml': Not a directory"]),
  // Lists.
  Case("artifacts list", output: ["ID ", "Template", "Model with demand, served"] + bothRuns),
  Case("artifacts list --template-id line", output: firstRun),
  Case("artifacts list --template-id Line", output: noRuns),
  Case("artifacts list --model-id model_1", output: firstRun),
  Case("artifacts list --model-id model_", output: noRuns),
  Case("artifacts list --source flowtime-sim", output: firstRun),
  Case("artifacts list --source flowtime-sim --template-id other", output: noRuns),
  Case("artifacts list --where metadata.template_version=1.0.0", output: firstRun),
  Case("artifacts list --where metadata.templateVersion=1.0.0", output: firstRun),
  Case("artifacts list --where metadata.templateVersion=1.0", output: noRuns),
  Case("artifacts list --where tags=configured --where type=run", output: bothRuns),
  Case("artifacts list --where tags=nightly", output: noRuns),
  Case("artifacts list --where search=DEMAND", output: bothRuns),
  Case("artifacts list --where createdAfter=2025-09-25T00:00:00Z", output: bothRuns),
  Case("artifacts list --where createdBefore=2025-09-25", output: noRuns),
  Case("artifacts list --where maxSize=1", output: noRuns),
  Case("artifacts list --limit 1", output: ["Total: 2 artifacts (showing 1)"]),
  Case("artifacts list --skip 2", output: noRuns),
  Case(
    "artifacts list --sort +id --format json",
    output: [#""total": 2"#, #""count": 2"#, #""templateId": "line""#]),
  Case("artifacts list --sort name", 2, notices: ["artifacts: --sort must be created, title"]),
  Case("artifacts list --limit many", 2, notices: ["--limit must be a whole number"]),
  Case("artifacts list --skip -1", 2, notices: ["skip"]),
  Case("artifacts list --where tag=x", 2, notices: ["'tag' is no parameter", "'tags'"]),
  Case("artifacts list --where mode", 2, notices: ["--where takes NAME=VALUE, not 'mode'"]),
  Case("artifacts list --where createdAfter=soon", 2, notices: ["must be a time", "'soon'"]),
  Case("artifacts list --data absent", 3, notices: ["no directory 'absent'", "FLOWTIME_DATA_DIR"]),
  Case("artifacts", 2, notices: ["say 'list'"]),
  Case("artifacts show", 2, notices: ["no 'show'; there is 'list'"]),
  // One run.
  Case(
    "show RUN",
    output: [
      "run       RUN\n", "grid      3 bins of 1 hours\n", "template  line\n", "model     model_1\n",
      "source    flowtime-sim\n", "demand  flow  10   20   20    ▁▁█\n",
      "served  flow  8    16   16 ",
    ]),
  Case("show latest", output: ["run      LATER\n"]),
  Case("show latest --series served --ascii", output: ["LATER", "served  flow  8    16   16 "]),
  Case(
    "show RUN --format json", output: [#""artifact": {"#, #""manifest": {"#, #""values": ["#]),
  Case("show", 2, notices: ["show: name a run, the beginning of its id, or 'latest'"]),
  Case("show run_", 1, notices: ["2 runs begin with 'run_'", "RUN", "LATER"]),
  Case("show other", 1, notices: ["no run 'other' in 'data'", "artifacts list"]),
  Case("show ../data/RUN", 1, notices: ["no run '../data/RUN'"]),
  Case("show RUN --series other", 1, notices: ["no series 'other' in the run 'RUN'"]),
  Case("show RUN --series ../../line", 1, notices: ["../../line"]),
  Case("show latest --data absent", 3, notices: ["no directory 'absent'"]),
  Case("plot RUN", output: ["<svg ", "demand (entities/bin): 10 to 20", "</svg>\n"]),
  Case(
    "plot RUN --series served --width 360", output: ["width=\"360\"", "One series over 3 bins"]),
  Case("plot RUN --width 359", 2, notices: ["--width takes a number from 360 to 2400, not '359'"]),
  Case("plot RUN --width wide", 2, notices: ["not 'wide'"]),
  Case("plot RUN --series other", 1, notices: ["no series 'other'"]),
  Case("plot RUN --output absent/x.svg", 3, notices: ["absent/x.svg"]),
  Case("plot latest --data absent --output absent.svg", 3, notices: ["no directory 'absent'"]),
  Case("plot", 2, notices: ["plot: name a run"]),
  Case(
    "trace RUN",
    output: [
      "\nmodel      model_1\n", "\ntemplate   line\n", "\n  rate     0.80\n",
      "\nto prove it:\n  flowtime-sim verify /",
    ]),
  Case("trace LATER", output: ["text hash"], notices: ["the run has no provenance"]),
  Case(
    "trace RUN --format json",
    output: [#""modelId": "model_1""#, #""rate": 0.80"#, #""verify": "flowtime-sim verify /"#]),
  Case("trace other", 1, notices: ["no run 'other'"]),
  Case("trace latest --data absent", 3, notices: ["no directory 'absent'"]),
  // The rest.
  Case("rebuild", output: ["2 runs\n"]),
  Case("rebuild --data absent", 3, notices: ["no directory 'absent'"]),
  Case("rebuild now", 2, notices: ["unexpected 'now'"]),
  Case("serve", 2, notices: ["serve: say where"]),
  Case("serve --http nowhere", 2, notices: ["not 'nowhere'"]),
  Case("serve --http 127.0.0.1:70000", 2, notices: ["not '127.0.0.1:70000'"]),
  Case("run", 2, notices: ["run: name a model's file"]),
  Case("run line.yaml line.yaml", 2, notices: ["unexpected 'line.yaml'"]),
  Case("run - --provenance -", 2, notices: ["cannot both be stdin"]),
  Case("run line.yaml --format xml", 2, notices: ["'xml'"]),
  Case("run line.yaml --dta x", 2, notices: ["--dta"]),
  Case("store", 2, notices: ["no command 'store'"]),
  Case("", 2, notices: ["name a command"]),
  Case("--version", output: ["flowtime-engine "]),
  Case("run --help", output: ["Usage: flowtime-engine run MODEL"]),
]

@Test func `each command answers with its status, its output and its notices`() throws {
  try withRuns { directory, first, second in
    func filled(_ text: String) -> String {
      text.replacing("RUN", with: first).replacing("LATER", with: second)
    }
    for row in cases {
      let name = row.command
      // What runs a model has a directory of its own, so that there are two runs for the others.
      let isRun = name.hasPrefix("run ") && !name.contains("--data")
      let outcome = try engine(
        filled(name).split(separator: " ").map(String.init) + (isRun ? ["--data", "other"] : []),
        in: directory, input: row.input)
      #expect(outcome.status == row.status, "\(name): \(outcome.notices)")
      for text in row.output {
        #expect(outcome.text.contains(filled(text)), "\(name): \(outcome.text)")
      }
      if row.output.isEmpty { #expect(outcome.text == "", "\(name)") }
      for text in row.notices {
        #expect(outcome.notices.contains(filled(text)), "\(name): \(outcome.notices)")
      }
      if row.status != 0 { #expect(!outcome.notices.isEmpty, "\(name)") }
      if row.output == firstRun { #expect(!outcome.text.contains(second), "\(name)") }
    }
    // Whatever was refused left nothing behind.
    let runs = try FileManager.default.contentsOfDirectory(atPath: directory.path("other"))
    #expect(
      runs.filter { $0.hasPrefix("run_") }.count
        == cases.count { $0.output.first?.contains("run_") ?? false })
    #expect(!runs.contains { $0.hasPrefix(".flowtime-stage") })
    #expect(!directory.names.contains { $0.hasPrefix("absent") })
  }
}

@Test func `what is worth a warning is told as text and in JSON`() throws {
  let model = """
    schemaVersion: 1
    grid: {bins: 2, binSize: 1, binUnit: hours}
    provenance: {modelId: model_2}
    nodes:
      - {id: asked, kind: const, values: [2, 2]}
      - {id: "𝛼", kind: const, values: [3]}
      - {id: done, kind: const, values: [3, 3]}
    topology:
      nodes:
        - {id: Desk, kind: service, semantics: {arrivals: asked, served: done}}

    """
  try TemporaryDirectory.make { directory in
    try directory.write("warned.yaml", model)
    try directory.write("record.json", record)
    let command = "run warned.yaml --provenance record.json"
    for format in ["", " --format json"] {
      let notices = try engine(command + format, in: directory).notices
      for text in [
        "warned.yaml:6:36: warning: 1 value for 2 bins [const-length-mismatch]",
        "warning: the provenance of 'model_1' in 'record.json' is stored",
        "warning: Desk: served > arrivals in 2 bins [served_exceeds_arrivals]",
      ] {
        #expect(notices.contains(text), "\(notices)")
      }
    }
    let outcome = try engine(command + " --format json", in: directory)
    let answer = try #require(JSONDocument.parse(outcome.output).root.objectValue)
    #expect(
      answer.members.map(\.name) == [
        "runId", "directory", "modelHash", "grid", "order", "series", "warnings",
        "provenanceWarnings", "diagnostics",
      ])
    #expect(
      answer["warnings"]
        == [
          [
            "nodeId": "Desk", "code": "served_exceeds_arrivals",
            "message": "served > arrivals in 2 bins", "severity": "warning",
          ]
        ])
    #expect(answer["provenanceWarnings"]?.arrayValue?.count == 1)
    let diagnostics = (answer["diagnostics"]?.arrayValue ?? []).compactMap(\.objectValue)
    let diagnostic = try #require(diagnostics.last)
    #expect(diagnostic["code"] == "const-length-mismatch")
    #expect(diagnostic["severity"] == 2)
    #expect(diagnostic["source"] == "flowtime-engine")
    // In code points, as everywhere at the terminal.
    #expect(
      diagnostic["range"]
        == ["start": ["line": 5, "character": 35], "end": ["line": 5, "character": 38]])
    #expect(answer["series"]?.objectValue?["done"] == [3, 3])
    #expect(answer["grid"]?.objectValue?["binUnit"] == "hours")
  }
}

@Test func `a run that was told is there whole, with its record as it came`() throws {
  try withRuns { directory, first, second in
    let run = "data/" + first
    #expect(try directory.text(run + "/model/model.yaml") == line)
    #expect(try directory.text(run + "/spec.yaml") == line)
    let stored = try JSONDocument.parse(directory.read(run + "/provenance.json")).root.objectValue
    let given = try #require(JSONDocument.parse(Array(record.utf8)).root.objectValue)
    for member in given.members {
      #expect(stored?[member.name]?.text() == member.value.text(), "\(member.name)")
    }
    #expect(stored?["received_at"] != nil)
    #expect(
      try directory.text(run + "/series/served@SERVED@DEFAULT.csv")
        == "bin_index,value\n0,8\n1,8\n2,16\n")
    #expect(
      !FileManager.default.fileExists(atPath: directory.path("data/\(second)/provenance.json")))
  }
}

@Test func `the latest run is the one that was stored last, also within a second`() throws {
  try TemporaryDirectory.make { directory in
    try directory.write("line.yaml", line)
    for _ in 0..<8 {
      let id = try engine("run line.yaml", in: directory).text
      #expect(try engine("show latest", in: directory).text.contains("run      " + id))
    }
  }
}

@Test func `the beginning of an id is enough where only one run has it`() throws {
  try withRuns { directory, first, second in
    let shared = zip(first, second).prefix { $0 == $1 }.count
    let beginning = String(first.prefix(shared + 1))
    for command in ["show", "trace"] {
      let outcome = try engine([command, beginning], in: directory)
      #expect(outcome.text.contains(first), "\(outcome.notices)")
    }
  }
}

@Test func `the environment names the data directory, and the option goes before it`() throws {
  try withRuns { directory, first, _ in
    let rows: [(arguments: [String], named: String, status: Int32)] = [
      (["show", first], directory.path("data"), 0),
      (["show", first], directory.path("elsewhere"), 3),
      (["show", first, "--data", "data"], directory.path("elsewhere"), 0),
      (["show", first], "", 0),
      (["run", "line.yaml"], "elsewhere", 0),
    ]
    for row in rows {
      let outcome = try engine(
        row.arguments, in: directory, environment: ["FLOWTIME_DATA_DIR": row.named])
      #expect(outcome.status == row.status, "\(row) \(outcome.notices)")
    }
    #expect(directory.names.contains("elsewhere"))
  }
}

/// What is done to the store of two runs, and what commands say then.
private let damages: [(what: String, @Sendable (_ run: String) throws -> Void, after: [Case])] = [
  (
    "half a manifest",
    { try Data(#"{"schemaVersion": 1"#.utf8).write(to: URL(filePath: $0 + "/manifest.json")) },
    [
      Case("show RUN", 3, notices: ["RUN/manifest.json' is damaged"]),
      Case("artifacts list", output: ["LATER", "Total: 1 "], notices: ["is damaged"]),
      Case("show RUN", 3, notices: ["flowtime-engine: '/", "RUN/manifest.json' is damaged"]),
      Case("trace RUN", 3, notices: ["RUN/manifest.json' is damaged"]),
      Case("rebuild", output: ["1 run\n"], notices: ["RUN/manifest.json' is damaged"]),
      Case("artifacts list", output: ["LATER", "Total: 1 "], notices: ["is damaged"]),
      Case("show latest", output: ["LATER"]),
    ]
  ),
  (
    "a series file that is gone",
    {
      try FileManager.default.removeItem(atPath: $0 + "/series/served@SERVED@DEFAULT.csv")
    },
    [
      Case("show RUN", 3, notices: ["served@SERVED@DEFAULT.csv': No such file"]),
      Case("plot RUN", 3, notices: ["served@SERVED@DEFAULT.csv': No such file"]),
      Case("show RUN --series demand", output: ["demand"]),
      Case("plot RUN --series demand", output: ["<svg "]),
      Case("trace RUN", output: ["model_1"]),
      Case("artifacts list", output: bothRuns),
    ]
  ),
  (
    "a series with a line that is no number",
    {
      try Data("bin_index,value\n0,8\n1,x\n2,8\n".utf8)
        .write(to: URL(filePath: $0 + "/series/served@SERVED@DEFAULT.csv"))
    },
    [
      Case("show RUN", 3, notices: ["served"]),
      Case("show RUN --series demand", output: ["demand"]),
    ]
  ),
  (
    "an index of series that is gone",
    { try FileManager.default.removeItem(atPath: $0 + "/series/index.json") },
    [
      Case("show RUN", 3, notices: ["series/index.json': No such file"]),
      Case("show LATER", output: ["LATER"]),
    ]
  ),
  (
    "an index of garbage",
    { try Data("garbage".utf8).write(to: URL(filePath: $0 + "/../registry-index.json")) },
    [
      Case(
        "artifacts list", output: bothRuns,
        notices: ["registry-index.json' was damaged and is kept as '"]),
      Case("artifacts list", output: bothRuns),
      Case("rebuild", output: ["2 runs\n"]),
    ]
  ),
  (
    "no index",
    { try FileManager.default.removeItem(atPath: $0 + "/../registry-index.json") },
    [Case("artifacts list", output: bothRuns)]
  ),
  (
    "a run that is gone",
    { try FileManager.default.removeItem(atPath: $0) },
    [
      Case("show RUN", 1, notices: ["no run 'RUN'"]),
      Case("artifacts list", output: ["LATER", "Total: 1 "]),
    ]
  ),
  (
    "strangers beside the runs",
    { run in
      let data = run + "/../"
      try FileManager.default.createDirectory(
        atPath: data + "notes", withIntermediateDirectories: false)
      try Data("x".utf8).write(to: URL(filePath: data + "run_x"))
    },
    [Case("artifacts list", output: bothRuns), Case("rebuild", output: ["2 runs\n"])]
  ),
]

@Test(arguments: damages.indices)
func `a store that is damaged says where, and gives what is whole`(number: Int) throws {
  let (what, damage, after) = damages[number]
  try withRuns { directory, first, second in
    try damage(directory.path("data/" + first))
    for row in after {
      let shown = "\(what), \(row.command)"
      func filled(_ text: String) -> String {
        text.replacing("RUN", with: first).replacing("LATER", with: second)
      }
      let outcome = try engine(filled(row.command), in: directory)
      #expect(outcome.status == row.status, "\(shown): \(outcome.notices)")
      for text in row.output { #expect(outcome.text.contains(filled(text)), "\(shown)") }
      for text in row.notices {
        #expect(outcome.notices.contains(filled(text)), "\(shown): \(outcome.notices)")
      }
    }
  }
}

@Test func `a drawing goes to the file that is named`() throws {
  try withRuns { directory, first, _ in
    let drawn = try engine("plot \(first)", in: directory)
    let outcome = try engine("plot \(first) --output x.svg", in: directory)
    #expect(outcome.status == 0)
    #expect(outcome.text == "")
    #expect(try directory.read("x.svg") == drawn.output)
    let parser = XMLParserCheck(drawn.output)
    #expect(parser.isWellFormed)
  }
}

/// Tags that are opened are closed in their order.
private struct XMLParserCheck {
  let isWellFormed: Bool

  init(_ bytes: [UInt8]) {
    var open: [Substring] = []
    var isWellFormed = true
    for match in String(decoding: bytes, as: UTF8.self).matches(of: /<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/)
    {
      if !match.1.isEmpty {
        isWellFormed = isWellFormed && open.popLast() == match.2
      } else if match.3.isEmpty {
        open.append(match.2)
      }
    }
    self.isWellFormed = isWellFormed && open.isEmpty
  }
}

@Test(.enabled(if: Nobody.isAvailable, "neither an ordinary user nor setpriv"))
func `a directory that may only be read gives its runs and takes none`() throws {
  try withRuns { directory, first, second in
    let manager = FileManager.default
    let data = directory.path("data")
    for path in [directory.path, data] {
      try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: path)
    }
    defer {
      for path in [directory.path, data] {
        try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      }
    }
    func nobody(_ command: String) throws -> Program.Outcome {
      try Nobody.run(
        command.split(separator: " ").map(String.init), in: directory.path,
        executable: Program.engine)
    }
    let list = try nobody("artifacts list")
    #expect(list.status == 0, "\(list.notices)")
    #expect(list.text.contains(first) && list.text.contains(second))
    let show = try nobody("show \(first)")
    #expect(show.status == 0, "\(show.notices)")
    let run = try nobody("run line.yaml")
    #expect(run.status == 3)
    #expect(run.notices.contains("Permission denied"), "\(run.notices)")
    #expect(run.text == "")
    let elsewhere = try nobody("run line.yaml --data new")
    #expect(elsewhere.status == 3)
    #expect(elsewhere.notices.contains("'new': Permission denied"), "\(elsewhere.notices)")
    #expect(try engine("rebuild", in: directory).text == "2 runs\n")
  }
}

@Test(.enabled(if: SmallDisk.isPermitted, "mounting a tmpfs is not permitted here"))
func `on a full disk a run is refused, and those before it stay`() throws {
  try TemporaryDirectory.make { directory in
    try directory.write("line.yaml", line)
    try FileManager.default.createDirectory(
      atPath: directory.path("disk"), withIntermediateDirectories: false)
    try SmallDisk.mounted(at: directory.path("disk")) {
      let outcome = try engine("run line.yaml --data disk", in: directory)
      #expect(outcome.status == 3)
      #expect(outcome.notices.contains("No space left on device"), "\(outcome.notices)")
      #expect(outcome.text == "")
      let list = try engine("artifacts list --data disk", in: directory)
      #expect(list.status == 0, "\(list.notices)")
      #expect(list.text == "No artifacts found.\n")
    }
  }
}

@Test func `what somebody called a model stays on its line and drives no terminal`() throws {
  try withRuns { directory, _, _ in
    let title = #"metadata: {title: "up\e[2J\nand\u202Eaway"}"# + "\n"
    try directory.write("named.yaml", title + line)
    #expect(try engine("run named.yaml", in: directory).status == 0)
    for command in ["artifacts list", "show latest"] {
      let outcome = try engine(command, in: directory)
      #expect(
        outcome.text.contains("up\u{FFFD}[2J and\u{FFFD}away\n"), "\(command): \(outcome.text)")
    }
  }
}

@Test(arguments: ["artifacts list --format json", "show latest --format json"])
func `an artifact is told of as over HTTP, without what only the index needs`(command: String)
  throws
{
  try withRuns { directory, _, _ in
    let outcome = try engine(command, in: directory)
    #expect(outcome.text.contains(#""lastModified": "#) && !outcome.text.contains(#""stamp""#))
  }
}
