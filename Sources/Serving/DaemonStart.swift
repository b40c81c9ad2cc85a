package import CommandLine
package import Platform

extension Option {
  package static let patience = Option(
    "--wait", value: .required("SECONDS"),
    help: "how long to wait until a daemon answers; default \(DaemonStart.patienceDefault)")
}

/// A client's way to a daemon that may have to be started first.
package struct DaemonStart {
  /// Those of every server that are passed on to the daemon.
  package static let options: [Option] = [
    .logLevel, .logFormat, .logFile, .limit, .idleExit, .allowUID,
  ]
  /// In seconds: a daemon that nobody started by hand is ended by nobody.
  package static let idleExitDefault = "600"
  /// In seconds: enough for one to start on a machine that has much to do, and for one that ends to end.
  package static let patienceDefault = 10

  package let path: String
  private let program: String
  /// In seconds.
  private let patience: Int
  private let arguments: [String]
  private var log: String { path + ".log" }

  /// - Parameters:
  ///   - program: its name, of which the default path is made.
  ///   - path: of the socket; nil for the default one.
  ///   - options: what is passed on to the daemon.
  package init(
    _ invocation: Invocation, of program: String, path: String?, passing options: [Option]
  ) throws(Stop) {
    self.program = program
    patience =
      try ServeOptions.seconds(.patience, invocation) ?? DaemonStart.patienceDefault
    self.path = path ?? UnixListener.defaultPath(of: program)
    var arguments = ["serve", "--socket", self.path]
    for option in options {
      for value in invocation.all(option) { arguments += [option.name, value] }
    }
    if invocation.has(Option.readOnlyName) { arguments.append(Option.readOnlyName) }
    if !invocation.has(.idleExit) {
      arguments += [Option.idleExit.name, DaemonStart.idleExitDefault]
    }
    self.arguments = arguments
  }

  /// Connects to the daemon. Whoever comes while nobody serves starts one; the others wait for it.
  ///
  /// - Throws: ``Stop`` where there is none in time, or one that is not trusted.
  package func connect() throws(Stop) -> Descriptor {
    do throws(SocketFailure) {
      if let connection = try connectIfServed() { return connection }
      let end = SystemClock.monotonic() + .seconds(patience)
      while SystemClock.monotonic() < end {
        if let lock = try StartLock(forSocket: path, of: program) {
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
        Environment.executablePath ?? Environment.arguments.first ?? program, arguments,
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
