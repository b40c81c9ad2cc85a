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
    case "engine-session": return try fixtures + streams(of: "protocol/engine-transcripts")
    case "engine": return fixtures + goldenModels()
    case "door":
      let models = try texts(in: "Tests/FuzzTests/Fixtures/engine") + goldenModels()
      return fixtures
        + models.map { model in
          Array((doorHead + "Content-Length: \(model.count)\r\n\r\n").utf8) + model
            + Array(doorQuestions.utf8)
        }
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

  /// The models of ``GoldenFolder``.
  private static func goldenModels() -> [[UInt8]] {
    GoldenFolder.models.compactMap { folder in
      (try? Data(contentsOf: folder.appending(path: "model.yaml"))).map { [UInt8]($0) }
    }
  }

  private static let doorHead =
    "POST /v1/run HTTP/1.1\r\nHost: localhost\r\n"
    + "X-Model-Provenance: {\"model_id\":\"model_a\",\"template_id\":\"small\"}\r\n"

  /// What can be asked of the first run.
  private static let doorQuestions = [
    "GET /v1/artifacts?template_id=small&sortBy=size", "GET /v1/runs?page=1", "GET /v1/runs/{id}",
    "GET /v1/runs/{id}/index", "GET /v1/runs/{id}/model", "GET /v1/runs/{id}/series/served",
    "GET /v1/runs/{id}/provenance.json", "GET /v1/artifacts/{id}",
    "GET /v1/artifacts/{id}/files/manifest.json", "GET /v1/artifacts/{id}/relationships",
    "POST /v1/artifacts/index", "GET /v1/healthz", "GET /healthz",
  ].map {
    $0.replacingOccurrences(of: "{id}", with: "run_20250925T120000Z_00000001")
      + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
  }.joined()

  /// The messages of each conversation of a protocol.
  private static func transcripts(
    of folder: String = "protocol/transcripts"
  ) throws -> [[[UInt8]]] {
    try Transcript.all(in: folder).map { $0.turns.map { Array($0.message.utf8) } }
  }

  /// Conversations and public messages in both framings.
  private static func streams(
    of folder: String = "protocol/transcripts"
  ) throws -> [[UInt8]] {
    let conversations = try transcripts(of: folder) + sentMessages().map { [$0, $0] }
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
