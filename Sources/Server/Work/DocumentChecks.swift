import Source

/// Checks of open documents that are done in the background: of each document, that of its newest text alone.
struct DocumentChecks {
  private struct Check {
    let uri: ExactString
    var work: BackgroundWork
    /// Among all work of the connection.
    let place: UInt64
    var isOut = false
    /// A thread may still be at it, and nobody wants to know what it finds.
    var isDropped = false
  }

  /// At most one that is wanted for each open document, and those that are out.
  private var checks: [Check] = []
  private(set) var outCount = 0
  private var lastNumber: UInt64 = 0

  var isEmpty: Bool { checks.isEmpty }

  /// Whether diagnostics are still to come.
  var hasWanted: Bool { checks.contains { !$0.isDropped } }

  /// The place of what is to be done next; nil where all is out.
  var nextPlace: UInt64? { checks.first { !$0.isOut }?.place }

  /// Puts the check of a document in the place of the one that waits, or behind all others.
  mutating func add(
    _ uri: String, at place: UInt64, _ body: @escaping BackgroundWork.Body
  ) {
    lastNumber += 1
    let work = BackgroundWork(.document(lastNumber), isWatched: false, body: body)
    let uri = ExactString(uri)
    if let index = checks.firstIndex(where: { $0.uri == uri && !$0.isOut }) {
      checks[index].work = work
      return
    }
    drop(uri.text)
    checks.append(Check(uri: uri, work: work, place: place))
  }

  /// What is known of the document's diagnostics is no longer wanted.
  mutating func drop(_ uri: String) {
    let uri = ExactString(uri)
    drop { $0.uri == uri }
  }

  mutating func dropAll() {
    drop { _ in true }
  }

  private mutating func drop(where isMeant: (Check) -> Bool) {
    checks.removeAll { !$0.isOut && isMeant($0) }
    for index in checks.indices where isMeant(checks[index]) {
      checks[index].work.cancel()
      checks[index].isDropped = true
    }
  }

  mutating func take() -> BackgroundWork? {
    guard let index = checks.firstIndex(where: { !$0.isOut }) else { return nil }
    outCount += 1
    checks[index].isOut = true
    return checks[index].work
  }

  /// A check that was handed out has come back.
  ///
  /// - Returns: whether what it found is wanted.
  mutating func end(_ number: UInt64) -> Bool {
    guard let index = checks.firstIndex(where: { $0.isOut && $0.work.key == .document(number) })
    else { return false }
    outCount -= 1
    return !checks.remove(at: index).isDropped
  }
}
