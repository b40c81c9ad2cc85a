import Foundation
import JSON
import Testing

private let template = """
  schemaVersion: 1
  metadata: {id: note, title: Note}
  parameters:
    - {name: note, type: string, default: demand}
    - {name: rate, type: number, min: 0}
  grid: {bins: 1, binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: ["${rate}"]}
    - {id: copy, kind: expr, expr: demand, metadata: {note: "${note}"}}
  outputs:
    - {series: demand, as: demand.csv}

  """

private let record = #"{"model_id": "m", "template_id": "t"}"#

/// Files for all cases, by name.
private let files: [String: [UInt8]] = [
  "note.yaml": Array(template.utf8),
  "broken.yaml": Array("metadata: {id: x\ngrid: [1\n".utf8),
  "list.yaml": Array("- metadata\n- grid\n".utf8),
  "empty.yaml": [],
  "latin1.yaml": Array("metadata:\n  title: caf".utf8) + [0xE9, 0x0A],
  "unversioned.yaml": Array("grid:\n  bins: 1\n".utf8),
  "model.yaml": Array("schemaVersion: 1\n".utf8),
  "record.json": Array(record.utf8),
  "list.json": Array("[1, 2]".utf8),
  "twice.json": Array("{\"model_id\": \"m\",\n \"model_id\": \"n\"}".utf8),
  "broken.json": Array("{\n  \"a\": 1,\n}".utf8),
]

private struct Case: CustomTestStringConvertible {
  let testDescription: String
  let arguments: [String]
  let status: Int32
  /// What the message must hold: the place, and the cause.
  let notices: [String]

  init(_ description: String, _ arguments: [String], _ status: Int32, _ notices: String...) {
    testDescription = description
    self.arguments = arguments
    self.status = status
    self.notices = notices
  }

  static func generate(
    _ description: String, _ arguments: [String], _ status: Int32, _ notices: String...
  ) -> Case {
    let start = ["generate", "--output", "out.yaml", "--provenance", "out.json", "--template"]
    var result = Case(description, start + arguments, status)
    result = Case(copying: result, notices)
    return result
  }

  private init(copying other: Case, _ notices: [String]) {
    testDescription = other.testDescription
    arguments = other.arguments
    status = other.status
    self.notices = notices
  }
}

