import Foundation
import JSON
import Platform
import TestSupport
import Testing

/// What an editor and a script might say, up to the end.
private func converse(_ conversation: Conversation) throws {
  _ = try conversation.call("initialize", ["capabilities": [:]])
  try conversation.notify("initialized", [:])
  try conversation.notify(
    "textDocument/didOpen",
    [
      "textDocument": [
        "uri": "a", "languageId": "yaml", "version": 1, "text": "metadata: {id: a}\n",
      ]
    ])
  #expect(try conversation.receive()?["method"] == "textDocument/publishDiagnostics")
  for _ in 0..<2 {
    _ = try conversation.call(
      "generate",
      ["templateId": "transportation-basic", "parameters": ["bins": 4], "embedProvenance": true])
  }
  _ = try conversation.call("status")
  _ = try conversation.request("generate", ["templateId": "nobody"])
  _ = try conversation.request("echo", ["…", true])
}

/// Plays recordings by the script that people use.
private func replay(_ paths: String...) throws -> Program.Outcome {
  try Program.run(
    [Program.repository + "Tests/Replay/run", Program.path] + paths, in: Program.repository,
    executable: try #require(Python.path))
}

private func mode(_ path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}

@Test(.enabled(if: Python.path != nil), arguments: WireFraming.allCases)
func `what is recorded over stdio can be played, and an edited reply is told`(framing: WireFraming)
  throws
{
  try TemporaryDirectory.make { directory in
    let path = directory.path("talk.transcript")
    let program = try Program(["serve", "--stdio", "--record", path], in: Program.repository)
    let conversation = Conversation(program, framing)
    try converse(conversation)
    _ = try conversation.request("shutdown")
    try conversation.notify("exit")
    #expect(try program.finish().status == 0)
    #expect(try mode(path) == 0o600)

    let outcome = try replay(path)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.notices)")
    #expect(outcome.notices.isEmpty, "\(outcome.notices)")

    // It is a transcript like those of protocol/transcripts.
    let text = try directory.text("talk.transcript")
    let transcript = try Transcript(name: "talk", text)
    #expect(transcript.ending == .exit(status: 0))
    #expect(transcript.turns.flatMap(\.replies).count == 8)

    try directory.write("edited", text.replacing("  bins: 4", with: "  bins: 5"))
    let edited = try replay(directory.path("edited"), path)
    #expect(edited.status == 1)
    #expect(edited.text.contains("message.result.model is"), "\(edited.text)")
    #expect(edited.text.contains("ok \(path)"))

    // Ended by a crash, or a full disk.
    try directory.write("torn", String(text.dropLast(60)))
    let torn = try replay(directory.path("torn"))
    #expect(torn.status == 0, "\(torn.text)")
    #expect(torn.notices.contains("its last line is torn"), "\(torn.notices)")
    let lines = text.split(separator: "\n").prefix(6)
    try directory.write("short", lines.joined(separator: "\n") + "\n")
    let short = try replay(directory.path("short"))
    #expect(short.status == 0, "\(short.text)")
    #expect(short.notices.contains("the program ended before"), "\(short.notices)")
  }
}

@Test(.enabled(if: Python.path != nil))
func `a message without a line break is recorded too`() throws {
  try TemporaryDirectory.make { directory in
    let path = directory.path("talk")
    let made = try Program.run(
      ["serve", "--stdio", "--record", path],
      input: Array(#"{"jsonrpc":"2.0","id":1,"method":"listTemplates"}"#.utf8))
    #expect(made.status == 0)
    let outcome = try replay(path)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.notices)")
    #expect(outcome.text.contains("1 sent, 1 to come back"), "\(outcome.text)")
  }
}

@Test(.enabled(if: Python.path != nil))
func `each connection of a socket is recorded by itself`() throws {
  try TemporaryDirectory.make { directory in
    let arguments = ["--record", "talk", "--limit", "recordFileCountMax=2"]
    try Daemon.run(in: directory, arguments) { daemon in
      let clients = try (0..<3).map { _ in
        let client = try daemon.connect()
        // Numbers are given in the order in which clients say something.
        _ = try client.call("listTemplates")
        return client
      }
      for client in clients { try converse(client) }
    }
    #expect(directory.names.filter { $0.hasPrefix("talk") }.sorted() == ["talk.1", "talk.2"])
    let outcome = try replay(directory.path("talk.1"), directory.path("talk.2"))
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.notices)")
    // One that runs later replaces nothing.
    let refused = try Program.run(
      ["serve", "--socket", directory.path("s"), "--record", "talk"], in: directory.path)
    #expect(refused.status == 3)
    #expect(refused.notices.contains("'talk.1' is there already"), "\(refused.notices)")
  }
}

@Test(arguments: [false, true])
func `a recording replaces no file and follows no link`(isLink: Bool) throws {
  try TemporaryDirectory.make { directory in
    if isLink {
      try FileManager.default.createSymbolicLink(
        atPath: directory.path("talk"), withDestinationPath: "elsewhere")
    } else {
      try directory.write("talk", "mine")
    }
    let outcome = try Program.run(["serve", "--stdio", "--record", "talk"], in: directory.path)
    #expect(outcome.status == 3)
    #expect(outcome.notices.contains("talk"), "\(outcome.notices)")
    #expect(directory.names == ["talk"])
    if !isLink { #expect(try directory.text("talk") == "mine") }
  }
}

@Test func `a recording that cannot be written is given up, and serving goes on`() throws {
  try TemporaryDirectory.make { directory in
    // Files of at most a block, as if the disk were full.
    let program = try Program(
      [
        "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"", Program.path, "serve", "--stdio",
        "--record", "talk",
      ], in: directory.path,
      // Where the thread sanitizer keeps half a megabyte before anything runs, and does without if it cannot.
      environment: ["TMPDIR": directory.path + "/missing"], executable: "/bin/sh")
    let conversation = Conversation(program)
    for _ in 0..<50 {
      let reply = try conversation.request("echo", [.string(String(repeating: "x", count: 100))])
      #expect(reply["error"] == nil)
    }
    let outcome = try program.finish()
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(outcome.notices.split(separator: "is cut: ").count == 2, "\(outcome.notices)")
  }
}
