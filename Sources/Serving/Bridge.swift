package import CommandLine
import JSON
import JSONRPC
package import Platform
import Synchronization
import Wire

/// Carries bytes between stdin and stdout and a daemon until one end has enough or the client is dead.
///
/// - Throws: ``Stop`` if the daemon is gone before the client has said that it is done.
package func bridgeStandardStreams(to connection: consuming Descriptor, _ path: String) throws(Stop)
{
  let ending: Bridge.Ending
  do throws(SystemError) {
    SignalWatch.ignoreWriteSignals()
    // As for `serve --stdio`: a stray write must not land between two messages.
    let output = try StandardStream.output.takeAway()
    let input = try StandardStream.input.takeAway()
    ending = try Bridge(input, output, connection).run()
  } catch {
    throw .refused(error.message)
  }
  switch ending {
  case .closed, .clientGone: return
  case .clientBroken: throw .refused("the client closed its end")
  case .daemonGone: throw .refused("the daemon on \(quoted(path)) is gone")
  case .daemonBroken(let error):
    throw .refused("the daemon on \(quoted(path)) closed the connection: \(error.message)")
  }
}

/// Two threads, one for each direction, and one that watches: neither direction waits for the other, so a client may send
/// without reading and the daemon may answer at once.
private final class Bridge: Sendable {
  /// How it is over.
  enum Ending {
    /// The daemon has closed the connection, and the client has all its answers.
    case closed
    /// Nobody is left who could read an answer.
    case clientGone
    /// An answer could not be written.
    case clientBroken
    /// The daemon has ended though the client had more to say.
    case daemonGone
    case daemonBroken(SystemError)
  }

  private struct State {
    var ending: Ending?
    var isInputOver = false
    /// The process that `initialize` names.
    var client: ProcessWatch?
  }

  private let input: Descriptor
  private let output: Descriptor
  private let connection: Descriptor
  private let daemon: ProcessWatch?
  private let wake: WakePipe
  private let state = Mutex(State())

  init(
    _ input: consuming Descriptor, _ output: consuming Descriptor,
    _ connection: consuming Descriptor
  ) throws(SystemError) {
    wake = try WakePipe()
    daemon = ProcessWatch(processID: try UnixSocket.peer(of: connection).processID)
    self.input = input
    self.output = output
    self.connection = connection
  }

  /// Returns when it is over; the threads may still wait, and end with the process.
  func run() throws(SystemError) -> Ending {
    try Thread.spawn(name: "to daemon") { [self] in carryToDaemon() }
    try Thread.spawn(name: "to client") { [self] in carryToClient() }
    while true {
      // A client that dies may leave its ends of the pipes to a child; its process id tells.
      let events = try Poll.wait(
        on: [(wake.number, .readable), (output.number, [])], timeout: .seconds(1))
      let (ending, client) = state.withLock { ($0.ending, $0.client) }
      if let ending { return ending }
      if !events[1].isEmpty { return .clientGone }
      if let client, !client.isAlive { return .clientGone }
    }
  }

  private func carryToDaemon() {
    var room = [UInt8](repeating: 0, count: 65_536)
    var introduction: Introduction? = Introduction()
    while true {
      // A stream that fails brings nothing more, which is what its end means.
      let count = (try? input.read(into: &room)) ?? 0
      if count == 0 { break }
      if let answer = introduction?.read(room[..<count]) {
        introduction = nil
        // An id that is not alive here belongs to another machine or container, and says nothing.
        let client = answer.processID.flatMap { ProcessWatch(processID: $0) }
        state.withLock { $0.client = client }
      }
      do throws(SystemError) {
        try connection.writeAll(room.span.extracting(0..<count))
      } catch {
        // The other direction says how the daemon has ended, after its last answers.
        return
      }
    }
    state.withLock { $0.isInputOver = true }
    connection.shutDown(.writing)
  }

  private func carryToClient() {
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count: Int
      do throws(SystemError) {
        count = try connection.read(into: &room)
      } catch {
        return end(.daemonBroken(error))
      }
      if count == 0 { return end(daemonHasDied ? .daemonGone : .closed) }
      do throws(SystemError) {
        try output.writeAll(room.span.extracting(0..<count))
      } catch {
        return end(.clientBroken)
      }
    }
  }

  private func end(_ ending: Ending) {
    state.withLock { $0.ending = ending }
    wake.wake()
  }

  /// Whether the connection is closed because the daemon has ended, and not because the client said `exit`.
  private var daemonHasDied: Bool {
    guard let daemon, !state.withLock({ $0.isInputOver }) else { return false }
    // A process that is killed closes its connections a moment before it is gone.
    for _ in 0..<10 where daemon.isAlive {
      _ = try? Poll.wait(on: [], timeout: .milliseconds(10))
    }
    return !daemon.isAlive
  }
}

/// Reads along until the client has told who it is.
private struct Introduction {
  struct Answer {
    let processID: Int32?
  }

  private var rpc = RPCConnection(limits: RPCLimits())
  private var length = 0

  /// Far more than an `initialize` has.
  private static let lengthMax = 1 << 20

  /// Returns nil while the first message is not complete.
  mutating func read(_ bytes: ArraySlice<UInt8>) -> Answer? {
    length += bytes.count
    rpc.receive(bytes)
    switch rpc.next() {
    case .request(_, InitializeMethod.name, let params)?:
      let params = try? InitializeMethod.Params(params: WireObject(params: params?.value))
      return Answer(processID: params?.processID.flatMap { Int32(exactly: $0) })
    case nil where length < Introduction.lengthMax: return nil
    default: return Answer(processID: nil)
    }
  }
}
