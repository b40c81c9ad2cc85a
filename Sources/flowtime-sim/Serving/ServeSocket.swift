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
    let connections = Connections()
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
    connections.endAll()
  } catch {
    throw .refused(error.message)
  }
}

/// The connections that are open, each with a thread of its own.
private final class Connections: Sendable {
  /// How long a client may leave an answer unread before it is dropped.
  private static let writeTimeout = Duration.seconds(30)

  /// A descriptor that its thread and the main thread share.
  private final class Connection: Sendable {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }

  private let open = Mutex<[ObjectIdentifier: Connection]>([:])

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
    var session = Session(service)
    var room = [UInt8](repeating: 0, count: 65_536)
    do throws(SystemError) {
      while session.ending == nil {
        let count = try connection.descriptor.read(into: &room)
        if count == 0 { session.finish() } else { session.receive(room.span.extracting(0..<count)) }
        repeat {
          let bytes = session.takeOutput()
          if !bytes.isEmpty {
            try connection.descriptor.writeAll(bytes.span, timeout: Connections.writeTimeout)
          }
        } while session.resume()
        if count == 0 { return }
      }
    } catch {
      // A client that goes without a word harms nobody but itself.
      if !error.isBrokenPipe {
        service.surroundings.log("a connection is closed: \(error.message)")
      }
    }
  }

  /// Lets every connection finish what it has read, then ends it.
  func endAll() {
    for connection in open.withLock({ Array($0.values) }) {
      connection.descriptor.shutDown(.reading)
    }
    let deadline = SystemClock.monotonic() + .seconds(5)
    while count > 0, SystemClock.monotonic() < deadline { waitBriefly() }
  }

  func waitBriefly() {
    _ = try? Poll.wait(on: [], timeout: .milliseconds(10))
  }
}
