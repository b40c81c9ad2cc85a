/// The server's end of one connection: bytes in, requests out; answers in, bytes out.
///
/// It owns no descriptor and no clock, and starts nothing. Whoever drives it tells the time by ``advance(to:)``, pushes
/// what was read while ``wantsInput``, takes requests with ``next()`` until there is none, answers each, writes what
/// ``takeOutput()`` gives, and closes when ``isDone``: its own direction first, and the other when the client has, or after
/// a moment, so that the last answer is not lost to a reset (RFC 9112 section 9.6).
///
/// Requests that cannot be read are answered here, in their place behind the others, and nothing is read after them.
package struct HTTPConnection: Sendable {
  /// A request whose head has been read, in the order of arrival.
  private struct Slot: Sendable {
    let number: Int
    let isHEAD: Bool
    var closes: Bool
    /// The client waits to be told to send the body.
    var expectsContinue = false
    var bodyLength = 0
    /// Empty until the answer is in.
    var answer: [UInt8] = []
  }

  /// What the connection waits for, and since when.
  private enum Waiting: Hashable {
    case head(Int)
    case body(Int)
    case idle(Int)
    /// For answers, or for its output to be taken.
    case nothing
  }

  private let limits: HTTPLimits
  private var reader: RequestReader
  private var slots: [Slot] = []
  private var output: [UInt8] = []
  private var isReading = true
  private var isEnded = false
  private var now: Moment
  private var waiting = Waiting.idle(0)
  private var waitingSince: Duration

  package init(limits: HTTPLimits = HTTPLimits(), now: Moment) {
    self.limits = limits
    reader = RequestReader(limits: limits)
    self.now = now
    waitingSince = now.uptime
  }

  // MARK: Bytes in, requests out

  /// Whether more is to be read from the client now. False while too much waits, and for ever after the last request.
  package var wantsInput: Bool {
    isReading && !isEnded && reader.waitingLength < limits.waitingInputLengthMax
  }

  /// Takes what was read. Call ``next()`` until it has no more before reading on.
  package mutating func push(_ bytes: ArraySlice<UInt8>) {
    guard isReading, !isEnded, !bytes.isEmpty else { return }
    guard wantsInput else {
      refuse(.waitingTooLong)
      return
    }
    reader.push(bytes)
    note()
  }

  package mutating func push(_ bytes: [UInt8]) { push(bytes[...]) }

  /// Says that the client closed its end. It may still wait for answers.
  package mutating func finish() {
    isEnded = true
    note()
  }

  /// The next request in order of arrival, or nil until more is pushed, answered or taken.
  package mutating func next() -> Request? {
    defer { note() }
    while isReading, !isHeld {
      do throws(RequestFailure) {
        switch try reader.next() {
        case nil:
          guard isEnded else { return nil }
          if reader.isWithinRequest {
            refuse(.endedInRequest)
          } else {
            stopReading()
          }
        case .head(let head, let expectsContinue):
          slots.append(
            Slot(
              number: reader.endedCount, isHEAD: head.isHEAD, closes: head.closes,
              expectsContinue: expectsContinue))
          flush()
        case .request(let request):
          if let last = slots.indices.last {
            slots[last].expectsContinue = false
            slots[last].bodyLength = request.body.count
            if slots[last].closes { stopReading() }
          }
          return request
        }
      } catch {
        refuse(error)
      }
    }
    return nil
  }

  /// Whether the next request has to wait for what is not answered, or not taken.
  private var isHeld: Bool {
    if reader.isWithinBody { return false }
    return slots.count >= limits.pipelinedCountMax || output.count >= limits.waitingOutputLengthMax
      || !slots.isEmpty && slots.reduce(0) { $0 + $1.bodyLength } >= limits.bodyLengthMax
  }

  /// Answers by itself what cannot be read, and reads no further.
  private mutating func refuse(_ failure: RequestFailure) {
    // A body that cannot be read has its place already.
    if !reader.isWithinBody {
      slots.append(
        Slot(
          number: reader.endedCount, isHEAD: reader.head?.isHEAD ?? false, closes: true))
    }
    stopReading()
    guard let last = slots.indices.last else { return }
    slots[last].closes = true
    write(Problem(failure, limits).response, at: last)
  }

  private mutating func stopReading() {
    isReading = false
    reader.clear()
  }

  // MARK: Answers in, bytes out

  /// Answers a request, at any time and in any order; answers are written in the order of the requests.
  ///
  /// - Parameters:
  ///   - number: ``Request/number``.
  ///   - closing: ends the connection with this answer; later requests stay unanswered.
  /// - Returns: false, and nothing is written, if the request has been answered, or never will be.
  @discardableResult
  package mutating func respond(
    to number: Int, with response: Response, closing: Bool = false
  ) -> Bool {
    guard number < reader.endedCount || !isReading,
      let place = slots.firstIndex(where: { $0.number == number }), slots[place].answer.isEmpty
    else { return false }
    if closing { slots[place].closes = true }
    write(response, at: place)
    note()
    return true
  }

  /// Reads no further request and closes when what was read is answered.
  package mutating func drain() {
    guard isReading else { return }
    if reader.isWithinBody { slots.removeLast() }
    stopReading()
    if let last = slots.indices.last { slots[last].closes = true }
    note()
  }

  /// Requests handed out and not answered, and those answered that wait for them.
  package var pendingCount: Int { slots.count }

  /// Takes what is to be written.
  package mutating func takeOutput() -> [UInt8] {
    let taken = output
    output = []
    note()
    return taken
  }

  /// Whether all is said: nothing will be read, and nothing is left to be written.
  package var isDone: Bool { !isReading && slots.isEmpty && output.isEmpty }

  private mutating func write(_ response: Response, at place: Int) {
    response.append(
      to: &slots[place].answer, unixSeconds: now.unixSeconds, toHEAD: slots[place].isHEAD,
      closing: slots[place].closes)
    flush()
  }

  /// Writes what is no longer behind anything.
  private mutating func flush() {
    var count = 0
    for slot in slots {
      if slot.answer.isEmpty {
        if slot.expectsContinue {
          output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
          slots[count].expectsContinue = false
        }
        break
      }
      output.append(contentsOf: slot.answer)
      count += 1
      if slot.closes {
        stopReading()
        slots = []
        return
      }
    }
    slots.removeFirst(count)
  }

  // MARK: Time

  /// Whether nothing of a request has come since all before it were answered.
  package var isIdle: Bool {
    if case .idle = waiting { true } else { false }
  }

  /// When ``advance(to:)`` wants to be called, as an uptime; nil while the client owes nothing.
  package var deadline: Duration? {
    switch waiting {
    case .head: waitingSince + limits.headTimeMax
    case .body: waitingSince + limits.bodyTimeMax
    case .idle: waitingSince + limits.idleTimeMax
    case .nothing: nil
    }
  }

  /// Says what time it is. A client that is too slow with a request is told so; one that asks for nothing is not.
  package mutating func advance(to moment: Moment) {
    now = moment
    guard let deadline, deadline <= moment.uptime else { return }
    switch waiting {
    case .head: refuse(.headTooSlow)
    case .body: refuse(.bodyTooSlow)
    case .idle: stopReading()
    case .nothing: break
    }
    note()
  }

  /// Sees what is waited for now; what is new is waited for from now on.
  private mutating func note() {
    let present: Waiting =
      if !isReading || isEnded {
        .nothing
      } else if reader.isWithinBody {
        .body(reader.endedCount)
      } else if isHeld {
        .nothing
      } else if reader.isWithinRequest {
        .head(reader.endedCount)
      } else if slots.isEmpty, output.isEmpty {
        .idle(reader.endedCount)
      } else {
        .nothing
      }
    guard present != waiting else { return }
    waiting = present
    waitingSince = now.uptime
  }
}
