import Platform
import Server
import Synchronization

/// Threads that do the long requests of all connections. They are started when there is something for them, and stay.
final class WorkPool: Sendable {
  private struct State {
    var queue: WorkQueue<ObjectIdentifier>
    var boxes: [ObjectIdentifier: WorkBox] = [:]
    var threadCount = 0
    var idleCount = 0
    /// What comes from now on is cancelled before it begins.
    var isOver = false
  }

  private let threadCountMax: Int
  private let arrival: WakePipe
  private let state: Mutex<State>

  init(_ limits: Limits) throws(SystemError) {
    // One more than there are processors: no connection may have all threads, and all processors are wanted.
    threadCountMax = min(Processors.count + 1, limits.workerCountMax)
    arrival = try WakePipe()
    state = Mutex(State(queue: WorkQueue(workerCount: threadCountMax)))
  }

  /// - Parameter box: where what happens is told; the same for all work of a connection.
  /// - Throws: ``SystemError`` where there is no thread and none can be started: then the work is not taken.
  func add(_ work: BackgroundWork, for box: WorkBox) throws(SystemError) {
    let need = state.withLock { state in
      if state.isOver { work.cancel() }
      state.boxes[ObjectIdentifier(box)] = box
      state.queue.add(work, of: ObjectIdentifier(box))
      if state.idleCount > 0 {
        state.idleCount -= 1
        return Need.idleThread
      }
      guard state.threadCount < threadCountMax else { return .patience }
      state.threadCount += 1
      return .newThread
    }
    switch need {
    case .patience: return
    case .idleThread: arrival.wake()
    case .newThread: try startThread(for: box)
    }
  }

  /// What brings new work to a thread.
  private enum Need {
    /// Each thread looks for more when it has done what it is at.
    case patience
    case idleThread, newThread
  }

  /// The connection is gone: its work is dropped, or ends where it can.
  func leave(_ box: WorkBox) {
    state.withLock { state in
      state.queue.leave(ObjectIdentifier(box))
      state.boxes[ObjectIdentifier(box)] = nil
    }
  }

  /// Cancels all there is and all that comes; each request is still answered.
  func cancelAll() {
    state.withLock { state in
      state.isOver = true
      state.queue.cancelAll()
    }
  }

  private func startThread(for box: WorkBox) throws(SystemError) {
    do throws(SystemError) {
      try Thread.spawn(name: "worker") { [self] in serve() }
    } catch {
      let isAlone = state.withLock { state in
        state.threadCount -= 1
        if state.threadCount == 0 { state.queue.leave(ObjectIdentifier(box)) }
        return state.threadCount == 0
      }
      if isAlone { throw error }
    }
  }

  private func serve() {
    while true {
      guard let (box, work) = next() else {
        guard (try? arrival.wait()) != nil else { return }
        continue
      }
      work.run { event in
        if case .ended(let key, _) = event { self.end(key, of: box) }
        box.put(event)
      }
    }
  }

  /// nil where there is nothing to do; then the thread counts as idle, and is woken when there is.
  private func next() -> (WorkBox, BackgroundWork)? {
    state.withLock { state in
      while let (client, work) = state.queue.next() {
        if let box = state.boxes[client] { return (box, work) }
        state.queue.end(work.key, of: client)
      }
      state.idleCount += 1
      return nil
    }
  }

  private func end(_ key: WorkKey, of box: WorkBox) {
    state.withLock { $0.queue.end(key, of: ObjectIdentifier(box)) }
  }
}

/// Where threads leave what happened to the work of one connection, for its loop.
///
/// It is bounded by the works that are out and the steps of each.
final class WorkBox: Sendable {
  private let pipe: WakePipe
  private let events = Mutex<[WorkEvent]>([])

  init() throws(SystemError) {
    pipe = try WakePipe()
  }

  /// Becomes readable when there is something in it, or after ``wake()``; for ``Poll``.
  var number: Int32 { pipe.number }

  /// Wakes the loop though there may be nothing in the box.
  func wake() { pipe.wake() }

  func put(_ event: WorkEvent) {
    let isFirst = events.withLock { events in
      events.append(event)
      return events.count == 1
    }
    if isFirst { pipe.wake() }
  }

  /// Takes everything out. Called when ``number`` is readable.
  func take() throws(SystemError) -> [WorkEvent] {
    // First, or what comes between the two would wake nobody.
    try pipe.clear()
    return events.withLock { events in
      let taken = events
      events = []
      return taken
    }
  }
}
