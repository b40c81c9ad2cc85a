import Foundation
import JSON
import JSONRPC

/// The inputs that fuzzing starts from: what was found before, what the package ships, and the public test data.
package enum FuzzSeeds {
  /// - Parameter entry: the name of a `FuzzEntry`.
  package static func inputs(for entry: String) throws -> [[UInt8]] {
    let found = PackageFolder.files(in: "Tests/FuzzTests/Fixtures/\(entry)")
    let fixtures = try found.map { path in
      [UInt8](try Data(contentsOf: PackageFolder.root.appending(path: path)))
    }
    switch entry {
    case "yaml":
      return try fixtures + texts(in: "templates")
        + ConformanceFolder.contents(of: "yaml/cases", endingIn: "in.yaml")
    case "json":
      return try fixtures + texts(in: "protocol/schemas") + transcripts().flatMap { $0 }
        + ConformanceFolder.contents(of: "json") + ConformanceFolder.contents(of: "jcs/input")
        + ConformanceFolder.contents(of: "jcs/output") + sentMessages()
    case "expression": return try fixtures + expressions()
    case "framing": return try fixtures + streams() + receivedStreams()
    case "substitution": return try fixtures + texts(in: "templates")
    case "session": return try fixtures + streams() + receivedStreams()
    default: return fixtures
    }
  }

  private static func texts(in folder: String) throws -> [[UInt8]] {
    try PackageFolder.files(in: folder).map { Array(try PackageFolder.text($0).utf8) }
  }

  /// What stands after `expr:` in the templates.
  private static func expressions() throws -> [[UInt8]] {
    try PackageFolder.files(in: "templates").flatMap { path in
      try PackageFolder.text(path).matches(of: /expr: (.*)/).map { Array($0.1.utf8) }
    }
  }

  /// The messages of each conversation of the protocol.
  private static func transcripts() throws -> [[[UInt8]]] {
    try Transcript.all().map { $0.turns.map { Array($0.message.utf8) } }
  }

  /// Conversations and public messages in both framings.
  private static func streams() throws -> [[UInt8]] {
    let conversations = try transcripts() + sentMessages().map { [$0, $0] }
    return conversations.flatMap { messages in
      [Framing.line, .header].map { framing in
        var stream: [UInt8] = []
        for message in messages { framing.append(message, to: &stream) }
        return stream
      }
    }
  }

  private static func sentMessages() -> [[UInt8]] {
    values(of: "jsonrpc").compactMap { $0["send"]?.stringValue.map { Array($0.utf8) } }
  }

  private static func receivedStreams() -> [[UInt8]] {
    values(of: "lsp-framing").map { row in
      (row["chunks_hex"]?.arrayValue ?? []).flatMap { unhexed($0.stringValue ?? "") }
    }
  }

  /// The objects of files with one JSON text a line.
  private static func values(of folder: String) -> [JSONObject] {
    ConformanceFolder.contents(of: folder, endingIn: ".jsonl").flatMap { file in
      file.split(separator: 0x0A).compactMap { line in
        (try? JSONDocument.parse(Array(line)))?.root.objectValue
      }
    }
  }

  private static func unhexed(_ text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