private let cases: [Case] = [
  .generate(
    "an unknown template", ["it-sistem-microservices"], 1,
    "no template 'it-sistem-microservices'", "did you mean 'it-system-microservices'?"),
  .generate("a template that is not there", ["absent.yaml"], 3, "absent.yaml", "No such file"),
  .generate(
    "parameters wrong in every way, all told at once",
    ["note.yaml", "--params", "nota=x"], 1,
    "note.yaml:3:1: error: no parameter 'nota'; did you mean 'note'?",
    "note.yaml:5:12: error: 'rate' needs a value"),
  .generate(
    "parameters mistyped and out of range, all told at once",
    ["it-system-microservices", "--params", "binz=1", "bins=0", "binSize=wide", "binUnit=years"],
    1, "no parameter 'binz'", "'bins' must be at least 1, not 0",
    "'binSize' must be a whole number",
    "'binUnit' must be one of 'minutes', 'hours', 'days', 'weeks'"),
  .generate(
    "an integer that no double holds",
    ["it-system-microservices", "--params", "bins=9007199254740993"], 1, "bins"),
  .generate(
    "a number that is not finite", ["note.yaml", "--params", "rate=1e999"], 1, "rate"),
  .generate(
    "broken YAML", ["broken.yaml"], 1, "broken.yaml:1:11: error: this '{' is not closed",
    "broken.yaml:2:7: error: this '[' is not closed"),
  .generate(
    "a list as a template", ["list.yaml"], 1, "list.yaml:1:1: error: a template is a mapping"),
  .generate("an empty template", ["empty.yaml"], 1, "empty.yaml:1:1: error: "),
  .generate(
    "a template that is not UTF-8", ["latin1.yaml"], 1,
    "latin1.yaml:2:13: error: the byte at offset 22 is not UTF-8"),
  .generate("a directory as a template", ["/tmp"], 3, "'/tmp'", "is a directory"),
  .generate(
    "a template below a file", ["note.yaml/t.yaml"], 3, "note.yaml/t.yaml", "Not a directory"),
  .generate("a link that leads to itself", ["loop.yaml"], 3, "loop.yaml", "symbolic links"),
  .generate(
    "parameters from a broken file", ["note.yaml", "--params", "broken.json"], 1,
    "broken.json:3:1: error: "),
  .generate(
    "parameters from a list", ["note.yaml", "--params", "list.json"], 1, "list.json: error: "),
  .generate(
    "parameters from a file that is not there", ["note.yaml", "--params", "absent.json"], 3,
    "absent.json"),
  .generate(
    "a time that is none", ["note.yaml", "--params", "rate=1", "--generated-at", "noon"], 2,
    "--generated-at", "noon"),
  .generate(
    "a naming that is none",
    ["note.yaml", "--params", "rate=1", "--provenance-naming", "kebab"], 2, "kebab"),
  .generate(
    "a mode that is none", ["note.yaml", "--params", "rate=1", "--mode", "replay"], 2,
    "simulation"),
  Case(
    "an output directory that is not there",
    [
      "generate", "--template", "it-system-microservices", "--output", "absent/m.yaml",
      "--provenance", "out.json",
    ], 3, "absent/m.yaml", "No such file or directory"),
  Case(
    "a file as an output directory",
    [
      "generate", "--template", "it-system-microservices", "--output", "out.yaml",
      "--provenance", "note.yaml/p.json",
    ], 3, "note.yaml/p.json", "Not a directory"),
  Case(
    "a directory as the output",
    [
      "generate", "--template", "it-system-microservices", "--output", ".", "--provenance",
      "out.json",
    ], 3, "'.'", "directory"),
  Case(
    "a full disk for the model",
    [
      "generate", "--template", "it-system-microservices", "--output", "/dev/full",
      "--provenance", "out.json",
    ], 3, "/dev/full", "No space left on device"),
  Case(
    "a full disk for the record",
    [
      "generate", "--template", "it-system-microservices", "--output", "out.yaml",
      "--provenance", "/dev/full",
    ], 3, "/dev/full", "No space left on device"),
  Case(
    "one file for the model and the record",
    [
      "generate", "--template", "it-system-microservices", "--output", "out.yaml",
      "--provenance", "./out.yaml",
    ], 2, "--output and --provenance name one file, 'out.yaml'"),
  Case(
    "a model without a version", ["embed", "unversioned.yaml", "--provenance", "record.json"], 1,
    "unversioned.yaml:1:1: error: the model has no 'schemaVersion'"),
  Case(
    "a record that is no object", ["embed", "model.yaml", "--provenance", "list.json"], 1,
    "provenance must be an object, not an array"),
  Case(
    "a record that is no JSON", ["embed", "model.yaml", "--provenance", "broken.json"], 1,
    "broken.json:3:1: error: "),
  Case(
    "a record with a name twice", ["embed", "model.yaml", "--provenance", "twice.json"], 1,
    "twice.json:2:2: error: this name is given twice"),
  Case(
    "a model that is broken YAML", ["embed", "broken.yaml", "--provenance", "record.json"], 1,
    "broken.yaml:1:11: error: "),
  Case(
    "a model that is not UTF-8", ["extract", "latin1.yaml", "--output", "out.yaml"], 1,
    "latin1.yaml:2:13: error: "),
  Case(
    "a daemon that is not there", ["list", "--socket", "absent.sock"], 3, "absent.sock",
    "nobody serves"),
  Case(
    "a daemon's path that is a file", ["list", "--socket", "note.yaml"], 3, "note.yaml",
    "not a socket"),
]

