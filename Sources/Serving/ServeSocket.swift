package import CommandLine
import JSON
import JSONRPC
import Platform
package import Server
import Synchronization

/// Serves any number of clients over a Unix socket until SIGTERM or SIGINT, or until there has been none for a time.
///
/// - Parameters:
///   - path: where; nil for the default place. The socket that the process was started with goes before.
///   - options: who may connect, and how long there may be no client.
///   - hangUp: what is done after SIGHUP.
/// - Throws: ``Stop`` if the path cannot be served.
package func serveSocket(
  _ path: String?, _ service: Service, _ options: ServeOptions, hangUp: () -> Void
) throws(Stop) {
  do throws(SocketFailure) {
    let idleExit = options.idleExit
    var listener = try listen(
      path, service.methods.programName, Set(options.users.keys))
    listener.refusal = refusal
    let signals = try SocketFailure.wrapping { () throws(SystemError) in
      try SignalWatch.start([.terminate, .interrupt, .hangUp])
    }
    service.surroundings.log(LogEvent(.info, "listening", "listening on \(listener.path)"))
    let connections = try SocketFailure.wrapping { () throws(SystemError) in
      try Connections(service, options)
    }
    while true {
      connections.serveHeld()
      let idleTime = connections.idleTime
      if let idleExit, let idleTime, idleTime >= idleExit {
        listener.closeDoor()
        try connections.holdAll(of: listener)
        if !connections.holdsAny {
          let seconds = idleExit.components.seconds
          service.surroundings.log(
            LogEvent(.info, "idle", "there has been no client for \(seconds) s (--idle-exit)"))
          break
        }
        try listener.reopenDoor()
        continue
      }
      // At the bound nobody is turned away: the next client waits in the system's queue for a place.
      let isFull = connections.isFull
      let timeout: Duration? =
        isFull ? .milliseconds(50) : idleExit.map { $0 - (idleTime ?? .zero) }
      let ready = try SocketFailure.wrapping { () throws(SystemError) in
        try Poll.wait(
          on: [(signals.number, .readable), (isFull ? -1 : listener.number, .readable)],
          timeout: timeout)
      }
      if !ready[0].isEmpty, let signal = signals.next() {
        guard signal == .hangUp else { break }
        hangUp()
      }
      if !ready[1].isEmpty { _ = try connections.holdNext(of: listener) }
    }
    // Whoever has connected by now is served as those who were before.
    listener.closeDoor()
    try connections.holdAll(of: listener)
    connections.serveHeld()
    connections.endAll(within: .seconds(service.limits.shutdownSecondsMax))
  } catch {
    throw .refused(error.message)
  }
}

private func listen(
  _ path: String?, _ program: String, _ users: Set<UInt32>
) throws(SocketFailure) -> UnixListener {
  guard let listener = try UnixListener.inherited(admitting: users) else {
    return try UnixListener.open(
      path: path ?? UnixListener.defaultPath(of: program), of: program, admitting: users)
  }
  if let path, path != listener.path {
    throw .wrongInheritance(
      why: "it is at \(quoted(listener.path)), and --socket asks for \(quoted(path))")
  }
  return listener
}

/// One line of JSON, whatever the client would have spoken: it has said nothing yet.
private func refusal(_ peer: Peer) -> [UInt8] {
  let error = RPCError.invalidRequest(
    "user \(peer.userID) may not connect: neither the daemon's own user nor named by --allow-uid")
  let line: JSONValue = [
    "jsonrpc": "2.0", "id": .null,
    "error": ["code": .number(JSONNumber(error.code)), "message": .string(error.message)],
  ]
  return line.serialized() + [0x0A]
}

/// The connections that are open: in the event loop, or with a thread of their own while they need one.
private final class Connections: Sendable {
  private struct State {
    var open: [ObjectIdentifier: SocketConnection] = [:]
    /// Since when there has been no client.
    var idleStart: Duration? = SystemClock.monotonic()
    /// Connections that have a thread of their own.
    var busyCount = 0
  }

  private let pool: WorkPool
  private let service: Service
  private let loop: EventLoop
  private let options: ServeOptions
  private let state = Mutex(State())
  /// Clients that were accepted and have no place yet, first come first; of the main thread alone.
  private let held = Mutex<[SocketConnection]>([])
  private let lastWarning = Mutex<Duration?>(nil)

  init(_ service: Service, _ options: ServeOptions) throws(SystemError) {
    self.service = service
    self.options = options
    pool = try WorkPool(service.limits)
    loop = try EventLoop()
    try Thread.spawn(name: "event-loop") { [self] in
      loop.run(busy: serve, over: close, silent: rest)
    }
  }

  private var count: Int { state.withLock { $0.open.count } }

