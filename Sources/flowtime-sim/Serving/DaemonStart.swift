import CommandLine
import Platform

/// A client's way to a daemon that may have to be started first.
struct DaemonStart {
  /// What is passed on to the daemon.
  static let options: [Option] = [
    .templates, .watch, .logLevel, .logFormat, .logFile, .limit, .idleExit, .allowUID,
  ]
  /// In seconds: a daemon that nobody started by hand is ended by nobody.
  static let idleExitDefault = "600"
  /// In seconds: enough for one to start on a machine that has much to do, and for one that ends to end.
  static let patienceDefault = 10

  let path: String
  /// In seconds.
  private let patience: Int
  private let arguments: [String]
  private var log: String { path + ".log" }

  init(_ invocation: Invocation) throws(Stop) {
    patience =
      try ServeOptions.seconds(.patience, invocation) ?? DaemonStart.patienceDefault
    path = invocation[.bridged] ?? UnixListener.defaultPath()
    var arguments = ["serve", "--socket", path]
    for option in DaemonStart.options {
      for value in invocation.all(option) { arguments += [option.name, value] }
    }
    if invocation.has(.readOnly) { arguments.append(Option.readOnly.name) }
    if !invocation.has(.idleExit) {
      arguments += [Option.idleExit.name, DaemonStart.idleExitDefault]
    }
    self.arguments = arguments
  }

  /// Connects to the daemon. Whoever comes while nobody serves starts one; the others wait for it.
  ///
  /// - Throws: ``Stop`` where there is none in time, or one that is not trusted.
  func connect() throws(Stop) -> Descriptor {
    do throws(SocketFailure) {
      if let connection = try connectIfServed() { return connection }
      let end = SystemClock.monotonic() + .seconds(patience)
      while SystemClock.monotonic() < end {
        if let lock = try StartLock(forSocket: path) {
          let connection = try start(until: end)
          // Others look again once this one has seen the daemon answer.
          withExtendedLifetime(lock) {}
          if let connection { return connection }
          // Whoever holds the path may be about to end, and is given time for it.
          wait(.milliseconds(100))
        } else {
          if let connection = try connectIfServed() { return connection }
          wait(.milliseconds(5))
        }
      }
    } catch {
      throw .refused(error.message)
    }
    let notice = lastNotice.map { "; it said: \($0)" } ?? ""
    throw .refused(
      "no daemon answers on \(quoted(path)) within \(patience) s though one was to start; \(quoted(log)) has its notices\(notice)"
    )
  }

  private func connectIfServed() throws(SocketFailure) -> Descriptor? {
    do throws(SocketFailure) {
      return try UnixSocket.connect(path: path)
    } catch {
      if case .notServed = error { return nil }
      throw error
    }
  }

  /// Starts a daemon and waits until one answers.
  ///
  /// - Returns: nil where the one that was started has ended: another that is about to end may still hold the path.
  private func start(until end: Duration) throws(SocketFailure) -> Descriptor? {
    // Somebody may have started one before the lock was had.
    if let connection = try connectIfServed() { return connection }
    let daemon = try SocketFailure.wrapping { () throws(SystemError) in
      try DetachedProgram.start(
        Environment.executablePath ?? Environment.arguments.first ?? "flowtime-sim", arguments,
        log: log)
    }
    while SystemClock.monotonic() < end {
      let hasEnded = daemon.ending() != nil
      if let connection = try connectIfServed() { return connection }
      if hasEnded { break }
      wait(.milliseconds(5))
    }
    return nil
  }

  private var lastNotice: String? {
    let text = (try? FileSystem.readFile(log, lengthMax: 2 << 20, regularOnly: true)) ?? []
    return text.split(separator: UInt8(ascii: "\n")).last.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func wait(_ time: Duration) {
    _ = try? Poll.wait(on: [], timeout: time)
  }
}
