import Platform
import Server

/// One client's loop: reads, lets the session answer, writes, once for each read.
///
/// It waits for nothing but bytes as long as nothing else can happen.
struct Conversation: ~Copyable {
  /// How the loop has ended.
  enum Ending {
    case session(Session.Ending)
    /// The client closed its end, and has all its answers.
    case closed
    /// Nobody is left who could read an answer.
    case clientGone
    /// The client has been silent for too long.
    case idle
    /// Nothing is to be done before the client sends more; it may be gone on with.
    case quiet
  }

  private let service: Service
  private let pool: WorkPool
  private var session: Session
  private var box: WorkBox?
  /// Not nil while news wakes the loop.
  private var newsWatcher: Int?
  /// What a turn in the event loop could not write.
  private var unsent: [UInt8] = []
  private var isInputOver = false
  /// nil unless the client's process is looked at.
  private var client: ProcessWatch?
  private var watchesClient: Bool
  private let writeTimeout: Duration?
  private let idleExit: Duration?
  private var recordFile: RecordFile?
  /// When bytes came last, or the conversation began.
  private var lastArrival = SystemClock.monotonic()

  /// - Parameters:
  ///   - rights: what the client may ask for.
  ///   - watchesClient: whether the process that `initialize` names must be alive.
  ///   - writeTimeout: how long an answer may wait to be taken; nil waits for ever.
  ///   - idleExit: how long the client may be silent; nil is for ever.
  init(
    _ service: Service, _ pool: WorkPool, rights: Rights, watchesClient: Bool,
    writeTimeout: Duration?, idleExit: Duration? = nil
  ) {
    self.service = service
    self.pool = pool
    self.watchesClient = watchesClient
    self.writeTimeout = writeTimeout
    self.idleExit = idleExit
    session = Session(service, rights: rights)
  }

  deinit {
    if let newsWatcher { service.methods.watchers.forget(newsWatcher) }
    if let box { pool.leave(box) }
  }

  /// What is read at a time, by a thread that has time.
  static var room: [UInt8] { [UInt8](repeating: 0, count: 65_536) }

  /// Reads once from a socket where something has arrived, and answers what takes no time.
  mutating func takeTurn(
    _ socket: borrowing Descriptor, _ room: inout [UInt8]
  ) throws(SystemError) -> SocketConnection.State {
    // A recording is written by who has time.
    guard recordFile == nil else { return .busy }
    session.answersOnlyBrief = true
    defer { session.answersOnlyBrief = false }
    let length = try read(socket, &room)
    let output = session.takeOutput()
    let count = try socket.writeAvailable(output.span)
    guard count == output.count else {
      unsent = Array(output[count...])
      return .busy
    }
    if session.ending != nil { return .over }
    if isInputOver { return session.awaitsWork || session.isWaiting ? .busy : .over }
    return session.isWaiting || length == room.count ? .busy : .quiet
  }

  /// The number of the connection.
  var number: Int { session.number }

  /// Has all that is said written to a new file.
  mutating func record(in path: String) throws(SystemError) {
    let (service, number) = (service, session.number)
    recordFile = try RecordFile(path, service.methods) { error in
      var event = LogEvent(
        .warning, "record", "the recording \(quoted(path)) is cut: \(error.message)")
      event.connection = number
      service.surroundings.log(event)
    }
  }

