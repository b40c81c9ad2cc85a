import CommandLine
import EngineHTTP
import EngineOperations
import HTTP
import HTTPServing
import JSON
import Platform
import Server
import Serving

/// HTTP beside whatever else the process serves, on a thread of its own.
final class HTTPDoor: Sendable {
  private let listener: TCPListener
  private let server: HTTPServer
  private let log: Log
  /// Becomes readable when the door is closed, by ``close()`` or because nobody can be let in any more.
  private let isOver: WakePipe

  /// Opens a port; nobody is answered yet.
  ///
  /// - Parameters:
  ///   - names: by which the machine is called beside `localhost` and numbers.
  ///   - isReadOnly: whether what writes is refused.
  init(
    _ address: TCPAddress, _ engine: Engine, names: [String], isReadOnly: Bool,
    log: Log
  ) throws(Stop) {
    let door = EngineDoor(engine)
    self.log = log
    var limits = HTTPLimits()
    limits.bodyLengthMax = max(limits.bodyLengthMax, engine.limits.modelLengthMax)
    do throws(SocketFailure) {
      listener = try TCPListener.open(address)
      isOver = try SocketFailure.wrapping { () throws(SystemError) in try WakePipe() }
      server = try SocketFailure.wrapping { () throws(SystemError) in
        try HTTPServer(
          limits: limits, policy: HostPolicy(names: names),
          log: { log.add(LogEvent(.warning, "http", $0)) }
        ) { request, goesOn in
          log.noting(request) {
            isReadOnly && HTTPDoor.writes(request)
              ? HTTPDoor.refusal(of: request) : door.respond(to: request) { _ in goesOn() }
          }
        }
      }
    } catch {
      throw .refused(error.message)
    }
    if !address.isLoopback {
      log.add(
        LogEvent(
          .warning, "address", "\(address.text) is no loopback address: others may ask too"))
    }
  }

  /// For `Poll`: readable when the door is closed.
  var number: Int32 { isOver.number }

  /// Serves on a new thread until ``close(_:)``.
  func open() throws(Stop) -> Platform.Thread.Joinable {
    log.add(LogEvent(.info, "listening", "listening on http://\(listener.address.text)"))
    do throws(SystemError) {
      return try Platform.Thread.Joinable(name: "http-door") { [self] in
        do throws(SocketFailure) {
          try server.serve(listener)
        } catch {
          log.add(LogEvent(.error, "http", "HTTP is not served any more: \(error.message)"))
        }
        isOver.wake()
      }
    } catch {
      throw .refused(error.message)
    }
  }

  /// Lets nobody in any more, and waits until those within have their answers.
  func close(_ thread: consuming Platform.Thread.Joinable) {
    server.end()
    thread.join()
  }

  private static func writes(_ request: Request) -> Bool {
    let isRead = ["GET", "HEAD", "OPTIONS"].contains { $0.utf8.elementsEqual(request.method.utf8) }
    return !isRead && !request.target.segments.elementsEqual(["v1", "graph"])
  }

  private static func refusal(of request: Request) -> Response {
    var problem = Problem(
      .forbidden, "this server only reads (--read-only)", instance: request.target.text)
    problem.extensions.append(("kind", "read-only"))
    return problem.response
  }
}
