import Foundation
import JSON
import Testing

/// The arguments of the README, for a directory that has the bundled templates in `templates`.
private let mainCommand = [
  "generate", "--template", "it-system", "--params", "bins=12", "--output", "model.yaml",
  "--provenance", "provenance.json",
]

private let clock = ["--generated-at", "2025-09-25T12:00:00Z"]

private func record(_ directory: TemporaryDirectory, _ name: String = "provenance.json") throws
  -> JSONObject
{
  try #require(try JSONDocument.parse(try directory.read(name)).root.objectValue)
}

/// Runs with `./templates`, as in a clone, and no other way to find templates.
private func generate(
  _ arguments: [String], in directory: TemporaryDirectory, environment: [String: String] = [:]
) throws -> Program.Outcome {
  try? FileManager.default.createSymbolicLink(
    atPath: directory.path("templates"), withDestinationPath: Program.templates)
  return try Program.run(
    arguments, in: directory.path,
    environment: ["FLOWTIME_SIM_TEMPLATES": ""].merging(environment) { $1 })
}

@Test func `the main command writes a model and its record`() throws {
  try TemporaryDirectory.make { directory in
    let outcome = try generate(mainCommand, in: directory)
    #expect(outcome.status == 0)
    #expect(outcome.text == "")
    #expect(outcome.notices == "note: 'it-system' means the template 'it-system-microservices'\n")
    #expect(directory.names == ["model.yaml", "provenance.json", "templates"])
    let record = try record(directory)
    #expect(
      record.members.map(\.name) == [
        "source", "model_id", "template_id", "template_version", "template_title", "generated_at",
        "generator", "sim_version", "schema_version", "template_hash", "model_hash", "parameters",
      ])
    let modelID = try #require(record["model_id"]?.stringValue)
    #expect(modelID.wholeMatch(of: /model_\d{8}T\d{6}Z_[0-9a-f]{8}/) != nil, "\(modelID)")
    #expect(record["source"] == "flowtime-sim")
    #expect(record["template_id"] == "it-system-microservices")
    #expect(record["template_version"] == "2.0.0")
    #expect(record["template_title"] == "IT System - Microservices")
    #expect(record["generator"] == "flowtime-sim/0.6.0")
    #expect(record["sim_version"] == "0.6.0")
    #expect(record["schema_version"] == "1")
    let parameters = try #require(record["parameters"]?.objectValue)
    #expect(parameters.members.first?.name == "bins")
    #expect(parameters["bins"] == 12)
    #expect(parameters["binUnit"] == "hours")
    #expect(parameters["loadBalancerCapacity"] == 300)
    let model = try directory.text("model.yaml")
    #expect(
      model.hasPrefix("schemaVersion: 1\ngrid:\n  bins: 12\n  binSize: 1\n  binUnit: hours\n"))
    #expect(!model.contains("provenance"))
  }
}

@Test(.enabled(if: Python.hasYAML, "python3 with PyYAML is not installed"))
func `PyYAML and Python's json module read what is written`() throws {
  try TemporaryDirectory.make { directory in
    #expect(try generate(mainCommand, in: directory).status == 0)
    let python = try Program.run(
      [
        "-c",
        """
        import json, yaml
        model = yaml.safe_load(open("model.yaml", encoding="utf-8"))
        record = json.load(open("provenance.json", encoding="utf-8"))
        print(model["grid"]["bins"], model["nodes"][0]["values"][0], record["parameters"]["bins"])
        """,
      ], in: directory.path, executable: try #require(Python.path))
    #expect(python.text == "12 120 12\n", "\(python.notices)")
    let tool = try Program.run(
      ["-m", "json.tool", "provenance.json"], in: directory.path,
      executable: try #require(Python.path))
    #expect(tool.status == 0, "\(tool.notices)")
  }
}

@Test func `the template may be named without its option`() throws {
  try TemporaryDirectory.make { directory in
    let named = try generate(["generate", "--template", "it-system"] + clock, in: directory)
    let bare = try generate(["generate", "it-system"] + clock, in: directory)
    #expect(named.status == 0)
    #expect(bare.status == 0, "\(bare.notices)")
    #expect(bare.text == named.text)
  }
}

@Test func `an embedded record stands after schemaVersion and leaves the rest alone`() throws {
  try TemporaryDirectory.make { directory in
    let start = ["generate", "--template", "it-system-microservices", "--output"]
    #expect(
      try generate(start + ["a.yaml", "--provenance", "a.json"] + clock, in: directory).status == 0)
    #expect(
      try generate(start + ["b.yaml", "--embed-provenance"] + clock, in: directory).status == 0)
    #expect(directory.names == ["a.json", "a.yaml", "b.yaml", "templates"])
    let model = try directory.text("a.yaml")
    let embedded = try directory.text("b.yaml")
    let keys = embedded.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(
      Array(keys) == [
        "schemaVersion: 1", "provenance:", "grid:", "nodes:", "outputs:", "topology:",
      ])
    let block = try #require(embedded.range(of: "provenance:\n"))
    let grid = try #require(embedded.range(of: "grid:\n"))
    #expect(embedded[..<block.lowerBound] + embedded[grid.lowerBound...] == model)
    #expect(
      try Program.run(
        ["extract", "b.yaml", "--output", "c.yaml", "--provenance", "c.json"], in: directory.path
      ).status == 0)
    #expect(try directory.read("c.yaml") == directory.read("a.yaml"))
    #expect(try directory.read("c.json") == directory.read("a.json"))
  }
}

