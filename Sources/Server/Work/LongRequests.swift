import JSON
import JSONRPC

/// When a request came, and the bytes of its message or of its whole batch.
struct Arrival {
  let time: Duration
  let length: Int
}

/// The long requests of one connection, in the order in which they came: those that wait, and those handed out.
struct LongRequests {
  struct Entry {
    let key: RequestKey
    let work: BackgroundWork
    /// Among all work of the connection.
    let place: UInt64
    let method: String
    /// Bytes; see ``MethodHandlers/length(of:_:)``.
    let length: Int
    /// What the client calls its progress; nil where it does not want to know.
    let progressToken: JSONValue?
    let arrival: Arrival
    fileprivate(set) var isOut = false
    /// It has its answer, and a thread may still be at it.
    fileprivate(set) var isAnswered = false
    /// When the session first heard of the time after the request came.
    var start: Duration?
    var isProgressTold = false
    var step: String?
  }

  private(set) var entries: [Entry] = []
  /// Of all entries.
  private(set) var length = 0
  private(set) var outCount = 0

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.count }

  var hasUnanswered: Bool { entries.contains { !$0.isAnswered } }

  /// The place of what is to be done next; nil where all is out.
  var nextPlace: UInt64? { entries.first { !$0.isOut }?.place }

  mutating func add(
    _ key: RequestKey, _ work: BackgroundWork, at place: UInt64, _ method: String, length: Int,
    progressToken: JSONValue?,
    _ arrival: Arrival
  ) {
    entries.append(
      Entry(
        key: key, work: work, place: place, method: method, length: length,
        progressToken: progressToken, arrival: arrival))
    self.length += length
  }

  /// The next work to be done.
  mutating func take() -> BackgroundWork? {
    guard let index = entries.firstIndex(where: { !$0.isOut }) else { return nil }
    outCount += 1
    entries[index].isOut = true
    return entries[index].work
  }

  private func index(of key: RequestKey) -> Int? {
    entries.firstIndex { $0.key == key }
  }

  /// Changes the entry of a request that is not answered; nil where there is none.
  mutating func update<Answer>(_ key: RequestKey, _ change: (inout Entry) -> Answer) -> Answer? {
    guard let index = index(of: key), !entries[index].isAnswered else { return nil }
    return change(&entries[index])
  }

  /// Changes every entry that is not answered.
  mutating func updateAll(_ change: (inout Entry) -> Void) {
    for index in entries.indices where !entries[index].isAnswered { change(&entries[index]) }
  }

  /// The request is cancelled: what waits goes, what is out stays until it comes back.
  ///
  /// - Returns: the entry as it was; nil where the request is answered already.
  mutating func cancel(_ key: RequestKey) -> Entry? {
    guard let index = index(of: key), !entries[index].isAnswered else { return nil }
    let entry = entries[index]
    entry.work.cancel()
    if entry.isOut { entries[index].isAnswered = true } else { remove(at: index) }
    return entry
  }

  /// Work that was handed out has come back.
  ///
  /// - Returns: the entry as it was; nil where the request is answered already.
  mutating func end(_ key: RequestKey) -> Entry? {
    guard let index = index(of: key), entries[index].isOut else { return nil }
    outCount -= 1
    let entry = remove(at: index)
    return entry.isAnswered ? nil : entry
  }

  /// Nobody waits for any of it.
  mutating func drop() {
    for entry in entries { entry.work.cancel() }
    entries.removeAll { !$0.isOut }
    for index in entries.indices { entries[index].isAnswered = true }
    length = entries.reduce(0) { $0 + $1.length }
  }

  @discardableResult
  private mutating func remove(at index: Int) -> Entry {
    let entry = entries.remove(at: index)
    length -= entry.length
    return entry
  }
}
