import JSON
import JSONRPC
import Source
import Wire

/// One client's conversation: bytes in, bytes out, no descriptor.
///
/// Messages are applied in the order in which they arrive, and each request is answered exactly once.
/// Source: docs/architecture.md, "The life of a request"; LSP 3.17, "Server lifecycle".
package struct Session: Sendable {
  /// How the conversation is over.
  package enum Ending: Hashable, Sendable {
    /// The client said `exit`, after `shutdown` (orderly) or without it.
    case exit(isOrderly: Bool)
    /// The stream ended within a message, or cannot be followed any further: then the reply that says why is in the
    /// output.
    case streamBroken
  }

  private enum Phase {
    case open
    case initialized
    case shutDown
  }

  private let service: Service
  private var rpc: RPCConnection
  private var phase = Phase.open
  /// Messages that arrived wait until the output is taken.
  private var isPaused = false
  private var handlers: Handlers
  /// Not nil: nothing more is read or answered.
  package private(set) var ending: Ending?
  /// The process that started this one, if it said so: nobody is left to serve when it is gone.
  package private(set) var clientProcessID: Int?

  package init(_ service: Service) {
    self.service = service
    rpc = RPCConnection(limits: service.limits.rpc)
    handlers = Handlers(service)
    service.count { $0.connections += 1 }
  }

  /// Takes bytes as they arrive, in whatever pieces, and answers every message they complete.
  package mutating func receive(_ bytes: Span<UInt8>) {
    guard ending == nil else { return }
    rpc.receive(bytes)
    handleArrived()
  }

  package mutating func receive(_ bytes: [UInt8]) {
    receive(bytes.span)
  }

  /// The client sends no more.
  package mutating func finish() {
    guard ending == nil else { return }
    rpc.finish()
    handleArrived()
  }

  /// What is to be written, in order; empty where there is nothing. ``resume()`` follows.
  package mutating func takeOutput() -> [UInt8] {
    rpc.takeOutput()
  }

  /// Goes on with messages that have arrived, after the output was taken.
  ///
  /// - Returns: false where nothing was left to do.
  package mutating func resume() -> Bool {
    guard isPaused else { return false }
    handleArrived()
    return true
  }

  private mutating func handleArrived() {
    isPaused = false
    while ending == nil {
      // A client that asks for much and reads little is made to wait, not to be kept in memory.
      guard rpc.outputLength < service.limits.outputLengthMax else {
        isPaused = true
        return
      }
      guard let incoming = rpc.next() else { break }
      switch incoming {
      case .request(let key, let method, let params):
        service.count { $0.requests += 1 }
        let result = answer(method, params)
        if case .failure = result { service.count { $0.errors += 1 } }
        _ = rpc.reply(to: key, with: result)
      case .notification(let method, let params):
        service.count { $0.notifications += 1 }
        notice(method, params)
      }
    }
    for line in rpc.takeLog() { service.surroundings.log(line) }
    guard ending == nil, case .closed(let reason) = rpc.state else { return }
    switch reason {
    case .ended: return
    case .cutOff:
      service.surroundings.log("the client closed its end within a message")
      ending = .streamBroken
    case .unreadable: ending = .streamBroken
    }
  }

  private mutating func answer(_ method: String, _ params: JSONValue?) -> Result<
    JSONValue, RPCError
  > {
    do throws(RPCError) {
      if phase == .shutDown {
        throw .invalidRequest("the server is shut down; only 'exit' may follow")
      }
      switch method {
      case InitializeMethod.name: return .success(try initialize(params))
      case ShutdownMethod.name:
        phase = .shutDown
        return .success(.null)
      case _ where method.hasPrefix("textDocument/") && phase == .open:
        throw .serverNotInitialized
      default: return .success(try handlers.answer(method, params))
      }
    } catch {
      return .failure(error)
    }
  }

  private mutating func initialize(_ params: JSONValue?) throws(RPCError) -> JSONValue {
    guard phase == .open else { throw .invalidRequest("'initialize' may be sent once") }
    let params = try Handlers.read(InitializeMethod.self, params)
    handlers.encoding = params.positionEncodings.first ?? .utf16
    clientProcessID = params.processID
    phase = .initialized
    return InitializeMethod.Result(
      positionEncoding: handlers.encoding, version: handlers.version
    ).json
  }

  /// A notification is never answered, not even where it is wrong: that goes to the log.
  private mutating func notice(_ method: String, _ params: JSONValue?) {
    if method == LifecycleMethods.exit {
      ending = .exit(isOrderly: phase == .shutDown)
      return
    }
    guard phase != .shutDown else { return }
    if method.hasPrefix("textDocument/"), phase == .open {
      service.surroundings.log("'\(method)' before 'initialize' is ignored")
      return
    }
    do throws(RPCError) {
      for notification in try handlers.notice(method, params) {
        rpc.notify(notification.method, params: notification.params)
      }
    } catch {
      service.surroundings.log("\(method): \(error.message)")
    }
  }
}
