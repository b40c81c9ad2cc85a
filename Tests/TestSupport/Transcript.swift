package import JSON
package import JSONRPC

/// A conversation of protocol/transcripts: what a client says, and what it must hear.
///
/// Notation: protocol/README.md, "Transcripts".
package struct Transcript: Sendable, CustomStringConvertible {
  /// One message and what must have come back before the next is sent.
  package struct Turn: Sendable {
    /// Of the file, from 1.
    package var line: Int
    package var message: String
    /// Not nil where, instead of a message, a template file has another text, or none any more.
    package var file: TemplateFile?
    package var replies: [(line: Int, pattern: MessagePattern)]
  }

  package struct TemplateFile: Sendable {
    package let name: String
    package let text: String?
  }

  /// How the conversation is over.
  package enum Ending: Hashable, Sendable {
    /// The client may say more.
    case open
    /// The client said `exit`; over stdio this is the status of the process.
    case exit(status: Int)
    /// The server closed the connection, since it cannot follow any more.
    case closed
  }

  package struct Malformed: Error {
    package let message: String
  }

  /// The file's name without its ending.
  package let name: String
  package private(set) var turns: [Turn] = []
  package private(set) var ending = Ending.open
  /// What `serve --limit` takes.
  package private(set) var limits: [(name: String, value: Int)] = []
  /// nil if it is the same in both framings.
  package private(set) var framing: Framing?

  package var description: String { name }

  /// Whether templates change while it goes on, in a directory that is looked at after the bundled ones.
  package var changesTemplates: Bool { turns.contains { $0.file != nil } }

  /// The framings in which it is to be played.
  package var framings: [Framing] { framing.map { [$0] } ?? [.line, .header] }

  /// Every transcript of a folder: protocol/transcripts has Sim's, protocol/engine-transcripts those of the Engine.
  package static func all(in folder: String = "protocol/transcripts") throws -> [Transcript] {
    try PackageFolder.files(in: folder, endingIn: ".transcript").map { path in
      let file = path.split(separator: "/").last ?? ""
      return try Transcript(
        name: String(file.dropLast(".transcript".count)), try PackageFolder.text(path))
    }
  }

  package init(name: String, _ text: String) throws {
    self.name = name
    var entry: (line: Int, mark: Character, text: String)?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("  "), let current = entry {
        entry?.text = current.text + " " + line.drop { $0 == " " }
        continue
      }
      if let entry { try take(entry) }
      entry = nil
      guard let mark = line.first, mark != "#" else { continue }
      entry = (index + 1, mark, String(line.dropFirst(2)))
    }
    if let entry { try take(entry) }
  }

  private mutating func take(_ entry: (line: Int, mark: Character, text: String)) throws {
    switch entry.mark {
    case ">": turns.append(Turn(line: entry.line, message: entry.text, replies: []))
    case "@":
      let words = entry.text.split(separator: " ", maxSplits: 1).map(String.init)
      guard let name = words.first else { throw malformed(entry.line) }
      let file = TemplateFile(name: name, text: words.count > 1 ? words[1] : nil)
      turns.append(Turn(line: entry.line, message: "", file: file, replies: []))
    case "<" where !turns.isEmpty:
      turns[turns.count - 1].replies.append((entry.line, try MessagePattern(entry.text)))
    case "=":
      switch entry.text {
      case "exit 0": ending = .exit(status: 0)
      case "exit 1": ending = .exit(status: 1)
      case "closed": ending = .closed
      default: throw malformed(entry.line)
      }
    case "!":
      let words = entry.text.split { $0 == " " || $0 == "=" }.map(String.init)
      switch (words.first, words.count == 2 ? Int(words[1]) : nil) {
      case ("framing", _) where words.last == "line": framing = .line
      case ("framing", _) where words.last == "header": framing = .header
      case (let name?, let value?): limits.append((name, value))
      default: throw malformed(entry.line)
      }
    default: throw malformed(entry.line)
    }
  }

  private func malformed(_ line: Int) -> Malformed {
    Malformed(
      message: "\(name).transcript:\(line): expected a line with '>', '<', '@', '=', '!' or '#'")
  }
}

extension Transcript {
  /// Everything that the client says.
  package func stream(_ framing: Framing) -> [UInt8] {
    var bytes: [UInt8] = []
    for turn in turns where turn.file == nil {
      framing.append(Array(turn.message.utf8), to: &bytes)
    }
    return bytes
  }

  /// Compares everything that the server said, in order, with what it must say.
  ///
  /// - Returns: a sentence for each difference, with its line in the file; empty if there is none.
  package func differences(from received: [JSONValue]) -> [String] {
    Self.differences(turns.flatMap(\.replies), received, name)
  }

  /// Compares what the server said after one message and before the next.
  package func differences(in turn: Turn, from received: [JSONValue]) -> [String] {
    Self.differences(turn.replies, received, "\(name):\(turn.line)")
  }

  private static func differences(
    _ expected: [(line: Int, pattern: MessagePattern)], _ received: [JSONValue], _ name: String
  ) -> [String] {
    var differences: [String] = []
    for (reply, message) in zip(expected, received) {
      if let mismatch = reply.pattern.mismatch(message) {
        differences.append("\(name): reply in line \(reply.line): \(mismatch)")
      }
    }
    if expected.count != received.count {
      let extra = received.dropFirst(expected.count).map { $0.text() }
      differences.append(
        "\(name): \(received.count) messages, not \(expected.count) \(extra.joined(separator: " "))"
      )
    }
    return differences
  }

  /// The messages in what a server wrote.
  package static func messages(in output: [UInt8], _ framing: Framing) throws -> [JSONValue] {
    var decoder = FrameDecoder(framing: framing)
    decoder.push(output)
    decoder.finish()
    var messages: [JSONValue] = []
    while let frame = try decoder.next() {
      guard case .body(let body) = frame else { throw Malformed(message: "a frame was refused") }
      messages.append(try JSONDocument.parse(body).root)
    }
    return messages
  }
}
