import Server
import Synchronization

/// What work told while it was done.
final class EventLog: Sendable {
  private let kept = Mutex<[WorkEvent]>([])
  var events: [WorkEvent] { kept.withLock { $0 } }
  func add(_ event: WorkEvent) { kept.withLock { $0.append(event) } }
}
