package import CommandLine
import FlowModel
import Platform
package import Server
import Synchronization

extension Option {
  package static let logLevel = Option(
    "--log-level", value: .required("LEVEL"),
    help: "what is logged: error, warning, info or debug (every request); default info")
  package static let logFormat = Option(
    "--log-format", value: .required("FORMAT"),
    help: "text, or json, which is one object a line; default text")
  package static let logFile = Option(
    "--log-file", value: .required("FILE"),
    help: "append the log to a file and not to stderr; SIGHUP has a daemon open it anew")
}

/// The log of a server. Who logs never waits: a thread writes, and what it cannot take is counted.
package final class Log: Sendable {
  private struct State {
    var waiting: LogBuffer
    var hasThread = false
    var isWriting = false
    var wantsReopening = false
  }

  package let level: LogEvent.Level
  private let program: String
  private let format: LogFormat
  /// nil for stderr.
  private let path: String?
  private let state: Mutex<State>
  private let arrival: WakePipe
  /// What is open at the path; nil for stderr.
  private let file: Mutex<File?>

  private final class File: Sendable {
    let descriptor: Descriptor

    init(appendingTo path: String) throws(SystemError) {
      descriptor = try FileSystem.openAppending(path)
    }
  }

  /// What a user chooses.
  package struct Settings {
    let level: LogEvent.Level
    let format: LogFormat
    /// nil for stderr.
    let path: String?

    /// - Throws: ``Stop`` for a value that cannot be used.
    package init(_ invocation: Invocation) throws(Stop) {
      let level = try invocation.choice(
        .logLevel, of: LogEvent.Level.allCases.map(\.rawValue), default: "info")
      let format = try invocation.choice(
        .logFormat, of: LogFormat.allCases.map(\.rawValue), default: "text")
      self.level = LogEvent.Level(rawValue: level) ?? .info
      self.format = LogFormat(rawValue: format) ?? .text
      path = invocation[.logFile]
    }
  }

  /// - Parameters:
  ///   - program: what lines without a time begin with.
  ///   - lengthMax: bytes that wait to be written; what comes after them is left out.
  /// - Throws: ``Stop`` for a file that cannot be opened.
  package init(_ settings: Settings, program: String, lengthMax: Int) throws(Stop) {
    state = Mutex(State(waiting: LogBuffer(lengthMax: lengthMax)))
    level = settings.level
    self.program = program
    format = settings.format
    path = settings.path
    do throws(SystemError) {
      arrival = try WakePipe()
      file = Mutex(try path.map { path throws(SystemError) in try File(appendingTo: path) })
    } catch {
      throw .refused("--log-file: \(error.message)")
    }
  }

  package func add(_ event: LogEvent) {
    guard event.level <= level else { return }
    let now = Timestamp(microseconds: SystemClock.microsecondsSinceEpoch()) ?? .epoch
    let line = format.line(event, at: now, of: path == nil ? program : nil)
    let (isFirst, wakes) = state.withLock { state in
      let wakes = state.waiting.isEmpty
      guard state.waiting.add(line) else { return (false, false) }
      let isFirst = !state.hasThread
      state.hasThread = true
      return (isFirst, wakes)
    }
    if isFirst { start() }
    if wakes { arrival.wake() }
  }

  /// Opens the file anew, before the next line: whoever turns logs over has moved it away.
  package func reopen() {
    guard path != nil else { return }
    state.withLock { $0.wantsReopening = true }
    arrival.wake()
  }

  /// Waits until all is written, but not for long: nobody may be there to read it.
  package func finish() {
    let end = SystemClock.monotonic() + .seconds(1)
    while SystemClock.monotonic() < end,
      state.withLock({ $0.hasThread && (!$0.waiting.isEmpty || $0.isWriting) })
    {
      _ = try? Poll.wait(on: [], timeout: .milliseconds(1))
    }
  }

  private func start() {
    do throws(SystemError) {
      try Thread.spawn(name: "log", stackSize: 256 << 10) { [self] in
        while (try? arrival.wait()) != nil { writeAll() }
      }
    } catch {
      // The next line tries again.
      state.withLock { $0.hasThread = false }
    }
  }

  private func writeAll() {
    while true {
      let (lines, omittedCount, reopens) = state.withLock { state in
        let taken = state.waiting.take()
        let reopens = state.wantsReopening
        state.wantsReopening = false
        state.isWriting = !taken.lines.isEmpty || taken.omittedCount > 0
        return (taken.lines, taken.omittedCount, reopens)
      }
      if reopens { openAnew() }
      guard !lines.isEmpty || omittedCount > 0 else { return }
      var isWritten = lines.isEmpty || write(lines)
      if isWritten, omittedCount > 0 { isWritten = write(omission(omittedCount)) }
      state.withLock { state in
        state.isWriting = false
        // A disk that is full may have room later, and then the gap is told.
        if !isWritten { state.waiting.addOmitted(omittedCount + lines.count { $0 == 0x0A }) }
      }
      if !isWritten { return }
    }
  }

  private func omission(_ count: Int) -> [UInt8] {
    let event = LogEvent(.warning, "log-omitted", "\(count) lines were left out: nobody took them")
    let now = Timestamp(microseconds: SystemClock.microsecondsSinceEpoch()) ?? .epoch
    return format.line(event, at: now, of: path == nil ? program : nil)
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    do throws(SystemError) {
      if let file = file.withLock({ $0 }) {
        try file.descriptor.writeAll(bytes.span)
      } else {
        try StandardStream.error.writeAll(bytes.span)
      }
      return true
    } catch {
      return false
    }
  }

  private func openAnew() {
    guard let path else { return }
    do throws(SystemError) {
      let new = try File(appendingTo: path)
      file.withLock { $0 = new }
    } catch {
      // What was open goes on.
      add(LogEvent(.error, "log-file", error.message))
    }
  }
}