@Test func `a record is either embedded or in a file of its own`() throws {
  try TemporaryDirectory.make { directory in
    let outcome = try Program.run(mainCommand + ["--embed-provenance"], in: directory.path)
    #expect(outcome.status == 2)
    #expect(outcome.notices.contains("--provenance and --embed-provenance exclude one another"))
    #expect(outcome.text == "")
    #expect(directory.names == [])
  }
}

@Test func `without --output the model alone is on stdout`() throws {
  try TemporaryDirectory.make { directory in
    let outcome = try generate(["generate", "--template", "it-system"], in: directory)
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("schemaVersion: 1\n"))
    #expect(outcome.notices.hasPrefix("note: 'it-system' means"))
    #expect(directory.names == ["templates"])
  }
}

@Test(arguments: [["--id", "--out"], ["--id", "-o"], ["--template", "--output"]])
func `the old names of options still work`(names: [String]) throws {
  try TemporaryDirectory.make { directory in
    let outcome = try generate(
      ["generate", names[0], "transportation-basic", names[1], "m.yaml"], in: directory)
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(directory.names == ["m.yaml", "templates"])
  }
}

/// What is given, and the parameters that must come of it.
private let givenParameters: [(arguments: [String], effective: JSONObject)] = [
  (["--params", "bins=3"], ["bins": 3]),
  (["--params", "bins=3", "binSize=5"], ["bins": 3, "binSize": 5]),
  (["--params", "bins=3", "--params", "binSize=5"], ["bins": 3, "binSize": 5]),
  (["--params", "bins=3", "bins=4"], ["bins": 4]),
  (["--params=bins=3"], ["bins": 3]),
  (["--params", "values.json"], ["bins": 6, "binUnit": "days"]),
  (["--params", "values.yaml"], ["bins": 7, "binUnit": "minutes"]),
  (["--params", "values.json", "bins=9"], ["bins": 9, "binUnit": "days"]),
  (["--params", "bins=9", "--params", "values.json"], ["bins": 6, "binUnit": "days"]),
  (["--params", "values.json", "values.yaml"], ["bins": 7, "binUnit": "minutes"]),
  (["--params", "requestPattern=1,2,3"], ["requestPattern": [1, 2, 3]]),
  (["--params", "requestPattern=[1, 2]"], ["requestPattern": [1, 2]]),
]

@Test(arguments: givenParameters.indices)
func `parameters come as several values, again and again, and from files`(index: Int) throws {
  let (arguments, effective) = givenParameters[index]
  try TemporaryDirectory.make { directory in
    try directory.write("values.json", #"{"bins": 6, "binUnit": "days"}"#)
    try directory.write("values.yaml", "bins: 7 # a comment\nbinUnit: minutes\n")
    let outcome = try generate(
      ["generate", "--template", "it-system", "--output", "m.yaml", "--provenance", "p.json"]
        + arguments, in: directory)
    #expect(outcome.status == 0, "\(outcome.notices)")
    let parameters = try #require(try record(directory, "p.json")["parameters"]?.objectValue)
    for member in effective.members { #expect(parameters[member.name] == member.value) }
  }
}

@Test func `SOURCE_DATE_EPOCH fixes the clock, and --generated-at goes before it`() throws {
  try TemporaryDirectory.make { directory in
    let epoch = ["SOURCE_DATE_EPOCH": "1758801600"]
    #expect(try generate(mainCommand, in: directory, environment: epoch).status == 0)
    let first = try directory.read("provenance.json")
    #expect(try record(directory)["generated_at"] == "2025-09-25T12:00:00Z")
    #expect(try generate(mainCommand, in: directory, environment: epoch).status == 0)
    #expect(try directory.read("provenance.json") == first)
    #expect(
      try generate(
        mainCommand + ["--generated-at", "2026-01-02T03:04:05.5Z"], in: directory,
        environment: epoch
      ).status == 0)
    #expect(try record(directory)["generated_at"] == "2026-01-02T03:04:05.500000Z")
    let wrong = try generate(
      mainCommand, in: directory, environment: ["SOURCE_DATE_EPOCH": "yesterday"])
    #expect(wrong.status == 2)
    #expect(wrong.notices.contains("SOURCE_DATE_EPOCH must be whole seconds"))
  }
}

@Test(arguments: ["json", "sarif"])
func `findings can be read by programs`(format: String) throws {
  try TemporaryDirectory.make { directory in
    let outcome = try generate(
      [
        "generate", "--template", "it-system", "--params", "bins=0", "--format", format,
        "--output", "m.yaml",
      ], in: directory)
    #expect(outcome.status == 1)
    #expect(directory.names == ["templates"])
    let report = try JSONDocument.parse(outcome.output).root
    if format == "json" {
      let file = try #require(report.arrayValue?.first?.objectValue)
      #expect(
        file["diagnostics"]?.arrayValue?.first?.objectValue?["code"] == "parameter-below-min")
    } else {
      #expect(report.objectValue?["version"] == "2.1.0")
      let run = try #require(report.objectValue?["runs"]?.arrayValue?.first?.objectValue)
      let result = try #require(run["results"]?.arrayValue?.first?.objectValue)
      #expect(result["ruleId"] == "parameter-below-min")
      #expect(result["level"] == "error")
    }
  }
}

