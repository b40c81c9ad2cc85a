/// What an operation is doing, for people who wait.
package enum WorkStep: String, Hashable, Sendable {
  case readingTemplate = "reading the template"
  case readingModel = "reading the model"
  case making = "making the model"
  case makingAgain = "making the model again"
  case checking = "checking"
  case evaluating = "running the model"
  case comparing = "comparing"
  case writing = "writing the model"
}

/// An operation's view of whoever waits for it: whether they still do, and where to say how far it is.
package struct WorkMonitor: Sendable {
  private let isStopped: @Sendable () -> Bool
  private let tell: @Sendable (WorkStep) -> Void

  /// Nobody stops the work or asks how far it is.
  package static let unwatched = WorkMonitor(isStopped: { false }, tell: { _ in })

  package init(
    isStopped: @escaping @Sendable () -> Bool, tell: @escaping @Sendable (WorkStep) -> Void
  ) {
    self.isStopped = isStopped
    self.tell = tell
  }

  /// Whether somebody still waits.
  var isWatching: Bool { !isStopped() }

  /// A place between two steps at which work may end.
  ///
  /// - Throws: ``OperationFailure/stopped`` where nobody waits any more.
  func begin(_ step: WorkStep) throws(OperationFailure) {
    try check()
    tell(step)
  }

  /// A place at which work may end.
  ///
  /// - Throws: ``OperationFailure/stopped``.
  func check() throws(OperationFailure) {
    if isStopped() { throw .stopped }
  }
}
