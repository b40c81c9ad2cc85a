import Dispatch
import Foundation
import JSON
import Platform

/// flowtime-sim, or another program, as a process of its own, with pipes to its standard streams.
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

  static let patience = Duration.seconds(
    Environment.value(of: "FLOWTIME_PATIENCE").flatMap { Int($0) } ?? 60)

  /// How many times as long as usual everything takes: under a sanitizer ten times.
  static let slowness = max(1, Int(patience.components.seconds / 60))

  /// The repository that the tests were built from.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path(percentEncoded: false)

  static let templates = repository + "templates"

  /// The program that the same build put beside the tests.
  static let path = built("flowtime-sim")

  /// The other end, of the same build.
  static let engine = built("flowtime-engine")

  private static func built(_ name: String) -> String {
    let tests = URL(filePath: Environment.executablePath ?? CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appending(path: name).path(percentEncoded: false)
  }

  private let process = Process()
  private let isOver = DispatchSemaphore(value: 0)
  private var input: Input?
  private let output: Descriptor
  private let log: NoticeLog

  /// - Parameters:
  ///   - directory: where it runs.
  ///   - environment: in addition to `PATH`, `LC_ALL=C.UTF-8` and the bundled templates; nothing else is inherited.
  ///   - terminal: where stderr goes instead of the pipe.
  ///   - outputTerminal: where stdout goes instead of the pipe.
  init(
    _ arguments: [String], in directory: String = "/", environment: [String: String] = [:],
    terminal: FileHandle? = nil, outputTerminal: FileHandle? = nil,
    executable: String = Program.path
  ) throws {
    SignalWatch.ignoreWriteSignals()
    let (stdin, stdout, stderr) = (Foundation.Pipe(), Foundation.Pipe(), Foundation.Pipe())
    input = Input(Program.copy(stdin.fileHandleForWriting))
    output = Program.copy(stdout.fileHandleForReading)
    log = try NoticeLog(Program.copy(stderr.fileHandleForReading))
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory, directoryHint: .isDirectory)
    process.environment = [
      "PATH": Environment.value(of: "PATH") ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "FLOWTIME_SIM_TEMPLATES": Program.templates,
    ].merging(environment) { $1 }
    process.standardInput = stdin
    process.standardOutput = outputTerminal ?? stdout
    process.standardError = terminal ?? stderr
    process.terminationHandler = { [isOver] _ in isOver.signal() }
    try process.run()
    // Foundation closes what the child got; of the rest there are copies.
    try? stdin.fileHandleForWriting.close()
    try? stdout.fileHandleForReading.close()
    try? stderr.fileHandleForReading.close()
    if outputTerminal != nil { try? stdout.fileHandleForWriting.close() }
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
    let ready = try Poll.wait(for: .readable, on: output.number, timeout: Program.patience)
    if ready.isEmpty { throw Failure.tooSlow(doing: "reading stdout", notices: log.text) }
    var room = [UInt8](repeating: 0, count: 65_536)
    let count = try output.read(into: &room)
    return Array(room.prefix(count))
  }

  /// Waits until stderr has brought a text; returns all of it so far.
  @discardableResult
  func waitForNotice(_ text: String) throws -> String {
    try log.wait(for: text)
  }

  func send(signal number: Int32) {
    kill(process.processIdentifier, number)
  }

  /// Takes what the program still says, and waits until it is gone.
  ///
  /// - Parameter closingInput: false for a program that must end by itself.
  func finish(closingInput: Bool = true) throws -> Outcome {
    if closingInput { closeInput() }
    var rest: [UInt8] = []
    while case let bytes = try read(), !bytes.isEmpty { rest += bytes }
    let notices = try log.wait()
    let end = DispatchTime.now() + .seconds(Int(Program.patience.components.seconds))
    guard isOver.wait(timeout: end) == .success else {
      throw Failure.tooSlow(doing: "ending", notices: notices)
    }
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .exit ? status : -status, output: rest,
      notices: notices)
  }

  /// The pipe's end under a number of the test's own, which no other program inherits.
  private static func copy(_ handle: FileHandle) -> Descriptor {
    Descriptor(owning: fcntl(handle.fileDescriptor, F_DUPFD_CLOEXEC, 3))
  }

  private final class Input {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }
}
