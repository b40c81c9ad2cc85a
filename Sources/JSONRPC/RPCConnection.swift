package import JSON
import Source

/// One end of a conversation in JSON-RPC 2.0: bytes in, calls out; answers in, bytes out.
///
/// It owns no descriptor and starts nothing. What is no call (wrong JSON, an invalid request, a limit passed) is answered
/// here, in its place among the replies; what must not be answered (responses to nothing) goes to the log.
///
/// What the specification leaves open: a member name that comes twice in a message makes it invalid; an id in use by a
/// request in flight is refused with -32600; the replies of a batch are in the order of its requests, and are written
/// when the last is in.
package struct RPCConnection: Sendable {
  package enum State: Hashable, Sendable {
    case open
    /// No call comes any more. Requests handed out can still be answered.
    case closed(CloseReason)
  }

  package enum CloseReason: Hashable, Sendable {
    /// The peer closed its end between messages.
    case ended
    /// The peer closed its end inside a message.
    case cutOff(FrameDecoder.Failure)
    /// The stream cannot be followed any further; a reply that says so is in the output.
    case unreadable(FrameDecoder.Failure)
  }

  /// A request whose answer is awaited.
  private struct Pending: Sendable {
    let serial: UInt64
    /// The batch it came in, and its place among the replies.
    let batch: (number: UInt64, place: Int)?
  }

  /// The replies of a batch, in order.
  private struct Batch: Sendable {
    /// Each is empty until its answer is in.
    var replies: [[UInt8]] = []
    var missingCount = 0
    /// Bytes of what has come in.
    var length = 0
  }

  /// Above this, room that is not in use is given back.
  private static let idleCapacityMax = 1 << 20
  /// Of a longer message the values are made at once: its text would be held beside them.
  private static let outlineLengthMax = 64 << 10

  /// Turns to closed in ``next()``.
  package private(set) var state = State.open

  private let limits: RPCLimits
  private let jsonLimits: JSONLimits
  private var decoder: FrameDecoder
  private var outline = JSONOutline()
  private var isEnded = false
  /// What a batch brought and ``next()`` has not handed out, last first.
  private var waiting: [Incoming] = []
  private var pending: [RequestID: Pending] = [:]
  private var batches: [UInt64: Batch] = [:]
  private var serial: UInt64 = 0
  private var output: [UInt8] = []
  private var body: [UInt8] = []
  private var log: [String] = []
  private var logOmittedCount = 0

  /// - Parameter framing: nil to find it from the first bytes received.
  package init(framing: Framing? = nil, limits: RPCLimits = RPCLimits()) {
    self.limits = limits
    jsonLimits = limits.json
    decoder = FrameDecoder(framing: framing, limits: limits)
  }

  /// The framing in both directions; nil until enough has been received to tell.
  package var framing: Framing? { decoder.framing }

  /// The number of requests that have been handed out, or wait to be, and are not answered.
  package var pendingCount: Int { pending.count }

  // MARK: Bytes in, calls out

  /// Takes what was read. Call ``next()`` until it has no more before reading on.
  package mutating func receive(_ bytes: ArraySlice<UInt8>) {
    decoder.push(bytes)
  }

  package mutating func receive(_ bytes: [UInt8]) {
    decoder.push(bytes)
  }

  /// Says that the peer closed its end.
  package mutating func finish() {
    isEnded = true
    decoder.finish()
  }

  /// Whether a message has begun and not ended; true also while ``next()`` has more.
  package var isWithinMessage: Bool { decoder.isWithinMessage }

  /// Bytes of the message, or the batch, that the last call of ``next()`` came from.
  package private(set) var messageLength = 0

  /// How many messages have ended so far: whether a message that has not ended is the one of before.
  package var endedCount: UInt64 { decoder.endedCount }

  /// Says that a message has not ended in time. ``next()`` then tells the peer and closes.
  package mutating func giveUp(afterSeconds secondsMax: Int) {
    decoder.giveUp(.tooSlow(secondsMax: secondsMax))
  }

  /// The next call in order of arrival, or nil until more is received.
  package mutating func next() -> Incoming? {
    while true {
      if let incoming = waiting.popLast() { return incoming }
      guard state == .open else { return nil }
      do throws(FrameDecoder.Failure) {
        switch try decoder.advance() {
        case nil:
          if isEnded { state = .closed(.ended) }
          return nil
        case .body(let range):
          if let incoming = read(range) { return incoming }
        case .refused(let refusal):
          refuse(refusal)
        }
      } catch {
        close(error)
      }
    }
  }

  /// The request with this id that is not answered yet: what `$/cancelRequest` means.
  package func key(ofPending id: RequestID) -> RequestKey? {
    pending[id].map { RequestKey(id: id, serial: $0.serial) }
  }

  // MARK: Answers in, bytes out

  /// Answers a request, at any time and in any order.
  ///
  /// - Returns: false, and nothing is written, if the request has been answered.
  @discardableResult
  package mutating func reply(
    to key: RequestKey, with result: Result<JSONValue, RPCError>
  ) -> Bool {
    reply(to: key, withText: result.map(JSONText.init))
  }

  /// As ``reply(to:with:)``, with a result that may be text already.
  @discardableResult
  package mutating func reply(
    to key: RequestKey, withText result: Result<JSONText, RPCError>
  ) -> Bool {
    guard let request = pending[key.id], request.serial == key.serial else { return false }
    pending[key.id] = nil
    guard let (number, place) = request.batch else {
      write(key.id, result)
      return true
    }
    guard var batch = batches.removeValue(forKey: number) else { return false }
    RPCMessage.append(resultOf: key.id, result, to: &batch.replies[place])
    if batch.length + batch.replies[place].count > limits.batchReplyLengthMax {
      batch.replies[place] = []
      let error = RPCError.limitExceeded(
        "batchReplyLengthMax", value: limits.batchReplyLengthMax,
        "the replies of one batch have more than \(limits.batchReplyLengthMax) bytes"
          + " (batchReplyLengthMax); send the request by itself")
      RPCMessage.append(resultOf: key.id, .failure(error), to: &batch.replies[place])
    }
    batch.length += batch.replies[place].count
    batch.missingCount -= 1
    if batch.missingCount == 0 {
      write(batch)
    } else {
      batches[number] = batch
    }
    return true
  }

  /// Tells the peer something that has no answer.
  package mutating func notify(_ method: String, params: JSONValue? = nil) {
    RPCMessage.append(call: method, id: nil, params: params, to: &body)
    flush()
  }

  /// Bytes that wait to be taken.
  package var outputLength: Int { output.count }

  /// Everything to be written since the last call, whole frames in order.
  package mutating func takeOutput() -> [UInt8] {
    let taken = output
    output = []
    return taken
  }

  /// What happened that the peer is not told, one line each, since the last call.
  package mutating func takeLog() -> [String] {
    var taken = log
    if logOmittedCount > 0 { taken.append("\(logOmittedCount) more lines were left out") }
    log = []
    logOmittedCount = 0
    return taken
  }

  // MARK: Reading

  private mutating func read(_ range: Range<Int>) -> Incoming? {
    messageLength = range.count
    if range.count <= Self.outlineLengthMax {
      // No copy: keeps the text apart from the fields that change meanwhile.
      let held = decoder.buffer
      if outline.read(held.span.extracting(range), limits: jsonLimits),
        let envelope = Envelope(outline, held[range])
      {
        return take(envelope)
      }
    }
    let document: JSONDocument
    do throws(JSONFailure) {
      document = try JSONDocument.parse(
        decoder.buffer.span.extracting(range), limits: jsonLimits)
    } catch {
      write(.null, .failure(Self.error(for: error)))
      return nil
    }
    if !document.duplicateNames.isEmpty {
      refuse(document, in: range)
      return nil
    }
    if case .array(let elements) = document.root {
      readBatch(elements)
      return nil
    }
    return take(Envelope(document.root))
  }

  private mutating func take(_ envelope: Envelope) -> Incoming? {
    switch envelope {
    case .request(let id, let method, let params):
      switch register(id, in: nil) {
      case .success(let key):
        return .request(key, method: method, params: params)
      case .failure(let error):
        write(id, .failure(error))
      }
    case .notification(let method, let params):
      return .notification(method: method, params: params)
    case .response(let id):
      note(droppedResponse: id)
    case .invalid(let id, let detail):
      write(id, .failure(.invalidRequest(detail)))
    }
    return nil
  }

  private mutating func readBatch(_ elements: [JSONValue]) {
    guard !elements.isEmpty else {
      return write(.null, .failure(.invalidRequest("a batch holds at least one message")))
    }
    guard elements.count <= limits.batchCountMax else {
      let error = RPCError.limitExceeded(
        "batchCountMax", value: limits.batchCountMax,
        "a batch of \(elements.count) messages, where \(limits.batchCountMax) are allowed"
          + " (batchCountMax)", code: RPCError.Code.invalidRequest)
      return write(.null, .failure(error))
    }

    serial += 1
    let number = serial
    var batch = Batch()
    var calls: [Incoming] = []
    for element in elements {
      var failure: (RequestID, RPCError)?
      switch Envelope(element) {
      case .request(let id, let method, let params):
        switch register(id, in: (number, batch.replies.count)) {
        case .success(let key):
          calls.append(.request(key, method: method, params: params))
          batch.replies.append([])
          batch.missingCount += 1
        case .failure(let error):
          failure = (id, error)
        }
      case .notification(let method, let params):
        calls.append(.notification(method: method, params: params))
      case .response(let id):
        note(droppedResponse: id)
      case .invalid(let id, let detail):
        failure = (id, .invalidRequest(detail))
      }
      if let (id, error) = failure {
        batch.replies.append([])
        RPCMessage.append(
          resultOf: id, .failure(error), to: &batch.replies[batch.replies.count - 1])
      }
    }
    if batch.missingCount > 0 {
      batches[number] = batch
    } else if !batch.replies.isEmpty {
      write(batch)
    }
    waiting = calls.reversed()
  }

  private mutating func register(
    _ id: RequestID, in batch: (number: UInt64, place: Int)?
  ) -> Result<RequestKey, RPCError> {
    guard pending[id] == nil else {
      return .failure(.invalidRequest("a request with this id is not answered yet"))
    }
    guard pending.count < limits.requestCountMax else {
      return .failure(
        .limitExceeded(
          "requestCountMax", value: limits.requestCountMax,
          "\(pending.count) requests are not answered yet, and no more are allowed"
            + " (requestCountMax)"))
    }
    serial += 1
    pending[id] = Pending(serial: serial, batch: batch)
    return .success(RequestKey(id: id, serial: serial))
  }

  // MARK: Refusing

  /// Answers a message in which a member name comes twice: readers could take it for two different ones.
  private mutating func refuse(_ document: JSONDocument, in range: Range<Int>) {
    var id = RequestID.null
    switch document.root {
    case .array: break
    default:
      switch Envelope(document.root) {
      case .response(let responseID): return note(droppedResponse: responseID)
      case .request(let requestID, _, _), .invalid(let requestID, _): id = requestID
      case .notification: break
      }
    }
    guard let first = document.duplicateNames.first else { return }
    for name in document.duplicateNames {
      let bytes = decoder.buffer[range].dropFirst(name.start).prefix(name.count)
      // Which of two ids is meant cannot be known.
      if (try? JSONDocument.parse(Array(bytes)))?.root == "id" { id = .null }
    }
    let name = decoder.buffer[range].dropFirst(first.start).prefix(first.count)
    let detail = "the member \(Excerpt.text(name)) is repeated at byte \(first.start)"
    write(id, .failure(.invalidRequest(detail)))
  }

  private mutating func refuse(_ refusal: FrameDecoder.Refusal) {
    let error: RPCError
    switch refusal {
    case .charset(let charset):
      error = .parseError("the character set '\(charset)' is not supported, only utf-8 is")
    case .lineTooLong(let lengthMax):
      error = .limitExceeded(
        "bodyLengthMax", value: lengthMax,
        "a line of more than \(lengthMax) bytes (bodyLengthMax)")
    }
    write(.null, .failure(error))
  }

  private mutating func close(_ failure: FrameDecoder.Failure) {
    guard !failure.isEnd else {
      state = .closed(.cutOff(failure))
      return note(failure.message)
    }
    state = .closed(.unreadable(failure))
    let excerpt = Excerpt.text(decoder.excerpt)
    var detail = "\(failure.message), but found \"\(excerpt)\""
    if let hint = failure.hint(decoder.excerpt) { detail += "; \(hint)" }
    var error = RPCError.parseError(detail)
    if let limit = failure.limit {
      error = .limitExceeded(limit.name, value: limit.value, failure.message)
    }
    // Without the excerpt, which may be part of a value.
    note("closed: \(failure.message)")
    write(.null, .failure(error))
  }

  private static func error(for failure: JSONFailure) -> RPCError {
    guard let limit = failure.limit else { return .parseError(failure.message) }
    return .limitExceeded(
      limit.name, value: limit.value, failure.message, code: RPCError.Code.parseError)
  }

  // MARK: Writing

  private mutating func write(_ id: RequestID, _ result: Result<JSONText, RPCError>) {
    RPCMessage.append(resultOf: id, result, to: &body)
    flush()
  }

  private mutating func write(_ batch: Batch) {
    body.append(0x5B)
    for place in batch.replies.indices {
      if place > 0 { body.append(0x2C) }
      body.append(contentsOf: batch.replies[place])
    }
    body.append(0x5D)
    flush()
  }

  /// Frames what `body` holds. Before the peer has said a word, it is taken for an editor.
  private mutating func flush() {
    (framing ?? .header).append(body, to: &output)
    body.removeAll(keepingCapacity: body.capacity <= Self.idleCapacityMax)
  }

  private mutating func note(droppedResponse id: RequestID?) {
    let text = id.map { Excerpt.text($0.json.serialized(.ascii)) } ?? "none"
    note("dropped a response to no request of ours, id \(text)")
  }

  private mutating func note(_ line: String) {
    if log.count < limits.logCountMax {
      log.append(line)
    } else {
      logOmittedCount += 1
    }
  }
}