  var holdsAny: Bool { held.withLock { !$0.isEmpty } }

  /// Whether the next client has to wait.
  var isFull: Bool { holdsAny || count >= service.limits.connectionCountMax }

  /// How long there has been no client; nil while there is one.
  var idleTime: Duration? {
    if holdsAny { return nil }
    return state.withLock { $0.idleStart }.map { SystemClock.monotonic() - $0 }
  }

  /// Takes the next client from the queue.
  ///
  /// - Returns: false where none waits, or none can be taken now.
  /// - Throws: ``SocketFailure`` where none can be taken ever again.
  func holdNext(of listener: borrowing UnixListener) throws(SocketFailure) -> Bool {
    do throws(SocketFailure) {
      guard let client = try listener.acceptWaiting() else { return false }
      let connection = connection(to: client)
      held.withLock { $0.append(connection) }
      return true
    } catch {
      switch error {
      case .strangerRefused:
        warn(error.message)
        return true
      case .exhausted:
        warn(error.message)
        waitBriefly()
        return false
      default: throw error
      }
    }
  }

  /// Takes every client from the queue.
  func holdAll(of listener: borrowing UnixListener) throws(SocketFailure) {
    while try holdNext(of: listener) {}
  }

  /// Begins to serve those who wait, as far as there are places.
  func serveHeld() {
    while count < service.limits.connectionCountMax,
      let connection = held.withLock({ $0.isEmpty ? nil : $0.removeFirst() })
    {
      state.withLock {
        $0.open[ObjectIdentifier(connection)] = connection
        $0.idleStart = nil
      }
      loop.add(connection)
    }
  }

  /// Starts a thread for a connection, for as long as it needs one.
  private func serve(_ connection: SocketConnection) throws(SystemError) {
    do throws(SystemError) {
      try Thread.spawn(name: "connection") { [self] in
        state.withLock { $0.busyCount += 1 }
        let last = connection.converse()
        state.withLock { $0.busyCount -= 1 }
        if last == .quiet {
          loop.add(connection)
        } else {
          close(connection)
          loop.note()
        }
      }
    } catch {
      warn("cannot give a client a thread now: \(error.message)")
      throw error
    }
  }

  /// Gives memory back when nobody asks for anything.
  private func rest() {
    if state.withLock({ $0.busyCount == 0 }) { FreedMemory.giveBack() }
  }

  private func close(_ connection: SocketConnection) {
    state.withLock { state in
      state.open[ObjectIdentifier(connection)] = nil
      if state.open.isEmpty { state.idleStart = SystemClock.monotonic() }
    }
  }

  /// Says what keeps happening, at most once a second.
  private func warn(_ message: String) {
    let now = SystemClock.monotonic()
    let isDue = lastWarning.withLock { last in
      if let last, now - last < .seconds(1) { return false }
      last = now
      return true
    }
    if isDue { service.surroundings.log(LogEvent(.error, "client-waits", message)) }
  }

  /// A conversation with the rights that its client has.
  private func connection(to client: consuming Descriptor) -> SocketConnection {
    let peer = try? UnixSocket.peer(of: client)
    let seconds = service.limits.writeSecondsMax
    var conversation = Conversation(
      service, pool, rights: options.rights(of: peer?.userID), watchesClient: false,
      writeTimeout: .seconds(seconds))
    if let path = options.record { record(&conversation, path) }
    return SocketConnection(client, conversation, writeSeconds: seconds)
  }

  private func record(_ conversation: inout Conversation, _ path: String) {
    let countMax = service.limits.recordFileCountMax
    guard conversation.number <= countMax else {
      if conversation.number == countMax + 1 {
        conversation.log(
          .warning, "record",
          "from here on connections are not recorded: there were \(countMax) (recordFileCountMax)")
      }
      return
    }
    do throws(SystemError) {
      try conversation.record(in: "\(path).\(conversation.number)")
    } catch {
      conversation.log(.warning, "record", "a connection is not recorded: \(error.message)")
    }
  }

  /// Lets every connection finish what it has read, then ends it. What takes longer is cancelled, and answered so.
  func endAll(within patience: Duration) {
    for connection in state.withLock({ Array($0.open.values) }) {
      connection.descriptor.shutDown(.reading)
    }
    wait(patience)
    pool.cancelAll()
    wait(.seconds(1))
  }

  /// Waits until all connections are closed.
  private func wait(_ patience: Duration) {
    let deadline = SystemClock.monotonic() + patience
    while count > 0, SystemClock.monotonic() < deadline { waitBriefly() }
  }

  func waitBriefly() {
    _ = try? Poll.wait(on: [], timeout: .milliseconds(10))
  }
}
