import Foundation
import JSON
import Platform
import Testing

private let good = """
  metadata: {id: t}
  grid: {bins: 1, binSize: 1, binUnit: hours}
  nodes: [{id: a, kind: const, values: [1]}]
  outputs: [{series: a, as: a.csv}]

  """

/// The params of the next `templates/didChange`.
private func change(_ client: Conversation) throws -> JSONValue? {
  let message = try client.receive()
  #expect(message?["method"] == "templates/didChange")
  return message?["params"]
}

private func params(
  added: JSONValue = [], removed: JSONValue = [], changed: JSONValue = [], broken: JSONValue = []
) -> JSONValue {
  ["added": added, "removed": removed, "changed": changed, "broken": broken]
}

@Test func `clients of a socket are told of what happens to templates on disk`() throws {
  try TemporaryDirectory.make { directory in
    // Usual places: ./templates is not there yet, and nothing lies beside the program.
    let environment = ["FLOWTIME_SIM_TEMPLATES": ""]
    try Daemon.run(in: directory, environment: environment) { daemon in
      let clients = try [daemon.connect(), daemon.connect(.header)]
      for client in clients {
        _ = try client.call(
          "initialize", ["capabilities": ["experimental": ["templatesDidChange": true]]])
      }
      func expect(_ expected: JSONValue) throws {
        for client in clients { #expect(try change(client) == expected) }
      }
      try FileManager.default.createDirectory(
        atPath: directory.path("new"), withIntermediateDirectories: false)
      try directory.write("new/t.yaml", good)
      #expect(unsafe rename(directory.path("new"), directory.path("templates")) == 0)
      try expect(params(added: ["t"]))
      try directory.write("templates/t.yaml", "a: [")
      try expect(params(broken: ["t"]))
      let kept = try clients[0].call("getTemplate", ["templateId": "t"])
      #expect(kept["state"] == "kept")
      #expect(kept["rejected"]?.objectValue?["text"] == "a: [")
      let listed = try clients[1].call("listTemplates")["templates"]?.arrayValue?.first
      #expect(listed?.objectValue?["state"] == "kept")
      #expect(listed?.objectValue?["rejected"]?.objectValue?["diagnostics"]?.arrayValue?.count == 1)
      let list = try Program.run(["list", "--socket", daemon.path])
      #expect(list.text.contains("(its file is broken; this is the last good version)"))
      try directory.write("templates/t.yaml", good)
      try expect(params(changed: ["t"]))
      try FileManager.default.removeItem(atPath: directory.path("templates"))
      try expect(params(removed: ["t"]))
      let counters = try clients[0].call("status")["counters"]?.objectValue
      #expect((counters?["reloads"]?.numberValue?.integer ?? 0) >= 4)
    }
  }
}

@Test func `a client that did not ask is told nothing, and gets the new templates`() throws {
  try TemporaryDirectory.make { directory in
    try Daemon.run(in: directory, environment: ["FLOWTIME_SIM_TEMPLATES": directory.path]) {
      daemon in
      let client = try daemon.connect()
      _ = try client.call("initialize", ["capabilities": [:]])
      _ = try client.call("listTemplates")
      try directory.write("t.yaml", good)
      try daemon.program.waitForNotice("the templates are read again: there are 1, 1 new")
      let listed = try client.call("listTemplates")["templates"]?.arrayValue
      #expect(listed?.count == 1)
    }
  }
}

@Test func `over stdio templates are watched too`() throws {
  try TemporaryDirectory.make { directory in
    let program = try Program(
      ["serve", "--stdio"], in: directory.path,
      environment: ["FLOWTIME_SIM_TEMPLATES": directory.path])
    let client = Conversation(program)
    _ = try client.call(
      "initialize", ["capabilities": ["experimental": ["templatesDidChange": true]]])
    try directory.write("t.yaml", good)
    #expect(try change(client) == params(added: ["t"]))
    #expect(try program.finish().status == 0)
  }
}
