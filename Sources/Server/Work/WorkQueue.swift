/// The work of all connections that waits for a thread or has one.
///
/// Connections take turns, those with the fewest threads first, and none has all threads while there are several: one
/// that asks for much does not keep another waiting. A session hands out a bounded number of works at a time
/// (`workCountMax`), so there are never more than that for each connection.
package struct WorkQueue<Client: Hashable & Sendable>: Sendable {
  private struct Line: Sendable {
    var waiting: [BackgroundWork] = []
    var running: [BackgroundWork] = []
  }

  private let runningCountMax: Int
  private var lines: [Client: Line] = [:]
  /// Clients whose work waits, in the order of their turns.
  private var turns: [Client] = []

  /// - Parameter workerCount: how many threads there may be.
  package init(workerCount: Int) {
    runningCountMax = max(1, workerCount - 1)
  }

  package var isEmpty: Bool { lines.isEmpty }

  package var waitingCount: Int { lines.values.reduce(0) { $0 + $1.waiting.count } }

  package var runningCount: Int { lines.values.reduce(0) { $0 + $1.running.count } }

  package mutating func add(_ work: BackgroundWork, of client: Client) {
    if lines[client, default: Line()].waiting.isEmpty { turns.append(client) }
    lines[client, default: Line()].waiting.append(work)
  }

  /// What a thread is to do next; ``end(_:of:)`` follows. nil where nothing waits, or only work of those who have all
  /// threads that they may.
  ///
  /// Complexity: O(connections with work).
  package mutating func next() -> (client: Client, work: BackgroundWork)? {
    var best: (index: Int, count: Int)?
    for (index, client) in turns.enumerated() {
      let count = lines[client]?.running.count ?? 0
      if count < runningCountMax, count < best?.count ?? .max { best = (index, count) }
    }
    guard let best else { return nil }
    let client = turns.remove(at: best.index)
    guard var line = lines.removeValue(forKey: client), !line.waiting.isEmpty else { return nil }
    let work = line.waiting.removeFirst()
    line.running.append(work)
    if !line.waiting.isEmpty { turns.append(client) }
    lines[client] = line
    return (client, work)
  }

  package mutating func end(_ key: WorkKey, of client: Client) {
    lines[client]?.running.removeAll { $0.key == key }
    forgetIfIdle(client)
  }

  /// The client is gone: what waits is dropped, what runs is told to stop.
  package mutating func leave(_ client: Client) {
    turns.removeAll { $0 == client }
    lines[client]?.waiting = []
    for work in lines[client]?.running ?? [] { work.cancel() }
    forgetIfIdle(client)
  }

  /// Cancels all there is. It still comes out and ends.
  package func cancelAll() {
    for line in lines.values {
      for work in line.waiting + line.running { work.cancel() }
    }
  }

  private mutating func forgetIfIdle(_ client: Client) {
    if let line = lines[client], line.waiting.isEmpty, line.running.isEmpty { lines[client] = nil }
  }
}
