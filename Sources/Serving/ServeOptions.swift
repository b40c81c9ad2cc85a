package import CommandLine
import Platform
package import Server

extension Option {
  package static let stdio = Option(
    "--stdio", help: "serve one client over stdin and stdout, as editors do")
  package static let idleExit = Option(
    "--idle-exit", value: .required("SECONDS"),
    help: "end when there has been no client on the socket, or no word over stdio, for so long")
  package static let allowUID = Option(
    "--allow-uid", value: .required("USER"),
    help:
      "let a user connect, by number or name, beside the one who runs the daemon; USER:read-only as with --read-only; may be repeated"
  )

  /// Of the option by which what writes is refused to every client. Its help says what that is, in each program.
  package static let readOnlyName = "--read-only"
}

/// What `serve` of any program is told, and `connect` tells a daemon that it starts.
package struct ServeOptions {
  package let log: Log.Settings
  package let idleExit: Duration?
  /// Who may connect, and ask for what: this user, and those who are named. Root is nobody special here, though it can
  /// become this user.
  private(set) var users: [UInt32: Rights] = [Environment.userID: .full]
  /// Nobody may ask for more.
  package let rights: Rights
  /// Where what is said is recorded; nil where it is not.
  package let record: String?

  /// - Throws: ``Stop`` for a value that cannot be used.
  package init(_ invocation: Invocation) throws(Stop) {
    let command = invocation.command.name
    log = try Log.Settings(invocation)
    idleExit = try ServeOptions.seconds(.idleExit, invocation).map { .seconds($0) }
    record = invocation[.recordFile]
    rights = invocation.has(Option.readOnlyName) ? .readOnly : .full
    for text in invocation.all(.allowUID) {
      // No name of a user has a colon: passwd(5).
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        .map(String.init)
      guard parts.count == 1 || parts[1] == "read-only" else {
        throw .usage("\(command): --allow-uid takes USER or USER:read-only, not '\(text)'")
      }
      guard let user = UInt32(parts[0]) ?? Environment.userID(named: parts[0]) else {
        throw .usage("\(command): --allow-uid: there is no user '\(parts[0])'")
      }
      users[user] = parts.count == 1 ? .full : .readOnly
    }
  }

  /// What a user may ask for; nil is one who is not known.
  func rights(of user: UInt32?) -> Rights {
    rights == .full ? user.flatMap { users[$0] } ?? .readOnly : .readOnly
  }

  /// The value of an option that takes a time; nil where it is not given.
  package static func seconds(_ option: Option, _ invocation: Invocation) throws(Stop) -> Int? {
    guard let text = invocation[option] else { return nil }
    guard let seconds = Int(text), (1...secondsMax).contains(seconds) else {
      throw .usage(
        "\(invocation.command.name): \(option.name) takes a number of seconds from 1 to \(secondsMax), not '\(text)'"
      )
    }
    return seconds
  }

  /// A year, beyond which nobody means to wait.
  private static let secondsMax = 31_536_000
}
