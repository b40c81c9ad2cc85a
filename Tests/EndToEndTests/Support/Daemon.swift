import Foundation
import Testing

/// A daemon that serves a socket while `body` runs.
struct Daemon {
  let program: Program
  let path: String

  static func run<Answer>(
    in directory: TemporaryDirectory, _ arguments: [String] = [],
    environment: [String: String] = [:], _ body: (Daemon) throws -> Answer
  ) throws -> Answer {
    let daemon = try start(in: directory, arguments, environment: environment)
    let answer = try body(daemon)
    #expect(daemon.program.isRunning, "the daemon is gone")
    try daemon.stop()
    return answer
  }

  /// Returns when clients can connect.
  static func start(
    in directory: TemporaryDirectory, _ arguments: [String] = [],
    environment: [String: String] = [:]
  ) throws -> Daemon {
    let path = directory.path("daemon.sock")
    let program = try Program(
      ["serve", "--socket", path] + arguments, in: directory.path, environment: environment)
    try program.waitForNotice("listening on \(path)")
    return Daemon(program: program, path: path)
  }

  /// Ends the daemon as an operator would; it must leave in good order.
  func stop() throws {
    program.send(signal: SIGTERM)
    let outcome = try program.finish()
    #expect(outcome.status == 0, "\(outcome.notices)")
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(outcome.output.isEmpty)
  }

  func connect(_ framing: WireFraming = .line) throws -> Conversation {
    Conversation(try SocketStream(path), framing)
  }
}
