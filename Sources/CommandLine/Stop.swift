/// The end of a command that is not done. Its raw value is the exit status.
///
/// Source: docs/reference/cli.md, "Exit status".
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// The input has errors.
  case inputErrors = 1
  case usage = 2
  /// A file, a socket or a peer refused.
  case refused = 3
}

package struct Stop: Error, Sendable {
  package let status: ExitStatus
  /// For stderr; empty where all has been said already.
  package let message: String

  package init(status: ExitStatus, message: String) {
    self.status = status
    self.message = message
  }

  package static func usage(_ message: String) -> Stop { Stop(status: .usage, message: message) }
  package static func refused(_ message: String) -> Stop {
    Stop(status: .refused, message: message)
  }
  package static func input(_ message: String) -> Stop {
    Stop(status: .inputErrors, message: message)
  }
  /// The findings have been reported.
  package static let reported = Stop(status: .inputErrors, message: "")
}
