import Operations
import Platform
import Server
import Synchronization

/// Serves any number of clients over a Unix socket until SIGTERM or SIGINT.
///
/// - Parameter reload: reads the templates again, after SIGHUP.
/// - Throws: ``Stop`` if the path cannot be served.
func serveSocket(_ path: String, _ service: Service, reload: () -> Snapshot) throws(Stop) {
  do throws(SocketFailure) {
    let listener = try UnixListener.open(path: path)
    let signals = try SocketFailure.wrapping { () throws(SystemError) in
      try SignalWatch.start([.terminate, .interrupt, .hangUp])
    }
    service.surroundings.log("listening on \(path)")
    let connections = Connections(
      try SocketFailure.wrapping { () throws(SystemError) in try WorkPool(service.limits) })
    while true {
      // At the bound nobody is turned away: the next client waits in the system's queue for a place.
      let isFull = connections.count >= service.limits.connectionCountMax
      let ready = try SocketFailure.wrapping { () throws(SystemError) in
        try Poll.wait(
          on: [(signals.number, .readable), (isFull ? -1 : listener.number, .readable)],
          timeout: isFull ? .milliseconds(50) : nil)
      }
      if !ready[0].isEmpty, let signal = signals.next() {
        guard signal == .hangUp else { break }
        service.replace(reload())
        let count = service.snapshot.catalog.entries.count
        service.surroundings.log("the templates are read again: there are \(count)")
      }
      if ready[1].isEmpty { continue }
      do throws(SocketFailure) {
        guard let client = try listener.accept(timeout: .zero) else { continue }
        try connections.serve(client, service)
      } catch {
        switch error {
        case .strangerRefused, .exhausted:
          service.surroundings.log(error.message)
          if case .exhausted = error { connections.waitBriefly() }
        default: throw error
        }
      }
    }
    connections.endAll(within: .seconds(service.limits.shutdownSecondsMax))
  } catch {
    throw .refused(error.message)
  }
}

/// The connections that are open, each with a thread of its own.
private final class Connections: Sendable {
  /// A descriptor that its thread and the main thread share.
  private final class Connection: Sendable {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }

  private let pool: WorkPool
  private let open = Mutex<[ObjectIdentifier: Connection]>([:])

  init(_ pool: WorkPool) {
    self.pool = pool
  }

  var count: Int { open.withLock { $0.count } }

  func serve(_ client: consuming Descriptor, _ service: Service) throws(SocketFailure) {
    let connection = Connection(client)
    open.withLock { $0[ObjectIdentifier(connection)] = connection }
    do throws(SystemError) {
      try Thread.spawn(name: "connection") { [self] in
        converse(connection, service)
        open.withLock { $0[ObjectIdentifier(connection)] = nil }
      }
    } catch {
      open.withLock { $0[ObjectIdentifier(connection)] = nil }
      throw .exhausted(error)
    }
  }

  /// Reads, answers and writes until one end has enough.
  private func converse(_ connection: Connection, _ service: Service) {
    let seconds = service.limits.writeSecondsMax
    var conversation = Conversation(
      service, pool, watchesClient: false, writeTimeout: .seconds(seconds))
    do throws(SystemError) {
      _ = try conversation.run(connection.descriptor, connection.descriptor)
    } catch {
      if error.isTimeout {
        service.surroundings.log(
          "a connection is closed: its client has not taken its answers for \(seconds) s (writeSecondsMax)"
        )
      } else if !error.isBrokenPipe {
        // A client that goes without a word harms nobody but itself.
        service.surroundings.log("a connection is closed: \(error.message)")
      }
    }
  }

  /// Lets every connection finish what it has read, then ends it. What takes longer is cancelled, and answered so.
  func endAll(within patience: Duration) {
    for connection in open.withLock({ Array($0.values) }) {
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
