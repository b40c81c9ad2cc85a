import Platform
import Synchronization

/// One thread for all connections that are silent or ask for little: waking a thread costs more than a short answer.
///
/// A connection that needs more leaves the loop, and comes back by ``add(_:)``. Its bounds only decide who does the work:
/// nothing is refused, left out or cut at them, so they have no name in `status` and no flag.
final class EventLoop: Sendable {
  /// Bytes that are read of one client before the next has its turn. Who sends more at a time keeps a thread busy.
  static let turnLengthMax = 4_096
  /// Whose turn takes longer has a thread of its own from then on, until it has been silent: others wait for it once.
  private static let turnTimeMax = Duration.microseconds(200)
  /// Where more are waited for, waiting costs more than a thread.
  private static let connectionCountMax = 64

  /// After so long a silence of all nothing is expected soon.
  private static let silence = Duration.seconds(2)

  private let arrivals = Mutex<[SocketConnection]>([])
  private let arrival: WakePipe

  init() throws(SystemError) {
    arrival = try WakePipe()
  }

  /// Takes a connection, from any thread.
  func add(_ connection: SocketConnection) {
    arrivals.withLock { $0.append(connection) }
    arrival.wake()
  }

  /// Says that something is done elsewhere: from now on the silence counts.
  func note() { arrival.wake() }

  /// Serves those who are added, for ever.
  ///
  /// - Parameters:
  ///   - busy: takes a connection that is to have a thread of its own; if it throws, it is asked again.
  ///   - over: takes a connection that has ended.
  ///   - silent: called once when there was something to do, and now there has been nothing for a while.
  func run(
    busy: (SocketConnection) throws(SystemError) -> Void, over: (SocketConnection) -> Void,
    silent: () -> Void
  ) {
    var set = PollSet()
    set.add(arrival.number)
    /// By their places in the set, behind the first.
    var connections: [SocketConnection] = []
    /// For which there was no thread.
    var waiting: [SocketConnection] = []
    var room = [UInt8](repeating: 0, count: Self.turnLengthMax)
    var isSilent = true
    while true {
      do throws(SystemError) {
        let isReady = try set.wait(
          timeout: waiting.isEmpty ? isSilent ? nil : Self.silence : .milliseconds(50))
        if !isReady, waiting.isEmpty { silent() }
        isSilent = !isReady
      } catch {
        // Only for want of memory, which the system may have again.
        _ = try? Poll.wait(on: [], timeout: .milliseconds(10))
        continue
      }
      waiting = handOver(waiting, to: busy)
      var time = SystemClock.monotonic()
      // From the last on: what takes a place that becomes free has had its turn.
      for index in connections.indices.reversed() where set.isReady(index + 1) {
        let connection = connections[index]
        var turn = SocketConnection.State.busy
        if connections.count <= Self.connectionCountMax {
          turn = connection.takeTurn(&room)
          let start = time
          time = SystemClock.monotonic()
          // Who is alone shares with nobody, and a thread that waits for one client is quicker.
          if turn == .quiet, connections.count == 1 || time - start > Self.turnTimeMax {
            turn = .busy
          }
        }
        guard turn != .quiet else { continue }
        connections.swapAt(index, connections.count - 1)
        connections.removeLast()
        set.remove(at: index + 1)
        if turn == .busy { waiting += handOver([connection], to: busy) } else { over(connection) }
      }
      if set.isReady(0) {
        try? arrival.clear()
        for connection in arrivals.withLock({ $0.take() }) {
          connections.append(connection)
          set.add(connection.descriptor.number)
        }
      }
    }
  }

  /// - Returns: those for which there is no thread.
  private func handOver(
    _ connections: [SocketConnection], to busy: (SocketConnection) throws(SystemError) -> Void
  ) -> [SocketConnection] {
    connections.filter { connection in
      do throws(SystemError) {
        try busy(connection)
        return false
      } catch {
        return true
      }
    }
  }
}

extension Array {
  /// Gives all elements away.
  fileprivate mutating func take() -> [Element] {
    let taken = self
    self = []
    return taken
  }
}
