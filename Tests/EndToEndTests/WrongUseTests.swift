import Foundation
import JSON
import Testing

private let template = """
  schemaVersion: 1
  metadata: {id: demo, title: Demo, description: What it is for.}
  parameters:
    - {name: rate, type: number, default: 1.5, min: 0, max: 9, description: How fast.}
    - {name: pin, type: string, default: "7", enum: ["7", "0042"], sensitive: true}
    - {name: load, type: array, arrayOf: number, default: [1, 2], fit: repeat, title: Load}
  grid: {bins: 2, binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: "${load}", metadata: {pin: "${pin}"}}
    - {id: served, kind: expr, expr: "demand * ${rate}"}
  outputs:
    - {series: served, as: served.csv}

  """

/// Runs the program where `t.yaml` is the template, `m.yaml` a model of it, `r.json` its record, `me.yaml` both in one, and
/// `other.json` the record of another model.
private func withFiles(_ body: (TemporaryDirectory) throws -> Void) throws {
  try TemporaryDirectory.make { directory in
    try directory.write("t.yaml", template)
    for options in [
      // The present time could have the digits of the pin.
      [
        "--params", "pin=0042", "--output", "m.yaml", "--provenance", "r.json",
        "--generated-at", "2025-09-25T12:00:00Z",
      ],
      ["--params", "rate=2", "--output", "o.yaml", "--provenance", "other.json"],
      ["--params", "pin=0042", "--output", "me.yaml", "--embed-provenance"],
    ] {
      let made = try Program.run(["generate", "t.yaml"] + options, in: directory.path)
      #expect(made.status == 0, "\(made.notices)")
    }
    try directory.write(
      "hole.yaml", try directory.text("m.yaml").replacing("bins: 2", with: "bins: ${bins}"))
    try directory.write("broken.yaml", "a: [")
    try body(directory)
  }
}

@Test(arguments: [
  // What a person types is named, not the members of a request.
  (
    "export r.json --as slsa --builder foo", Int32(2), "export: --builder takes a URI with a scheme"
  ),
  ("export r.json --as in-toto", 2, "name it with --model"),
  ("export m.yaml --as slsa", 1, "the model has no record in it; name its record"),
  (
    "explain t.yaml --parameter rat", 1,
    "flowtime-sim: --parameter: the template has no parameter 'rat'; did you mean 'rate'?\n"
  ),
  ("embed me.yaml --provenance r.json", 1, "--replace puts the new record in its place"),
  ("regenerate r.json --template t.yaml", 1, "must be given: --params pin=VALUE"),
  ("explain t.yaml --line 9999", 1, "--line 9999 is beyond the model, which has 17 lines"),
  ("explain t.yaml --line 18", 1, "is beyond the model"),
  ("explain t.yaml --line 17", 0, ""),
  // Values without their option.
  ("generate t.yaml rate=3", 2, "generate: values stand after --params: --params rate=3\n"),
  ("generate rate=3 t.yaml pin=7", 2, "--params rate=3 pin=7\n"),
  ("generate --template t.yaml rate=3", 2, "--params rate=3\n"),
  ("validate t.yaml rate=3", 2, "validate: values stand after --params"),
  // One file where another belongs.
  ("embed r.json --provenance m.yaml", 2, "embed m.yaml --provenance r.json\n"),
  ("embed t.yaml --provenance r.json", 1, "t.yaml: error: this is a template, not a model;"),
  ("embed m.yaml --provenance t.yaml", 1, "t.yaml: error: this is a template, not a provenance"),
  ("extract t.yaml", 1, "'flowtime-sim generate t.yaml' makes a model of it"),
  ("extract r.json", 1, "r.json: error: this is a provenance record, not a model"),
  ("validate r.json", 1, "'flowtime-sim regenerate r.json' makes its model again"),
  ("validate --model r.json", 1, "this is a provenance record, not a model"),
  ("validate --model t.yaml", 1, "'flowtime-sim validate t.yaml' looks at it as one"),
  ("validate hole.yaml", 1, "'${…}' stands for a parameter of a template"),
  ("generate m.yaml", 1, "m.yaml: error: this is a model, not a template"),
  ("generate t.yaml --params r.json", 1, "this is a provenance record, not a file of values"),
  ("generate t.yaml --params m.yaml", 1, "this is a model, not a file of values"),
  ("verify t.yaml", 1, "t.yaml: error: this is a template, not a model"),
  ("verify r.json --provenance m.yaml", 1, "'flowtime-sim verify m.yaml --provenance r.json'"),
  ("verify m.yaml --provenance t.yaml", 1, "t.yaml: error: this is a template, not a provenance"),
  ("regenerate t.yaml", 1, "this is a template, not a provenance record or a model"),
  ("export t.yaml --as slsa", 1, "this is a template, not a provenance record or a model"),
  ("export r.json --as slsa --model t.yaml", 1, "t.yaml: error: this is a template, not a model"),
  ("show m.yaml", 1, "this is a model, not a template"),
  ("diff m.yaml t.yaml", 1, "'t.yaml' is a template and 'm.yaml' a model"),
  ("diff t.yaml m.yaml", 1, "'t.yaml' is a template and 'm.yaml' a model"),
  ("diff t.yaml t.yaml", 0, ""),
  (
    "regenerate me.yaml --template t.yaml --params pin=0042 --provenance other.json", 2,
    "'other.json' holds another one; 'flowtime-sim regenerate other.json' goes by that"
  ),
  ("regenerate me.yaml --template t.yaml --params pin=0042 --output - --provenance p.json", 0, ""),
  // Places that are not there.
  ("list --templates absent", 3, "--templates: cannot list directory 'absent'"),
  ("serve --stdio --templates absent", 3, "--templates: cannot list directory 'absent'"),
  ("serve --socket s --templates t.yaml", 3, "--templates: cannot list directory 't.yaml'"),
])
func `who takes one thing for another is told which`(
  line: String, status: Int32, notice: String
) throws {
  try withFiles { directory in
    let before = try directory.read("other.json")
    let outcome = try Program.run(
      line.split(separator: " ").map(String.init), in: directory.path)
    #expect(outcome.status == status, "\(outcome.notices)")
    #expect(outcome.notices.contains(notice) || notice.isEmpty, "\(outcome.notices)")
    #expect(!outcome.notices.contains("params."), "\(outcome.notices)")
    #expect(try directory.read("other.json") == before)
  }
}

