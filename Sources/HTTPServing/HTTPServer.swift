package import HTTP
package import Platform
import Synchronization

/// Serves HTTP at a TCP port, with a thread for each connection.
///
/// A thread reads, has each request answered in the order of arrival and writes. At the bound of connections nobody is turned
/// away: the connection that has rested longest makes room, and where all are at work, clients wait in the system's queue.
/// Source: docs/reference/http.md, "Serving".
package final class HTTPServer: Sendable {
  /// Answers a request. `goesOn` is false when nobody waits any more; work that takes long asks it now and then.
  package typealias Answer =
    @Sendable (_ request: Request, _ goesOn: () -> Bool) -> Response

  private struct State {
    var open: [Int: Client] = [:]
    var nextNumber = 0
    /// Connections between requests, nothing of which is pending, with the place of each in the order of going to rest.
    var resting: [Int: Int] = [:]
    var restCount = 0
    /// The connection that was asked to make room and has not done so yet.
    var leaving: Int?
    /// Whether the accepting thread waits for a connection to come to rest.
    var wantsRest = false
    /// Whether nothing was asked since memory was given back.
    var isSilent = true

    /// One that rests already, as from its beginning, keeps its place.
    mutating func addResting(_ number: Int) {
      guard resting[number] == nil else { return }
      restCount &+= 1
      resting[number] = restCount
    }

    /// Whether the accepting thread is to be woken when something has come to an end.
    mutating func endWork() -> Bool {
      defer { (wantsRest, isSilent) = (false, false) }
      return wantsRest || isSilent
    }
  }

  /// Whether another client can be taken.
  private enum Place {
    case free
    /// A connection that rests can be closed.
    case canBeMade
    case none
  }

  private final class Client: Sendable {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }

  private let limits: HTTPLimits
  private let serving: ServingLimits
  private let policy: HostPolicy
  private let log: @Sendable (String) -> Void
  private let answer: Answer
  private let state = Mutex(State())
  /// Becomes readable for all connections at once when the server is to end: nobody takes from it.
  private let ending: WakePipe
  /// Wakes the accepting thread when a connection has ended, or the server is to.
  private let accepting: WakePipe
  private let isEnding = Atomic(false)
  private let isOver = Atomic(false)

  /// - Parameter log: is told what whoever runs the server should know.
  package init(
    limits: HTTPLimits = HTTPLimits(), serving: ServingLimits = ServingLimits(),
    policy: HostPolicy = HostPolicy(), log: @escaping @Sendable (String) -> Void = { _ in },
    answer: @escaping Answer
  ) throws(SystemError) {
    self.limits = limits
    self.serving = serving
    self.policy = policy
    self.log = log
    self.answer = answer
    ending = try WakePipe()
    accepting = try WakePipe()
  }

  /// How many connections are open.
  package var connectionCount: Int { state.withLock { $0.open.count } }

  /// How many of them are between requests.
  package var restingCount: Int { state.withLock { $0.resting.count } }

  /// Has ``serve(_:until:)`` return, once what was asked is answered. May be called from any thread, and again.
  package func end() {
    guard !isEnding.exchange(true, ordering: .acquiringAndReleasing) else { return }
    ending.wake()
    accepting.wake()
  }

  /// Serves until ``end()``, or until `signal` can be read.
  ///
  /// Then nobody can connect any more, requests that have come are answered, and connections end. What takes longer than
  /// `drainTimeMax` is told that nobody waits.
  /// - Parameter signal: a descriptor such as that of `SignalWatch`; -1 for none.
  /// - Throws: ``SocketFailure`` where no client can be taken ever again; those that are there are served to the end.
  package func serve(
    _ listener: borrowing TCPListener, until signal: Int32 = -1
  ) throws(SocketFailure) {
    SignalWatch.ignoreWriteSignals()
    var failure: SocketFailure?
    do throws(SocketFailure) { try acceptAll(listener, signal) } catch { failure = error }
    end()
    listener.closeDoor()
    wait(serving.drainTimeMax)
    isOver.store(true, ordering: .releasing)
    for client in state.withLock({ Array($0.open.values) }) { client.descriptor.shutDown(.both) }
    wait(.seconds(1))
    if let failure { throw failure }
  }

  private func acceptAll(
    _ listener: borrowing TCPListener, _ signal: Int32
  ) throws(SocketFailure) {
    while !isEnding.load(ordering: .acquiring) {
      let place = place
      let (isSilent, restCount) = state.withLock { ($0.isSilent, $0.restCount) }
      let ready = try SocketFailure.wrapping { () throws(SystemError) in
        try Poll.wait(
          on: [
            (place == .none ? -1 : listener.number, .readable), (accepting.number, .readable),
            (signal, .readable),
          ], timeout: isSilent ? nil : Self.silenceTime)
      }
      if ready.allSatisfy(\.isEmpty) { giveBack(since: restCount) }
      if !ready[2].isEmpty { return }
      if !ready[1].isEmpty {
        try SocketFailure.wrapping { () throws(SystemError) in try accepting.clear() }
      }
      guard !ready[0].isEmpty else { continue }
      guard place == .free else {
        makePlace()
        continue
      }
      do throws(SocketFailure) {
        if let descriptor = try listener.acceptWaiting() { begin(descriptor) }
      } catch {
        guard case .exhausted = error else { throw error }
        log(error.message)
        pause()
      }
    }
  }

  /// How long nobody may ask for anything before memory is given back.
  private static let silenceTime = Duration.seconds(2)

  /// Gives memory back where nothing is being answered.
  ///
  /// - Parameter restCount: that of a moment since when nothing may have been.
  private func giveBack(since restCount: Int) {
    let isQuiet = state.withLock { state in
      guard state.open.count == state.resting.count, state.restCount == restCount else {
        return false
      }
      state.isSilent = true
      return true
    }
    if isQuiet { FreedMemory.giveBack() }
  }

  private var place: Place {
    state.withLock { state in
      guard state.open.count >= serving.connectionCountMax else { return .free }
      if state.leaving == nil, !state.resting.isEmpty { return .canBeMade }
      state.wantsRest = true
      return .none
    }
  }

  /// Has the connection that has rested longest close, of those on which nothing waits to be read.
  ///
  /// What comes just then is still answered: only the client's direction is shut, and its thread finds the end behind it.
  private func makePlace() {
    state.withLock { state in
      for (number, _) in state.resting.sorted(by: { $0.value < $1.value }) {
        guard let client = state.open[number],
          let ready = try? Poll.wait(
            for: .readable, on: client.descriptor.number, timeout: .zero), ready.isEmpty
        else { continue }
        state.resting[number] = nil
        state.leaving = number
        client.descriptor.shutDown(.reading)
        return
      }
    }
  }

  private func rest(_ number: Int) {
    let isAwaited = state.withLock { state in
      guard state.resting[number] == nil else { return false }
      state.addResting(number)
      return state.endWork()
    }
    if isAwaited { accepting.wake() }
  }

  /// - Parameter goesOn: whether something has come; else the connection ends.
  private func endRest(_ number: Int, goesOn: Bool) {
    let isAwaited = state.withLock { state in
      state.resting[number] = nil
      guard goesOn, state.leaving == number else { return false }
      state.leaving = nil
      return true
    }
    // It may take long to answer: another makes room.
    if isAwaited { accepting.wake() }
  }

  private func begin(_ descriptor: consuming Descriptor) {
    let client = Client(descriptor)
    let number = state.withLock { state in
      state.nextNumber += 1
      state.open[state.nextNumber] = client
      state.addResting(state.nextNumber)
      return state.nextNumber
    }
    do throws(SystemError) {
      try Thread.spawn(name: "http") { [self] in
        converse(client, number)
        close(number)
      }
    } catch {
      log("cannot give a client a thread now: \(error.message)")
      close(number)
    }
  }

  private func close(_ number: Int) {
    state.withLock { state in
      state.open[number] = nil
      state.resting[number] = nil
      if state.leaving == number { state.leaving = nil }
      state.restCount &+= 1
      _ = state.endWork()
    }
    accepting.wake()
  }

  /// Waits until all connections have ended.
  private func wait(_ patience: Duration) {
    let end = SystemClock.monotonic() + patience
    while connectionCount > 0 {
      let rest = end - SystemClock.monotonic()
      guard rest > .zero else { return }
      // Who closes wakes; some wake-ups are those of before.
      if let ready = try? Poll.wait(for: .readable, on: accepting.number, timeout: rest),
        !ready.isEmpty
      {
        try? accepting.clear()
      } else {
        return
      }
    }
  }

  private func pause() { _ = try? Poll.wait(on: [], timeout: .milliseconds(50)) }

  // MARK: One connection

  private static var moment: Moment {
    Moment(
      uptime: SystemClock.monotonic(),
      unixSeconds: Int(SystemClock.microsecondsSinceEpoch() / 1_000_000))
  }

  private static let roomLength = 32 << 10
  /// Bytes of an answer that a client takes each second at least.
  private static let takenLengthMin = 64 << 10

  private func converse(_ client: Client, _ number: Int) {
    var connection = HTTPConnection(limits: limits, now: Self.moment)
    var room = [UInt8](repeating: 0, count: Self.roomLength)
    do throws(SystemError) {
      while true {
        try answerAll(&connection, client)
        if connection.isDone { break }
        let rests = connection.isIdle
        if rests { rest(number) }
        let ready = try waitForInput(connection, client)
        connection.advance(to: Self.moment)
        if ready[0].isEmpty {
          if rests { endRest(number, goesOn: false) }
          // What has come before the end was read and answered; a half request never will be.
          if !ready[1].isEmpty { connection.drain() }
          continue
        }
        let count = try client.descriptor.read(into: &room)
        if rests { endRest(number, goesOn: count > 0) }
        if count == 0 { connection.finish() } else { connection.push(room[..<count]) }
      }
      closeInStages(client, &room)
    } catch {
      // A client that goes without a word harms nobody but itself.
      if !error.isBrokenPipe { log("a connection is closed: \(error.message)") }
    }
  }

  private func waitForInput(
    _ connection: HTTPConnection, _ client: Client
  ) throws(SystemError) -> [Poll.Events] {
    let timeout = connection.deadline.map { max($0 - SystemClock.monotonic(), .zero) }
    return try Poll.wait(
      on: [
        (connection.wantsInput ? client.descriptor.number : -1, .readable),
        (ending.number, .readable),
      ], timeout: timeout)
  }

  /// Answers what has come, and writes.
  private func answerAll(
    _ connection: inout HTTPConnection, _ client: Client
  ) throws(SystemError) {
    while true {
      // Who keeps something lets go of it before it asks for more of the same.
      var kept: [any AnyObject & Sendable] = []
      while kept.isEmpty, let request = connection.next() {
        let response =
          policy.refusal(of: request)
          ?? answer(request) { [self] in !isOver.load(ordering: .acquiring) }
        connection.advance(to: Self.moment)
        connection.respond(
          to: request.number, with: response, closing: isEnding.load(ordering: .acquiring))
        kept = response.keeps
      }
      let output = connection.takeOutput()
      if output.isEmpty { return }
      defer { withExtendedLifetime(kept) {} }
      try write(output, client)
    }
  }

  /// The client may be slow, as long as it takes something now and then.
  private func write(_ output: [UInt8], _ client: Client) throws(SystemError) {
    let span = output.span
    var start = 0
    // What an answer holds is held for others too: who takes a byte now and then would hold it for days.
    let deadline =
      SystemClock.monotonic() + serving.writeTimeMax
      + .seconds(span.count / Self.takenLengthMin)
    while start < span.count {
      let end = min(start + Self.roomLength, span.count)
      let rest = max(.zero, deadline - SystemClock.monotonic())
      try client.descriptor.writeAll(
        span.extracting(start..<end), timeout: min(rest, serving.writeTimeMax))
      start = end
    }
  }

  /// Closes our direction, and the other when the client has: an answer on its way would be lost to a reset otherwise.
  private func closeInStages(_ client: Client, _ room: inout [UInt8]) {
    client.descriptor.shutDown(.writing)
    let end = SystemClock.monotonic() + serving.closeTimeMax
    while true {
      let rest = end - SystemClock.monotonic()
      guard rest > .zero,
        let ready = try? Poll.wait(
          for: .readable, on: client.descriptor.number, timeout: rest), !ready.isEmpty,
        let count = try? client.descriptor.read(into: &room), count > 0
      else { return }
    }
  }
}
