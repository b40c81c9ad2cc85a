import Foundation
import JSON
import Platform
import Testing

/// A client that keeps one connection to an HTTP server, reading answers with code of its own.
final class WebClient {
  struct Answer {
    let status: Int
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(field: String) -> String? { fields.first { $0.name == field }?.value }

    /// The body, which is an object.
    func object() throws -> JSONObject {
      try #require(try JSONDocument.parse(body).root.objectValue, "\(text)")
    }
  }

  struct NoAnswer: Error {
    let soFar: String
  }

  private let descriptor: Descriptor
  private let host: String
  private var arrived: [UInt8] = []

  /// - Parameter address: as the server says it, such as `127.0.0.1:8080`.
  init(_ address: String) throws {
    SignalWatch.ignoreWriteSignals()
    host = address
    descriptor = try TCPSocket.connect(
      try #require(TCPAddress(address), "no address: '\(address)'"))
  }

  func send(_ bytes: [UInt8]) throws {
    try descriptor.writeAll(bytes.span, timeout: Program.patience)
  }

  func get(_ target: String, _ fields: [(String, String)] = []) throws -> Answer {
    try request("GET", target, fields)
  }

  func post(_ target: String, _ fields: [(String, String)] = [], body: String) throws -> Answer {
    try request("POST", target, fields + [("Content-Length", "\(body.utf8.count)")], body)
  }

  private func request(
    _ method: String, _ target: String, _ fields: [(String, String)], _ body: String = ""
  ) throws -> Answer {
    let lines = (["Host": host].map { ($0, $1) } + fields).map { "\($0): \($1)\r\n" }
    try send(Array("\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n\(body)".utf8))
    return try receive()
  }

  /// The next answer, which has a length.
  func receive() throws -> Answer {
    let blank = Array("\r\n\r\n".utf8)
    while arrived.firstRange(of: blank) == nil { try take() }
    let head = try #require(arrived.firstRange(of: blank))
    let lines = String(decoding: arrived[..<head.lowerBound], as: UTF8.self).split(
      separator: "\r\n")
    let start = try #require(lines.first)
    try #require(start.hasPrefix("HTTP/1.1 "), "\(start)")
    let fields = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (
        name: parts[0].lowercased(), value: String(parts.last?.drop { $0 == " " } ?? "")
      )
    }
    let length = try #require(
      fields.first { $0.name == "content-length" }.flatMap { Int($0.value) }, "\(lines)")
    while arrived.count < head.upperBound + length { try take() }
    let body = Array(arrived[head.upperBound..<(head.upperBound + length)])
    arrived.removeSubrange(..<(head.upperBound + length))
    return Answer(
      status: try #require(Int(start.dropFirst(9).prefix(3))), fields: fields, body: body)
  }

  /// Waits until the server has closed; nothing may come before.
  func waitForEnd() throws {
    while (try? take()) != nil {}
    #expect(arrived.isEmpty)
  }

  private func take() throws {
    let ready = try Poll.wait(for: .readable, on: descriptor.number, timeout: Program.patience)
    if ready.isEmpty { throw Program.Failure.tooSlow(doing: "reading an answer", notices: "") }
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = try descriptor.read(into: &room)
    if count == 0 { throw NoAnswer(soFar: String(decoding: arrived, as: UTF8.self)) }
    arrived += room.prefix(count)
  }
}

/// flowtime-engine while it serves HTTP on a free port.
struct EngineServer {
  let program: Program
  let address: String

  static func run<Answer>(
    in directory: TemporaryDirectory, data: String = "runs", _ arguments: [String] = [],
    _ body: (EngineServer) throws -> Answer
  ) throws -> Answer {
    let program = try Program(
      ["serve", "--data", data, "--http", "127.0.0.1:0"] + arguments, in: directory.path,
      executable: Program.engine)
    let start = "listening on http://"
    var notice = try program.waitForNotice(start)
    // The line may not have come whole.
    while let range = notice.range(of: start), !notice[range.upperBound...].contains("\n") {
      notice = try program.waitForNotice("\n")
    }
    let address = notice.components(separatedBy: start).last?.prefix { !$0.isWhitespace } ?? ""
    let server = EngineServer(program: program, address: String(address))
    let answer = try body(server)
    if program.isRunning { program.send(signal: SIGTERM) }
    let outcome = try program.finish()
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(outcome.output.isEmpty)
    return answer
  }

  func client() throws -> WebClient { try WebClient(address) }
}
