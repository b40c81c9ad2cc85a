import Dispatch
import Foundation
import JSON
import Platform

/// flowtime-sim as a process of its own, with pipes to its standard streams.
///
/// Every wait ends after ``patience``, so that a program that hangs fails its test.
final class Program {
  /// What a program left behind.
  struct Outcome {
    /// The exit status; negative is the number of the signal that ended it.
    let status: Int32
    let output: [UInt8]
    /// All of stderr.
    let notices: String

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  enum Failure: Error {
    case tooSlow(doing: String, notices: String)
    case ended(notices: String)
  }

  static let patience = Duration.seconds(60)

  /// The repository that the tests were built from.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path(percentEncoded: false)

  static let templates = repository + "templates"

  /// The program that the same build put beside the tests.
  static let path: String = {
    let tests = URL(filePath: Environment.executablePath ?? CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: "flowtime-sim")
      .path(percentEncoded: false)
  }()

  private let process = Process()
  private let isOver = DispatchSemaphore(value: 0)
  private var input: Stream?
  private let output: Stream
  private let notices: Stream

  /// - Parameters:
  ///   - directory: where it runs.
  ///   - environment: in addition to `PATH`, `LC_ALL=C.UTF-8` and the bundled templates; nothing else is inherited.
  ///   - terminal: where stderr goes instead of the pipe.
  init(
    _ arguments: [String], in directory: String = "/", environment: [String: String] = [:],
    terminal: FileHandle? = nil, executable: String = Program.path
  ) throws {
    SignalWatch.ignoreWriteSignals()
    let (stdin, stdout, stderr) = (Foundation.Pipe(), Foundation.Pipe(), Foundation.Pipe())
    input = Stream(stdin.fileHandleForWriting)
    output = Stream(stdout.fileHandleForReading)
    notices = Stream(stderr.fileHandleForReading)
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory, directoryHint: .isDirectory)
    process.environment = [
      "PATH": Environment.value(of: "PATH") ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "FLOWTIME_SIM_TEMPLATES": Program.templates,
    ].merging(environment) { $1 }
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = terminal ?? stderr
    process.terminationHandler = { [isOver] _ in isOver.signal() }
    try process.run()
    // Foundation closes what the child got; the rest is held by the streams.
    try? stdin.fileHandleForWriting.close()
    try? stdout.fileHandleForReading.close()
    try? stderr.fileHandleForReading.close()
    if terminal != nil { try? stderr.fileHandleForWriting.close() }
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], in directory: String = "/", environment: [String: String] = [:],
    input: [UInt8] = [], executable: String = Program.path
  ) throws -> Outcome {
    let program = try Program(
      arguments, in: directory, environment: environment, executable: executable)
    if !input.isEmpty { try? program.write(input) }
    return try program.finish()
  }

  var processID: Int32 { process.processIdentifier }

  var isRunning: Bool { process.isRunning }

  func write(_ bytes: [UInt8]) throws {
    try input?.descriptor.writeAll(bytes.span, timeout: Program.patience)
  }

  /// Says that there is no more input.
  func closeInput() {
    input = nil
  }

  /// What arrives at stdout next; empty at its end.
  func read() throws -> [UInt8] {
    while output.unread.isEmpty, !output.isAtEnd { try take("reading stdout") }
    return output.takeUnread()
  }

  /// Waits until stderr has brought a text; returns all of it so far.
  @discardableResult
  func waitForNotice(_ text: String) throws -> String {
    while !noticesSoFar.contains(text) {
      if notices.isAtEnd { throw Failure.ended(notices: noticesSoFar) }
      try take("waiting for '\(text)' on stderr")
    }
    return noticesSoFar
  }

  func send(signal number: Int32) {
    kill(process.processIdentifier, number)
  }

  /// Takes what the program still says, and waits until it is gone.
  ///
  /// - Parameter closingInput: false for a program that must end by itself.
  func finish(closingInput: Bool = true) throws -> Outcome {
    if closingInput { closeInput() }
    while !output.isAtEnd || !notices.isAtEnd { try take("waiting for the end of the streams") }
    guard isOver.wait(timeout: .now() + .seconds(60)) == .success else {
      throw Failure.tooSlow(doing: "ending", notices: noticesSoFar)
    }
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .exit ? status : -status, output: output.takeUnread(),
      notices: noticesSoFar)
  }

  private var noticesSoFar: String { String(decoding: notices.unread, as: UTF8.self) }

  /// Takes what either stream has; both, so that neither can fill up and stop the program.
  private func take(_ purpose: String) throws {
    let ready = try Poll.wait(
      on: [output, notices].map { ($0.isAtEnd ? -1 : $0.descriptor.number, .readable) },
      timeout: Program.patience)
    if ready.allSatisfy(\.isEmpty) {
      throw Failure.tooSlow(doing: purpose, notices: noticesSoFar)
    }
    if !ready[0].isEmpty { try output.take() }
    if !ready[1].isEmpty { try notices.take() }
  }

  /// The test's end of one pipe.
  private final class Stream {
    let descriptor: Descriptor
    private(set) var unread: [UInt8] = []
    private(set) var isAtEnd = false

    init(_ handle: FileHandle) {
      descriptor = Descriptor(owning: fcntl(handle.fileDescriptor, F_DUPFD_CLOEXEC, 3))
    }

    func take() throws {
      var room = [UInt8](repeating: 0, count: 65_536)
      let count = try descriptor.read(into: &room)
      unread += room.prefix(count)
      isAtEnd = count == 0
    }

    func takeUnread() -> [UInt8] {
      defer { unread = [] }
      return unread
    }
  }
}