@Test func `what is wrong with both sides of a comparison is told, the old one first`() throws {
  try withFiles { directory in
    try directory.write("worse.yaml", "b: {")
    let files = try Program.run(["diff", "broken.yaml", "worse.yaml"], in: directory.path)
    let values = try Program.run(
      ["diff", "--template", "t.yaml", "--old", "rate=10", "--new", "rate=-1"], in: directory.path)
    for (outcome, parts) in [
      (files, ["broken.yaml:1:4: error", "worse.yaml:1:4: error"]),
      (values, ["of the old side", "at most 9", "of the new side", "at least 0"]),
    ] {
      #expect(outcome.status == 1)
      var rest = outcome.notices[...]
      for part in parts {
        let place = try #require(rest.firstRange(of: part), "\(part): \(outcome.notices)")
        rest = rest[place.upperBound...]
      }
    }
  }
}

@Test func `show tells all that is declared of a parameter, of a file too`() throws {
  try withFiles { directory in
    let outcome = try Program.run(["show", "t.yaml"], in: directory.path)
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(
      outcome.text == """
        demo 1.0: Demo
        What it is for.
        file: t.yaml

        parameters:
          rate: number, default 1.5, from 0 to 9
              How fast.
          pin: string, default "7", one of 7|0042, sensitive
          load: array of numbers, default [1,2], fit repeat
              Load

        """)
    let json = try Program.run(["show", "t.yaml", "--format", "json"], in: directory.path)
    let members = try JSONDocument.parse(json.output).root.objectValue
    #expect(members?["templateId"] == "demo")
    #expect(members?["path"] == nil)
  }
}

@Test(arguments: ["in-toto", "slsa", "prov", "ro-crate", "openlineage"])
func `no export shows a sensitive value`(format: String) throws {
  try withFiles { directory in
    let outcome = try Program.run(
      ["export", "r.json", "--model", "m.yaml", "--template", "t.yaml", "--as", format],
      in: directory.path)
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(!outcome.text.contains("0042"))
    let record = try JSONDocument.parse(try directory.read("r.json")).root.objectValue
    let sealed = record?["parameters"]?.objectValue?["pin"]?.objectValue?["sha256"]?.stringValue
    #expect(outcome.text.contains(try #require(sealed)))
    #expect(try directory.text("m.yaml").contains("0042"))
  }
}
