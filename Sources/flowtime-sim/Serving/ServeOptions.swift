import CommandLine
import Platform
import Server

/// What `serve` is told, and `connect` tells a daemon that it starts.
struct ServeOptions {
  private(set) var limits = Limits()
  let log: Log.Settings
  let idleExit: Duration?
  /// How it is noticed that templates change: `auto`, `poll` or `off`.
  let watch: String
  /// Who may connect, and ask for what: this user, and those who are named. Root is nobody special here, though it can
  /// become this user.
  private(set) var users: [UInt32: Rights] = [Environment.userID: .full]
  /// Nobody may ask for more.
  let rights: Rights
  /// Where what is said is recorded; nil where it is not.
  let record: String?

  /// - Throws: ``Stop`` for a value that cannot be used.
  init(_ invocation: Invocation) throws(Stop) {
    try invocation.checkTemplateDirectories()
    let command = invocation.command.name
    log = try Log.Settings(invocation)
    watch = try invocation.choice(.watch, of: ["auto", "poll", "off"], default: "auto")
    idleExit = try ServeOptions.seconds(.idleExit, invocation).map { .seconds($0) }
    record = invocation[.recordFile]
    rights = invocation.has(.readOnly) ? .readOnly : .full
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
    for text in invocation.all(.limit) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let least = Limits.leastValue(of: parts.first ?? "")
      guard parts.count == 2, let value = Int(parts[1]),
        (least...Limits.greatestValue).contains(value)
      else {
        throw .usage(
          "\(command): --limit takes NAME=NUMBER with a number from \(least) to \(Limits.greatestValue), not '\(text)'"
        )
      }
      guard limits.set(parts[0], to: value) else {
        throw .usage(
          "\(command): --limit takes NAME=NUMBER with one of \(limits.settable.joined(separator: ", ")), not '\(text)'"
        )
      }
    }
  }

  /// What a user may ask for; nil is one who is not known.
  func rights(of user: UInt32?) -> Rights {
    rights == .full ? user.flatMap { users[$0] } ?? .readOnly : .readOnly
  }

  /// The value of an option that takes a time; nil where it is not given.
  static func seconds(_ option: Option, _ invocation: Invocation) throws(Stop) -> Int? {
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
