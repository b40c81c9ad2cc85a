import JSON
import JSONRPC
import Source
import Synchronization
import Wire

/// One client's conversation: bytes, times and ended work in, bytes and work out. It has no descriptor, no thread and no
/// clock.
///
/// Messages are applied in the order in which they arrive, and each request is answered exactly once: short ones on the
/// spot, in order, long ones when their work has come back.
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

  /// What messages that have arrived wait for.
  private enum Pause {
    /// That the output is taken.
    case output
    /// That long requests end.
    case work
    /// A caller who has time: see ``answersOnlyBrief``.
    case time
  }

  private let service: Service
  /// Among the connections of the process, from 1.
  package let number: Int
  private var rpc: RPCConnection
  private var phase = Phase.open
  private var pause: Pause?
  /// A call that waits for a caller who has time.
  private var heldBack: Incoming?
  /// Whether calls that may take longer than a few microseconds wait, with all behind them, for ``resume()``.
  package var answersOnlyBrief = false
  private let rights: Rights
  private var handlers: any MethodHandlers
  private var longRequests = LongRequests()
  private var checks = DocumentChecks()
  /// How many works there have been.
  private var workNumber: UInt64 = 0
  private var trace: Trace
  /// Told to the service before the output is taken.
  private var tally: Tally
  /// When a message that has not ended was first seen, and how many had ended before it.
  private var begun: (endedCount: UInt64, at: Duration)?
  /// The stream cannot be followed: what was read before is still answered.
  private var isBroken = false
  /// Not nil: nothing more is read or answered.
  package private(set) var ending: Ending?
  /// The process that started this one, if it said so: nobody is left to serve when it is gone.
  package private(set) var clientProcessID: Int?
  /// Whether the client asked to be told when what all clients share is different.
  private var asksForNews = false

  package init(_ service: Service, rights: Rights = .full) {
    self.service = service
    self.rights = rights
    rpc = RPCConnection(limits: service.limits.rpc)
    trace = Trace(lengthMax: service.limits.traceLengthMax)
    tally = Tally(service.places)
    number = service.connect()
    handlers = service.methods.handlers(connection: number)
    log(.debug, "connection-opened", "a client is there")
  }

  private func log(_ level: LogEvent.Level, _ name: String, _ message: String) {
    var event = LogEvent(level, name, message)
    event.connection = number
    service.surroundings.log(event)
  }

  /// Counts and logs a request that has its answer in the output.
  ///
  /// - Returns: the present time: the end of one request is the beginning of the next.
  private mutating func note(
    _ method: String, _ key: RequestKey, _ result: Result<JSONValue, RPCError>, _ arrival: Arrival
  ) -> Duration {
    let now = service.surroundings.uptime()
    var code: Int?
    if case .failure(let error) = result { code = error.code }
    tally.add(method, now - arrival.time, isError: code != nil)
    if tally.isFull { service.take(&tally) }
    guard service.surroundings.logLevel >= .debug else { return now }
    var event = LogEvent(
      .debug, "request", code.map { "a request fails with \($0)" } ?? "a request is answered")
    event.connection = number
    event.method = method
    event.id = key.id
    event.duration = now - arrival.time
    event.length = arrival.length
    service.surroundings.log(event)
    return now
  }

  /// Whether requests that only measure the transport, and follow each other in one read, are timed together: reading
  /// the clock for each would be felt.
  private var sharesTurns: Bool {
    phase != .shutDown && !trace.isOn && service.surroundings.logLevel < .debug
      && mayCall(EchoMethod.name, nil)
  }

  /// Counts echoes that were answered one after the other.
  ///
  /// - Returns: the present time, or `turn` where there were none.
  private mutating func note(_ echoCount: inout Int, since turn: Duration) -> Duration {
    guard echoCount > 0 else { return turn }
    let now = service.surroundings.uptime()
    tally.requestCount += echoCount
    // Most often there is one, and dividing would be felt.
    let time = echoCount == 1 ? now - turn : (now - turn) / echoCount
    tally.add(EchoMethod.name, time, count: echoCount, isError: false)
    echoCount = 0
    return now
  }

  // MARK: Bytes

  /// Takes bytes as they arrive, in whatever pieces, and answers every message they complete.
  package mutating func receive(_ bytes: ArraySlice<UInt8>) {
    guard ending == nil else { return }
    rpc.receive(bytes)
    handleArrived()
  }

  package mutating func receive(_ bytes: [UInt8]) {
    receive(bytes[...])
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

  /// Gives back what is only held to answer the next message sooner, where none is expected for a while.
  package mutating func rest() { handlers.release() }

  /// Goes on with messages that have arrived, after the output was taken, or ``answersOnlyBrief`` was turned off.
  ///
  /// - Returns: false where nothing was left to do.
  package mutating func resume() -> Bool {
    guard pause == .output || pause == .time && !answersOnlyBrief else { return false }
    handleArrived()
    return true
  }

  /// Whether more bytes may be given to ``receive(_:)``: what has arrived already waits for nothing but them.
  package var wantsInput: Bool { ending == nil && !isBroken && pause == nil }

  // MARK: Work

  /// The next long request or check to be worked on, by any thread. What becomes of it is told by ``take(_:)``.
  ///
  /// - Returns: nil where there is none, or as many are out as may be (`workCountMax`).
  package mutating func takeWork() -> BackgroundWork? {
    guard ending == nil, longRequests.outCount + checks.outCount < service.limits.workCountMax
    else { return nil }
    let isCheckNext = (checks.nextPlace ?? .max) < (longRequests.nextPlace ?? .max)
    return isCheckNext ? checks.take() : longRequests.take()
  }

  /// Takes what happened to work that was handed out.
  package mutating func take(_ event: WorkEvent) {
    switch event {
    case .reached(.request(let key), let step):
      let told: (token: JSONValue?, isTold: Bool)? = longRequests.update(key) { entry in
        entry.step = step
        return (entry.progressToken, entry.isProgressTold)
      }
      if let told, let token = told.token, told.isTold {
        notifyProgress(token, .report(message: step))
      }
    case .reached(.document, _): break
    case .ended(.document(let number), let result):
      if checks.end(number), case .success(let params) = result {
        rpc.notify(PublishDiagnostics.name, params: params)
      }
    case .ended(.request(let key), let result):
      if let entry = longRequests.end(key) {
        answer(entry, result)
        service.take(&tally)
      }
      if pause == .work { handleArrived() }
    }
    settle()
  }

  /// Whether a request or a document waits for its work; after ``finish()`` what it finds is still to come.
  package var awaitsWork: Bool { longRequests.hasUnanswered || checks.hasWanted }

  /// Whether work is out that has not come back.
  package var hasWork: Bool { !longRequests.isEmpty || !checks.isEmpty }

  /// Does work here and now, for callers who have no other thread.
  package mutating func doHere(_ work: BackgroundWork) {
    let events = Events()
    work.run { events.add($0) }
    for event in events.all { take(event) }
  }

  /// Does all work here and now.
  package mutating func doAllHere() {
    while let work = takeWork() { doHere(work) }
  }

  // MARK: News

  /// Whether ``tellNews()`` is to be called when what all clients share is different.
  package var wantsNews: Bool { asksForNews && ending == nil }

  /// Tells the client what is different from what it was told last, if it wants to know.
  package mutating func tellNews() {
    guard wantsNews, phase != .shutDown else { return }
    for note in handlers.news() { rpc.notify(note.method, params: note.params) }
  }

  // MARK: Time

  /// Whether anything can happen before more bytes arrive: work that ends, a time that passes, news.
  package var isWaiting: Bool {
    ending == nil
      && (pause != nil || hasWork || rpc.isWithinMessage || isBroken || asksForNews)
  }

  /// Takes the present time, of any clock that is never set back, and does what it is time for.
  ///
  /// - Returns: the time at which there is more to do; nil where there is none.
  package mutating func advance(to now: Duration) -> Duration? {
    let next = [advanceMessage(to: now), advanceProgress(to: now)].compactMap(\.self).min()
    settle()
    return ending == nil ? next : nil
  }

  /// A message that does not end in time ends the conversation: its client may be gone, or mean harm.
  private mutating func advanceMessage(to now: Duration) -> Duration? {
    guard wantsInput, rpc.isWithinMessage else {
      begun = nil
      return nil
    }
    let first = begun.flatMap { $0.endedCount == rpc.endedCount ? $0.at : nil } ?? now
    begun = (rpc.endedCount, first)
    let end = first + .seconds(service.limits.frameSecondsMax)
    guard now >= end else { return end }
    rpc.giveUp(afterSeconds: service.limits.frameSecondsMax)
    handleArrived()
    return nil
  }

  /// Tells of long requests that somebody wants to watch, once they take their time.
  private mutating func advanceProgress(to now: Duration) -> Duration? {
    guard !longRequests.isEmpty else { return nil }
    let quiet = Duration.milliseconds(service.limits.quietMillisecondsMax)
    var next: Duration?
    var beginnings: [LongRequests.Entry] = []
    longRequests.updateAll { entry in
      guard entry.progressToken != nil, !entry.isProgressTold else { return }
      let start = entry.start ?? now
      entry.start = start
      if now - start < quiet {
        next = min(next ?? start + quiet, start + quiet)
      } else {
        entry.isProgressTold = true
        beginnings.append(entry)
      }
    }
    for entry in beginnings {
      guard let token = entry.progressToken else { continue }
      notifyProgress(token, .begin(title: entry.method, message: entry.step))
    }
    return next
  }

  private mutating func notifyProgress(_ token: JSONValue, _ value: ProgressMethod.Value) {
    rpc.notify(ProgressMethod.name, params: ProgressMethod.params(token, value))
  }

  // MARK: Messages

  private mutating func handleArrived() {
    pause = nil
    // What is brief, and `echo`, needs nothing that clients share.
    var isFresh = answersOnlyBrief
    var turn = service.surroundings.uptime()
    var echoCount = 0
    while ending == nil {
      // A client that asks for much and reads little is made to wait, not to be kept in memory.
      guard rpc.outputLength < service.limits.outputLengthMax else {
        pause = .output
        break
      }
      guard longRequests.count < service.limits.longRequestCountMax,
        longRequests.length < service.limits.longRequestLengthMax
      else {
        pause = .work
        break
      }
      guard let incoming = heldBack ?? rpc.next() else { break }
      heldBack = nil
      if answersOnlyBrief, !Self.isBrief(incoming) {
        heldBack = incoming
        pause = .time
        break
      }
      if case .request(let key, EchoMethod.name, let text) = incoming, sharesTurns {
        rpc.reply(to: key, withText: .success(text ?? JSONText(.null)))
        echoCount += 1
        continue
      }
      turn = note(&echoCount, since: turn)
      if !isFresh {
        isFresh = true
        handlers.refresh()
      }
      switch incoming {
      case .request(let key, let method, let text):
        let params = text?.value
        tally.requestCount += 1
        let arrival = Arrival(time: turn, length: rpc.messageLength)
        // The reply to `initialize` is the first that its client is told.
        let trace = trace
        if trace.isOn { tell(trace.received(method, key.id, params)) }
        if isLong(key, method, params, arrival) {
          turn = service.surroundings.uptime()
        } else {
          turn = reply(to: key, method, answer(method, params), arrival, trace)
        }
      case .notification(let method, let text):
        let params = text?.value
        tally.notificationCount += 1
        if trace.isOn, method != LifecycleMethods.exit {
          tell(trace.received(notification: method, params))
        }
        notice(method, params)
        turn = service.surroundings.uptime()
      }
    }
    _ = note(&echoCount, since: turn)
    service.take(&tally)
    for line in rpc.takeLog() { log(.warning, "message", line) }
    settle()
  }

  private static func isBrief(_ incoming: Incoming) -> Bool {
    switch incoming {
    // `initialize` may be the first to want the templates.
    case .request(_, let method, _): method == EchoMethod.name || method == ShutdownMethod.name
    case .notification(let method, _): !method.hasPrefix("textDocument/")
    }
  }

  /// Ends a conversation that cannot be followed once everything that was read is answered.
  private mutating func settle() {
    guard ending == nil, case .closed(let reason) = rpc.state, pause == nil else { return }
    switch reason {
    case .ended: return
    case .cutOff:
      if !isBroken {
        log(.warning, "connection-broken", "the client closed its end within a message")
      }
      isBroken = true
    case .unreadable: isBroken = true
    }
    if !awaitsWork { end(.streamBroken) }
  }

  private mutating func end(_ how: Ending) {
    ending = how
    longRequests.drop()
    checks.dropAll()
  }

  /// Puts a request that may take long among the long ones.
  ///
  /// - Returns: false for one that is to be answered on the spot.
  private mutating func isLong(
    _ key: RequestKey, _ method: String, _ params: JSONValue?, _ arrival: Arrival
  ) -> Bool {
    guard phase != .shutDown, mayCall(method, params) else { return false }
    let length = handlers.length(of: method, params)
    guard length > service.limits.inlineLengthMax else { return false }
    let token = ProgressMethod.token(params)
    let handlers = handlers.pinnedHere
    let work = BackgroundWork(.request(key), isWatched: token != nil) { watch in
      Result { () throws(RPCError) in
        try handlers.answer(method, params, watchedBy: watch)
      }
    }
    workNumber += 1
    longRequests.add(
      key, work, at: workNumber, method, length: length, progressToken: token, arrival)
    if service.limits.quietMillisecondsMax == 0 { _ = advanceProgress(to: .zero) }
    return true
  }

  /// Answers a long request.
  private mutating func answer(
    _ entry: LongRequests.Entry, _ result: Result<JSONValue, RPCError>
  ) {
    if let token = entry.progressToken, entry.isProgressTold { notifyProgress(token, .end) }
    _ = reply(to: entry.key, entry.method, result, entry.arrival, trace)
  }

  /// - Returns: the present time.
  private mutating func reply(
    to key: RequestKey, _ method: String, _ result: Result<JSONValue, RPCError>,
    _ arrival: Arrival, _ trace: Trace
  ) -> Duration {
    if trace.isOn {
      let time = service.surroundings.uptime() - arrival.time
      tell(trace.sending(method, key.id, result, after: time))
    }
    _ = rpc.reply(to: key, with: result)
    return note(method, key, result, arrival)
  }

  private mutating func tell(_ params: LogTraceMethod.Params) {
    rpc.notify(LogTraceMethod.name, params: params.json)
  }

  private mutating func answer(_ method: String, _ params: JSONValue?) -> Result<
    JSONValue, RPCError
  > {
    do throws(RPCError) {
      if phase == .shutDown {
        throw .invalidRequest("the server is shut down; only 'exit' may follow")
      }
      guard mayCall(method, params) else { throw .readOnly(method) }
      switch method {
      case InitializeMethod.name: return .success(try initialize(params))
      case ShutdownMethod.name:
        phase = .shutDown
        checks.dropAll()
        return .success(.null)
      case StatusMethod.name:
        // It tells of all that came before it.
        service.take(&tally)
        _ = try StatusMethod.read(params)
        return .success(service.status(handlers.status, isReadOnly: rights == .readOnly).json)
      case EchoMethod.name: return .success(params ?? .null)
      case DiscoverMethod.name: return .success(service.methods.discovery)
      case _ where method.hasPrefix("textDocument/") && phase == .open:
        throw .serverNotInitialized
      default: return .success(try handlers.answer(method, params))
      }
    } catch {
      return .failure(error)
    }
  }

  private func mayCall(_ method: String, _ params: JSONValue?) -> Bool {
    rights == .full || !service.writingMethods.contains(method)
      || !handlers.writes(method, params)
  }

  private mutating func initialize(_ params: JSONValue?) throws(RPCError) -> JSONValue {
    guard phase == .open else { throw .invalidRequest("'initialize' may be sent once") }
    let params = try InitializeMethod.read(params)
    clientProcessID = params.processID
    trace.value = params.trace
    let capabilities = handlers.initialize(params)
    asksForNews = !capabilities.news.isEmpty
    phase = .initialized
    return InitializeMethod.Result(
      capabilities: capabilities, isReadOnly: rights == .readOnly,
      name: service.methods.programName, version: service.methods.programVersion
    ).json
  }

  /// A notification is never answered, not even where it is wrong: that goes to the log.
  private mutating func notice(_ method: String, _ params: JSONValue?) {
    switch method {
    case LifecycleMethods.exit: return end(.exit(isOrderly: phase == .shutDown))
    case CancelMethod.name: return cancel(params)
    default: break
    }
    guard phase != .shutDown else { return }
    if method.hasPrefix("textDocument/"), phase == .open {
      log(.warning, "notification", "'\(method)' before 'initialize' is ignored")
      return
    }
    do throws(RPCError) {
      guard mayCall(method, params) else { throw .readOnly(method) }
      if method == SetTraceMethod.name {
        trace.value = try SetTraceMethod.read(params).value
        return
      }
      guard let news = try handlers.notice(method, params) else { return }
      switch news.diagnostics {
      case .found(let params):
        checks.drop(news.uri)
        rpc.notify(PublishDiagnostics.name, params: params)
      case .toFind(let body):
        workNumber += 1
        checks.add(news.uri, at: workNumber, body)
      }
    } catch {
      log(.warning, "notification", "\(method): \(error.message)")
    }
  }

  /// Answers a long request at once; what its work finds is dropped. Any other is answered already, or was never sent.
  private mutating func cancel(_ params: JSONValue?) {
    guard let id = CancelMethod.id(params), let key = rpc.key(ofPending: id),
      let entry = longRequests.cancel(key)
    else { return }
    answer(entry, .failure(.requestCancelled))
  }
}

/// What work tells while it is done on the thread that asks.
private final class Events: Sendable {
  private let kept = Mutex<[WorkEvent]>([])
  var all: [WorkEvent] { kept.withLock { $0 } }
  func add(_ event: WorkEvent) { kept.withLock { $0.append(event) } }
}
