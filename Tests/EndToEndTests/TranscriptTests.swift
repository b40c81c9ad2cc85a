import Foundation
import JSON
import JSONRPC
import TestSupport
import Testing

/// The published conversations, with the program as it runs and not only its parts.
private func environment(_ transcript: Transcript, _ own: TemporaryDirectory) -> [String: String] {
  // Without the variable, where templates usually are.
  ["FLOWTIME_SIM_TEMPLATES": transcript.changesTemplates ? "templates:\(own.path)" : ""]
}

private func limits(_ transcript: Transcript) -> [String] {
  transcript.limits.flatMap { ["--limit", "\($0.name)=\($0.value)"] }
}

private func play(
  _ transcript: Transcript, _ framing: Framing, _ stream: any ByteStream, _ own: TemporaryDirectory
) throws {
  let conversation = Conversation(stream, framing == .line ? .line : .header)
  for turn in transcript.turns {
    if let file = turn.file {
      if let text = file.text {
        try own.write(file.name, text)
      } else {
        try FileManager.default.removeItem(atPath: own.path(file.name))
      }
    } else {
      try stream.write(conversation.framing.frame(Array(turn.message.utf8)))
    }
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
    let outcome = try TemporaryDirectory.make { own in
      let program = try Program(
        ["serve", "--stdio"] + limits(transcript), in: Program.repository,
        environment: environment(transcript, own))
      try play(transcript, framing, program, own)
      return try program.finish(closingInput: transcript.ending == .open)
    }
    switch transcript.ending {
    case .open: #expect(outcome.status == 0, "\(outcome.notices)")
    case .exit(let status): #expect(outcome.status == Int32(status), "\(outcome.notices)")
    case .closed: #expect(outcome.status == 3, "\(outcome.notices)")
    }
  }
}

@Test(arguments: try Transcript.all())
func `a published conversation goes as published over a socket`(transcript: Transcript) throws {
  for framing in transcript.framings {
    try TemporaryDirectory.make { directory in
      let path = directory.path("daemon.sock")
      let program = try Program(
        ["serve", "--socket", path] + limits(transcript), in: Program.repository,
        environment: environment(transcript, directory))
      let daemon = Daemon(program: program, path: path)
      try program.waitForNotice("listening on \(path)")
      try play(transcript, framing, try SocketStream(path), directory)
      _ = try daemon.connect().call("status")
      try daemon.stop()
    }
  }
}