private func withFiles(_ body: (TemporaryDirectory) throws -> Void) throws {
  try TemporaryDirectory.make { directory in
    for (name, bytes) in files { try directory.write(name, bytes) }
    try FileManager.default.createSymbolicLink(
      atPath: directory.path("loop.yaml"), withDestinationPath: "loop.yaml")
    let before = directory.names
    try body(directory)
    #expect(directory.names == before, "something was written")
    for (name, bytes) in files { #expect(try directory.read(name) == bytes, "\(name)") }
  }
}

@Test(arguments: cases)
private func `bad input is told with place and cause, and nothing is written`(bad: Case) throws {
  try withFiles { directory in
    let outcome = try Program.run(bad.arguments, in: directory.path)
    #expect(outcome.status == bad.status, "\(outcome.notices)")
    for notice in bad.notices {
      #expect(outcome.notices.contains(notice), "\(outcome.notices)")
    }
    #expect(outcome.output == [])
  }
}

@Test(arguments: [
  "demand\nnodes: []\n", "x: {y: 1}", "# no comment", "- a", "\"", "'", "*alias", "&anchor",
  "!!int 3", "%TAG", "---", "... ", "null", "1.0", "yes", "2025-01-01", "${rate}", "\u{85}\u{2028}",
  " demand", "a: b\n  c: d", "|", ">", "\\", "İ",
])
func `a value stays a value, whatever YAML it looks like`(value: String) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("note.yaml", template)
    let outcome = try Program.run(
      [
        "generate", "--template", "note.yaml", "--params", "rate=1", "note=\(value)",
        "--provenance", "p.json", "--output", "m.yaml",
      ], in: directory.path)
    #expect(outcome.status == 0, "\(outcome.notices)")
    let record = try JSONDocument.parse(try directory.read("p.json")).root.objectValue
    #expect(record?["parameters"]?.objectValue?["note"] == .string(value))
    let lines = try directory.text("m.yaml").split(
      separator: "\n", omittingEmptySubsequences: false)
    let keys = lines.filter { !$0.hasPrefix(" ") && !$0.isEmpty }
    #expect(keys == ["schemaVersion: 1", "grid:", "nodes:", "outputs:"])
    #expect(lines.count == 18)
    guard Python.hasYAML, let python = Python.path else { return }
    let read = try Program.run(
      [
        "-c",
        """
        import json, sys, yaml
        model = yaml.safe_load(open("m.yaml", encoding="utf-8", newline=""))
        sys.stdout.write(json.dumps(model["nodes"][1]["metadata"]["note"]))
        """,
      ], in: directory.path, executable: python)
    #expect(try JSONDocument.parse(read.output).root == .string(value), "\(read.notices)")
  }
}

@Test(.enabled(if: SmallDisk.isPermitted, "mounting a tmpfs is not permitted here"))
func `on a full disk the old file stays whole`() throws {
  try TemporaryDirectory.make { directory in
    try SmallDisk.mounted(at: directory.path) {
      try directory.write("m.yaml", "old\n")
      let outcome = try Program.run(
        [
          "generate", "--template", "it-system-microservices", "--params", "bins=10000",
          "--output", "m.yaml", "--provenance", "p.json",
        ], in: directory.path)
      #expect(outcome.status == 3)
      #expect(outcome.notices.contains("cannot write 'm.yaml': No space left on device"))
      #expect(try directory.text("m.yaml") == "old\n")
      #expect(directory.names == ["m.yaml"])
    }
  }
}

@Test(.enabled(if: Nobody.isAvailable, "neither an ordinary user nor setpriv"))
func `what a user may not read or write stays as it is`() throws {
  try TemporaryDirectory.make { directory in
    try directory.write("secret.yaml", template)
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: directory.path("secret.yaml"))
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: directory.path)
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path) }
    let unreadable = try Nobody.run(
      ["generate", "--template", "secret.yaml", "--output", "/dev/null"], in: directory.path)
    #expect(unreadable.status == 3)
    #expect(unreadable.notices.contains("cannot open 'secret.yaml': Permission denied"))
    let readOnly = try Nobody.run(
      [
        "generate", "--template", "it-system-microservices", "--output", "m.yaml",
        "--provenance", "p.json",
      ], in: directory.path)
    #expect(readOnly.status == 3)
    #expect(readOnly.notices.contains("cannot create 'm.yaml': Permission denied"))
    #expect(directory.names == ["secret.yaml"])
  }
}