  /// - Parameters:
  ///   - input: where the client's bytes come from.
  ///   - output: where answers go; the same for a socket.
  ///   - room: for what is read at a time.
  ///   - mayRest: whether ``Ending/quiet`` is returned when the client is silent for the read timeout of its socket.
  mutating func run(
    _ input: borrowing Descriptor, _ output: borrowing Descriptor, room: inout [UInt8],
    mayRest: Bool = false
  ) throws(SystemError) -> Ending {
    defer { recordFile?.finish(session.ending) }
    if !unsent.isEmpty {
      try output.writeAll(unsent.span, timeout: writeTimeout)
      unsent = []
    }
    // What a turn in the event loop had no time for.
    if session.resume() {
      try watch()
      try write(output)
    }
    while true {
      if let ending = session.ending { return .session(ending) }
      if isInputOver, !session.awaitsWork { return .closed }
      guard isInputOver || client != nil || idleExit != nil || session.isWaiting else {
        let inTime = mayRest && recordFile == nil
        guard try read(input, &room, inTime: inTime) != nil else {
          session.rest()
          return .quiet
        }
        try write(output)
        continue
      }
      let wakeTime = session.advance(to: SystemClock.monotonic())
      try write(output)
      if session.ending != nil { continue }
      let wantsInput = !isInputOver && session.wantsInput
      let events = try Poll.wait(
        on: [
          (wantsInput ? input.number : -1, .readable), (box?.number ?? -1, .readable),
          (wantsInput ? -1 : output.number, []),
        ], timeout: timeout(until: wakeTime))
      if !events[2].isEmpty { return .clientGone }
      if let box, !events[1].isEmpty {
        for event in try box.take() { session.take(event) }
        session.tellNews()
      }
      if !events[0].isEmpty { try read(input, &room) }
      if events.allSatisfy(\.isEmpty), let client, !client.isAlive {
        log(.info, "client-gone", "the client, process \(client.processID), is gone")
        return .clientGone
      }
      if isIdle { return .idle }
      try write(output)
    }
  }

  func log(_ level: LogEvent.Level, _ name: String, _ message: String) {
    var event = LogEvent(level, name, message)
    event.connection = session.number
    service.surroundings.log(event)
  }

  private var isIdle: Bool {
    guard let idleExit, !session.awaitsWork else { return false }
    return SystemClock.monotonic() - lastArrival >= idleExit
  }

  private func timeout(until wakeTime: Duration?) -> Duration? {
    var timer = wakeTime.map { max($0 - SystemClock.monotonic(), .zero) }
    if let idleExit, !session.awaitsWork {
      let rest = max(lastArrival + idleExit - SystemClock.monotonic(), .zero)
      timer = min(timer ?? rest, rest)
    }
    // A client that dies may leave its end of the pipe to a child; its process id tells.
    return client == nil ? timer : min(timer ?? .seconds(1), .seconds(1))
  }

  /// - Returns: how many bytes arrived; nil for none in time.
  @discardableResult
  private mutating func read(
    _ input: borrowing Descriptor, _ room: inout [UInt8], inTime: Bool = false
  ) throws(SystemError) -> Int? {
    guard let count = inTime ? try input.readInTime(into: &room) : try input.read(into: &room)
    else { return nil }
    if idleExit != nil { lastArrival = SystemClock.monotonic() }
    if count == 0 {
      isInputOver = true
      recordFile?.finishInput()
      session.finish()
    } else {
      recordFile?.receive(room[..<count])
      session.receive(room[..<count])
    }
    try watch()
    return count
  }

  /// Watches what the client wants to be told of, and the client where it asks for that.
  private mutating func watch() throws(SystemError) {
    if session.wantsNews, newsWatcher == nil { try watchNews() }
    // Before the client has its answer, so that one that dies right after is missed no less.
    if watchesClient, let processID = session.clientProcessID.flatMap({ Int32(exactly: $0) }) {
      watchesClient = false
      // An id that is not alive here belongs to another machine or container, and says nothing.
      client = ProcessWatch(processID: processID)
    }
  }

  /// Hands out work and writes what there is.
  private mutating func write(_ output: borrowing Descriptor) throws(SystemError) {
    repeat {
      while let work = session.takeWork() { begin(work) }
      let bytes = session.takeOutput()
      if bytes.isEmpty { continue }
      recordFile?.send(bytes)
      try output.writeAll(bytes.span, timeout: writeTimeout)
    } while session.resume()
  }

  private mutating func watchNews() throws(SystemError) {
    let box = try openBox()
    newsWatcher = service.methods.watchers.add { box.wake() }
    // What changed between the client's message and this.
    session.tellNews()
  }

  private mutating func openBox() throws(SystemError) -> WorkBox {
    if let box { return box }
    let box = try WorkBox()
    self.box = box
    return box
  }

  private mutating func begin(_ work: BackgroundWork) {
    do throws(SystemError) {
      try pool.add(work, for: try openBox())
    } catch {
      // Without a descriptor or a thread the client waits a little longer.
      log(.warning, "work", "a long request is answered on the spot: \(error.message)")
      session.doHere(work)
    }
  }
}
