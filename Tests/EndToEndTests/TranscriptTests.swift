import JSON
import JSONRPC
import TestSupport
import Testing

/// The published conversations, with the program as it runs and not only its parts.
private let environment = ["FLOWTIME_SIM_TEMPLATES": ""]

private func limits(_ transcript: Transcript) -> [String] {
  transcript.limits.flatMap { ["--limit", "\($0.name)=\($0.value)"] }
}

private func play(_ transcript: Transcript, _ framing: Framing, _ stream: any ByteStream) throws {
  let conversation = Conversation(stream, framing == .line ? .line : .header)
  for turn in transcript.turns {
    try stream.write(conversation.framing.frame(Array(turn.message.utf8)))
    var messages: [JSONValue] = []
    for _ in turn.replies {
      guard let message = try conversation.receiveAny() else { break }
      messages.append(message)
    }
    #expect(transcript.differences(in: turn, from: messages) == [], "\(framing)")
  }
  if transcript.ending == .open { stream.closeInput() }
  #expect(try conversation.receiveAny() == nil, "\(transcript) has a reply too many")
}

@Test(arguments: try Transcript.all())
func `a published conversation goes as published over stdio`(transcript: Transcript) throws {
  for framing in transcript.framings {
    let program = try Program(
      ["serve", "--stdio"] + limits(transcript), in: Program.repository, environment: environment)
    try play(transcript, framing, program)
    let outcome = try program.finish(closingInput: transcript.ending == .open)
    switch transcript.ending {
    case .open: #expect(outcome.status == 0, "\(outcome.notices)")
    case .exit(let status): #expect(outcome.status == Int32(status), "\(outcome.notices)")
    case .closed: #expect(outcome.status == 3, "\(outcome.notices)")
    }
  }
}

@Test(arguments: try Transcript.all())
func `a published conversation goes as published over a socket`(transcript: Transcript) throws {
  try TemporaryDirectory.make { directory in
    for framing in transcript.framings {
      let path = directory.path("daemon.sock")
      let program = try Program(
        ["serve", "--socket", path] + limits(transcript), in: Program.repository,
        environment: environment)
      let daemon = Daemon(program: program, path: path)
      try program.waitForNotice("listening on \(path)")
      try play(transcript, framing, try SocketStream(path))
      _ = try daemon.connect().call("status")
      try daemon.stop()
    }
  }
}
