/// Waits until files of some directories may have changed, wherever links lead, and also where a directory is not there
/// yet.
///
/// The system tells (inotify(7)), and nothing is done meanwhile. Where it does not, such as for the files of another
/// machine, times and sizes are looked at every second.
package struct DirectoryWatch: ~Copyable, Sendable {
  /// How it is known that something changed.
  package enum Way: Hashable, Sendable {
    case told
    /// `reason` is a sentence; empty where it was asked for.
    case polling(reason: String)
  }

  private struct Look: Hashable {
    let path: String
    let status: FileStatus?
  }

  /// How often polling looks.
  private static let period = Duration.seconds(1)
  /// Nobody has written for so long: what was begun is done.
  private static let quiet = Duration.milliseconds(50)
  /// Whoever writes all the time is not waited for any longer.
  private static let patience = Duration.milliseconds(500)

  /// Has the system tell of the places of a plan.
  typealias Telling =
    @Sendable (WatchPlan, @escaping @Sendable (String) -> Bool) throws(SystemError) -> ChangeNotes

  private let directories: [String]
  private let polls: Bool
  private let includes: @Sendable (String) -> Bool
  private let beginTelling: Telling
  private var notes: ChangeNotes?
  private var looks: [Look] = []
  package private(set) var way = Way.told

  /// What happens from here on ends the next ``wait()``.
  ///
  /// - Parameters:
  ///   - directories: paths, of which some may lead nowhere.
  ///   - polls: does not ask the system to tell.
  ///   - includes: whether a file of that name matters.
  package init(
    _ directories: [String], polls: Bool = false, includes: @escaping @Sendable (String) -> Bool
  ) {
    self.init(directories, polls: polls, includes: includes) {
      (plan, includes) throws(SystemError) in try ChangeNotes(plan, includes: includes)
    }
  }

  /// - Parameter telling: may be refused, for a test.
  init(
    _ directories: [String], polls: Bool = false, includes: @escaping @Sendable (String) -> Bool,
    telling: @escaping Telling
  ) {
    beginTelling = telling
    self.directories = directories
    self.polls = polls
    self.includes = includes
    begin()
  }

  /// Returns when something may have changed since the value was made, or since the last call has returned.
  package mutating func wait() {
    if notes == nil { waitPolling() } else { waitToBeTold() }
    begin()
  }

  private mutating func begin() {
    notes = nil
    looks = []
    way = .polling(reason: "")
    if !polls {
      do throws(SystemError) {
        try beginToBeTold()
        if notes != nil { return }
      } catch {
        way = .polling(reason: error.message)
      }
    }
    looks = look()
  }

  private mutating func beginToBeTold() throws(SystemError) {
    let mounts = Mounts()
    var plan = WatchPlan(directories, includes: includes)
    // Until nothing has changed while it was arranged that changes are told.
    for _ in 0..<10 {
      let isRemote = directories.contains { directory in
        let status = (try? FileSystem.status(directory)) ?? nil
        return status.map { mounts.isRemote(device: $0.identity.device) } ?? false
      }
      if isRemote {
        way = .polling(reason: "a directory belongs to another machine")
        return
      }
      notes = nil
      notes = try beginTelling(plan, includes)
      let next = WatchPlan(directories, includes: includes)
      if next == plan { break }
      plan = next
    }
    way = .told
  }

  private borrowing func waitToBeTold() {
    while isTold(within: nil) == false {
      // Others may be busy in a directory on the way; each of their files is not worth a look.
      Self.pause(Self.patience)
    }
    let end = SystemClock.monotonic() + Self.patience
    while SystemClock.monotonic() < end, isTold(within: Self.quiet) != nil {}
  }

  /// Returns nil if nothing happened, else whether it matters.
  private borrowing func isTold(within timeout: Duration?) -> Bool? {
    guard let number = notes?.number else { return true }
    let events = try? Poll.wait(for: .readable, on: number, timeout: timeout)
    if events?.isEmpty == true { return nil }
    return notes?.take() ?? true
  }

  private borrowing func waitPolling() {
    while look() == looks { Self.pause(Self.period) }
    let end = SystemClock.monotonic() + Self.patience
    var last = look()
    while SystemClock.monotonic() < end {
      Self.pause(Self.quiet)
      let next = look()
      if next == last { return }
      last = next
    }
  }

  /// Times, sizes and identities of all that matters.
  private borrowing func look() -> [Look] {
    directories.flatMap { directory in
      let names = (try? FileSystem.listDirectory(directory)) ?? []
      return [Look(path: directory, status: nil)]
        + names.filter(includes).map { name in
          let path = directory + "/" + name
          return Look(path: path, status: (try? FileSystem.status(path)) ?? nil)
        }
    }
  }

  private static func pause(_ duration: Duration) {
    _ = try? Poll.wait(on: [], timeout: duration)
  }
}
