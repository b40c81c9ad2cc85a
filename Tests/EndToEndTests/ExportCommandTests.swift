import Foundation
import JSON
import Testing

/// Gives `body` a directory with a model and its record, apart and together.
private func withModel(_ body: (TemporaryDirectory) throws -> Void) throws {
  try TemporaryDirectory.make { directory in
    let common = [
      "generate", "--template", "transportation-basic", "--generated-at", "2025-09-25T12:00:00Z",
    ]
    for options in [
      ["--output", "model.yaml", "--provenance", "record.json"],
      ["--output", "whole.yaml", "--embed-provenance"],
    ] {
      let made = try Program.run(common + options, in: directory.path)
      #expect(made.status == 0, "\(made.notices)")
    }
    try body(directory)
  }
}

@Test(arguments: ["in-toto", "slsa", "prov", "ro-crate", "openlineage"])
func `a record beside its model and one within it are exported alike`(format: String) throws {
  try withModel { directory in
    let apart = try Program.run(
      [
        "export", "record.json", "--model", "model.yaml", "--as", format, "--template",
        "transportation-basic",
      ], in: directory.path)
    #expect(apart.status == 0, "\(apart.notices)")
    #expect(apart.notices == "")
    let together = try Program.run(
      ["export", "-", "--as", format, "--template", "transportation"], in: directory.path,
      input: try directory.read("whole.yaml"))
    #expect(together.status == 0, "\(together.notices)")
    #expect(together.text == apart.text)
    let lines = apart.output.split(separator: 0x0A)
    let texts = format == "openlineage" ? lines.map(Array.init) : [apart.output]
    for text in texts { #expect(throws: Never.self) { try JSONDocument.parse(text) } }
    #expect(apart.output.last == 0x0A)
    try Daemon.run(in: directory) { daemon in
      let asked = try Program.run(
        [
          "export", "whole.yaml", "--as", format, "--template", "transportation-basic", "--socket",
          daemon.path,
        ], in: directory.path)
      #expect(asked.text == apart.text)
    }
  }
}

@Test func `a crate is a directory with all that its metadata speaks of`() throws {
  try withModel { directory in
    // The second time the directory is there.
    for _ in 1...2 {
      let outcome = try Program.run(
        [
          "export", "whole.yaml", "--as", "ro-crate", "--template", "transportation-basic",
          "--output", "crate",
        ], in: directory.path)
      #expect(outcome.status == 0, "\(outcome.notices)")
      #expect(outcome.text == "")
    }
    let crate = TemporaryDirectory(path: directory.path("crate"))
    #expect(
      crate.names == ["model.yaml", "provenance.json", "ro-crate-metadata.json", "template.yaml"])
    #expect(try crate.read("model.yaml") == directory.read("model.yaml"))
    #expect(try crate.read("provenance.json") == directory.read("record.json"))
    let template = try Data(
      contentsOf: URL(filePath: Program.templates + "/transportation-basic.yaml"))
    #expect(try crate.read("template.yaml") == Array(template))
  }
}

@Test func `a crate replaces nothing but a crate, and never what is read`() throws {
  try withModel { directory in
    func crate(_ arguments: String..., to output: String) throws -> Program.Outcome {
      try Program.run(
        ["export"] + arguments + ["--as", "ro-crate", "--output", output], in: directory.path)
    }
    let model = try directory.read("model.yaml")
    let read = try crate("record.json", "--model", "model.yaml", to: ".")
    #expect(read.status == 2)
    #expect(
      read.notices.contains("'./model.yaml' is read; nothing is written over it"),
      "\(read.notices)")
    let kept = try crate("whole.yaml", to: ".")
    #expect(kept.status == 2)
    #expect(
      kept.notices.contains("'./model.yaml' is there, and '.' is no RO-Crate yet"),
      "\(kept.notices)")
    #expect(directory.names == ["model.yaml", "record.json", "whole.yaml"])
    #expect(try directory.read("model.yaml") == model)
    #expect(try crate("whole.yaml", to: "crate").status == 0)
    #expect(
      try crate("crate/provenance.json", "--model", "model.yaml", to: "crate").notices
        .contains("'crate/provenance.json' is read"))
  }
}

@Test func `what keeps a record from being exported is told with its place`() throws {
  try withModel { directory in
    func refused(_ arguments: [String], _ status: Int32, _ notice: String) throws {
      let outcome = try Program.run(["export"] + arguments, in: directory.path)
      #expect(outcome.status == status, "\(arguments): \(outcome.notices)")
      #expect(outcome.notices.contains(notice), "\(arguments): \(outcome.notices)")
      #expect(outcome.text == "")
    }
    let record = try directory.text("record.json")
    try directory.write("short.json", String(record.prefix(60)))
    try directory.write("comma.txt", record.replacing("{\n", with: "{,\n", maxReplacements: 1))
    try directory.write("twice.json", #"{"model_id": "a", "model_id": "b"}"#)
    try directory.write("list.json", "[]")
    try directory.write(
      "edited.yaml", try directory.text("model.yaml").replacing("binSize: ", with: "binSize: 1"))
    try refused(["short.json", "--as", "prov"], 1, "short.json:3:")
    try refused(
      ["comma.txt", "--as", "prov"], 1, "comma.txt:1:2: error: expected a member name in")
    try refused(["twice.json", "--as", "prov"], 1, "twice.json:1:19: error: this name is given")
    try refused(
      ["list.json", "--as", "prov"], 1, "list.json:1:1: error: a model is a mapping of keys")
    try refused(
      ["model.yaml", "--as", "prov"], 1, "the model has no record in it; name its record")
    try refused(["record.json", "--as", "in-toto"], 2, "name it with --model")
    try refused(
      ["record.json", "--as", "prov", "--model", "edited.yaml"], 1,
      "the record is not of this model")
    try refused(
      ["record.json", "--as", "prov", "--template", "call-center"], 1,
      "the record is not of this template")
    try refused(["nowhere.json", "--as", "prov"], 3, "nowhere.json")
    try refused(
      ["whole.yaml", "--as", "ro-crate", "--output", "no/where"], 3, "create directory")
    #expect(
      directory.names == [
        "comma.txt", "edited.yaml", "list.json", "model.yaml", "record.json", "short.json",
        "twice.json",
        "whole.yaml",
      ])
  }
}

@Test(arguments: [
  ([], "name a provenance record or a model"),
  (["record.json"], "--as is missing"),
  (["record.json", "--as", "spdx"], "one of in-toto, slsa, prov, ro-crate, openlineage"),
  (["whole.yaml", "--as", "prov", "--model", "model.yaml"], "--model goes with a record"),
  (["-", "--as", "prov", "--model", "-"], "'-' is stdin, once"),
  (["record.json", "--as", "prov", "--output", "./record.json"], "nothing is written over it"),
  (["record.json", "--as", "prov", "--output", "."], "only an RO-Crate is one"),
])
func `wrong usage of export is told`(arguments: [String], notice: String) throws {
  try withModel { directory in
    let outcome = try Program.run(["export"] + arguments, in: directory.path)
    #expect(outcome.status == 2)
    #expect(outcome.notices.contains(notice), "\(outcome.notices)")
  }
}

@Test func `a builder is a URI`() throws {
  try withModel { directory in
    let outcome = try Program.run(
      ["export", "whole.yaml", "--as", "slsa", "--builder", "my laptop"], in: directory.path)
    #expect(outcome.status == 2)
    #expect(outcome.notices.contains("--builder takes a URI"), "\(outcome.notices)")
  }
}