@Test func `a format that needs stdout does not take the model's place`() throws {
  let outcome = try Program.run(["generate", "--template", "it-system", "--format", "json"])
  #expect(outcome.status == 2)
  #expect(outcome.text == "")
}

@Test func `every bundled template makes a model, with any number of bins`() throws {
  try TemporaryDirectory.make { directory in
    let files = try FileManager.default.contentsOfDirectory(atPath: Program.templates)
    let ids = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    #expect(ids.count >= 5)
    for id in ids {
      for bins in ["1", "7", "100"] {
        let outcome = try Program.run(
          ["generate", "--template", id, "--params", "bins=\(bins)", "--output", "m.yaml"],
          in: directory.path)
        #expect(outcome.status == 0, "\(id) with bins=\(bins): \(outcome.notices)")
        #expect(outcome.notices == "")
        let check = try Program.run(["validate", "--model", "m.yaml"], in: directory.path)
        #expect(check.status == 0, "\(id) with bins=\(bins): \(check.notices)")
      }
    }
  }
}

@Test func `numbers of a list are parted by commas and by nothing else`() throws {
  try TemporaryDirectory.make { directory in
    try directory.write(
      "list.yaml",
      """
      metadata: {id: list}
      parameters: [{name: load, type: array, default: [1, 2]}]
      grid: {bins: 2, binSize: 1, binUnit: hours}
      nodes: [{id: a, kind: const, values: "${load}"}]
      outputs: [{series: a, as: a.csv}]

      """)
    for (text, values) in [("3, 4", "[3, 4]"), (" 3 ,4 ", "[3, 4]"), ("[3,4]", "[3, 4]")] {
      let outcome = try Program.run(
        ["generate", "list.yaml", "--params", "load=\(text)"], in: directory.path)
      #expect(outcome.text.contains("values: \(values)"), "\(outcome.notices)")
    }
    for text in ["3 4", "3 4, 5", "3,,4", ","] {
      let outcome = try Program.run(
        ["generate", "list.yaml", "--params", "load=\(text)"], in: directory.path)
      #expect(outcome.status == 1)
      #expect(outcome.notices.contains("must be a list of numbers, not the text '\(text)'"))
    }
  }
}

@Test func `a record and a model do not both go to stdout`() throws {
  try TemporaryDirectory.make { directory in
    let arguments = ["generate", "--template", "it-system", "--provenance", "-"]
    let outcome = try Program.run(arguments, in: directory.path)
    #expect(outcome.status == 2)
    #expect(outcome.text == "")
    #expect(outcome.notices.contains("give it a file with --output"))
    let apart = try Program.run(arguments + ["--output", "m.yaml"], in: directory.path)
    #expect(apart.status == 0)
    #expect(apart.text.hasPrefix("{"))
  }
}

@Test func `a directory called like the beginning of an id does not hide the template`() throws {
  try TemporaryDirectory.make { directory in
    try FileManager.default.createDirectory(
      atPath: directory.path("it-system"), withIntermediateDirectories: false)
    let outcome = try Program.run(["generate", "--template", "it-system"], in: directory.path)
    #expect(outcome.status == 0, "\(outcome.notices)")
  }
}

@Test func `the output '-' is stdout and no file`() throws {
  try TemporaryDirectory.make { directory in
    let arguments = ["generate", "--template", "it-system", "--output", "-"]
    let outcome = try Program.run(arguments, in: directory.path)
    #expect(outcome.text.hasPrefix("schemaVersion: 1\n"), "\(outcome.notices)")
    #expect(directory.names == [])
  }
}

@Test func `a directory of templates that is not there is named`() throws {
  let outcome = try Program.run([
    "generate", "--template", "it-system", "--templates", "/nowhere/templates",
  ])
  #expect(outcome.status == 3)
  #expect(outcome.notices.contains("'/nowhere/templates': No such file or directory"))
}

@Test(.enabled(if: Python.path != nil))
func `stdin may be a socket, as it is for the children of node`() throws {
  let python = try #require(Python.path)
  let outcome = try Program.run(
    [
      "-c",
      """
      import socket, subprocess, sys
      ours, theirs = socket.socketpair()
      ours.sendall(b"a: [")
      ours.close()
      sys.exit(subprocess.run([sys.argv[1], "validate", "-"], stdin=theirs).returncode)
      """, Program.path,
    ], executable: python)
  #expect(outcome.status == 1)
  #expect(outcome.notices.contains("-:1:4: error: "), "\(outcome.notices)")
}
