package import JSONRPC

/// Something that happened, for the person who runs the process. It never holds what a client sent as the value of
/// anything.
package struct LogEvent: Sendable {
  package enum Level: String, CaseIterable, Comparable, Sendable {
    /// Somebody is not served.
    case error
    /// Something is not as it was meant to be, and the rest goes on.
    case warning
    case info
    /// Every request and connection.
    case debug

    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int { Level.allCases.firstIndex(of: self) ?? 0 }
  }

  package let level: Level
  /// What kind of thing happened; for programs that read the log.
  package let name: String
  /// For people; lower case, no full stop, one line.
  package let message: String
  /// The number of the connection that it is about, from 1.
  package var connection: Int?
  package var method: String?
  package var id: RequestID?
  package var duration: Duration?
  /// Bytes of the message that arrived, or of its whole batch.
  package var length: Int?

  package init(_ level: Level, _ name: String, _ message: String) {
    self.level = level
    self.name = name
    self.message = message
  }
}
