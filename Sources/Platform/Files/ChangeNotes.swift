import Glibc

/// What inotify(7) tells about the places of a plan.
final class ChangeNotes: Sendable {
  private let queue: Descriptor
  private let places: [Int32: WatchPlan.Place]
  private let includes: @Sendable (String) -> Bool

  /// - Throws: ``SystemError`` where the system does not look: it has no inotify, or as many as it may.
  init(
    _ plan: WatchPlan, includes: @escaping @Sendable (String) -> Bool
  ) throws(SystemError) {
    let queue = Descriptor(
      owning: try SystemCall.run("inotify_init1") { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }
    )
    var places: [Int32: WatchPlan.Place] = [:]
    for (path, place) in plan.places {
      var mask = IN_ONLYDIR | IN_MASK_ADD | IN_MOVE_SELF | IN_DELETE_SELF
      if !place.isOnlyPassed {
        mask |=
          IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ATTRIB
      }
      do throws(SystemError) {
        let number = try unsafe SystemCall.run("inotify_add_watch", on: path) {
          unsafe inotify_add_watch(queue.number, $0, UInt32(mask))
        }
        // Two paths may lead to one directory.
        places[number, default: WatchPlan.Place()].names.formUnion(place.names)
        if place.isWhole { places[number, default: WatchPlan.Place()].isWhole = true }
      } catch {
        // What is gone by now makes another plan. A directory on the way may well keep its content to itself.
        if error.isNotFound || place.isOnlyPassed && error.code == EACCES { continue }
        throw error
      }
    }
    self.queue = queue
    self.places = places
    self.includes = includes
  }

  /// Becomes readable when something has happened; for ``Poll``.
  var number: Int32 { queue.number }

  /// Takes all that has happened. Never waits.
  ///
  /// - Returns: whether anything of it matters.
  func take() -> Bool {
    var isFound = false
    var room = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe room.withUnsafeMutableBytes {
        unsafe Glibc.read(number, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return isFound || count < 0 && errno != EAGAIN }
      if matters(room[..<min(count, room.count)]) { isFound = true }
    }
  }

  /// - Parameter events: `struct inotify_event` one after the other: watch, mask, cookie and length of the name, four
  ///   bytes each, then the name, filled up with zeros.
  private func matters(_ events: ArraySlice<UInt8>) -> Bool {
    var rest = events
    func number(at offset: Int) -> UInt32 {
      rest.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    while rest.count >= 16 {
      let place = places[Int32(truncatingIfNeeded: number(at: 0))]
      let mask = Int(number(at: 4))
      let name = rest.dropFirst(16).prefix(Int(number(at: 12)))
      rest = rest.dropFirst(16 + name.count)
      // Some of what happened is lost, or a place is no longer the one that was looked at.
      let lost = Int(IN_Q_OVERFLOW) | Int(IN_UNMOUNT) | Int(IN_MOVE_SELF) | Int(IN_DELETE_SELF)
      if mask & lost != 0 { return true }
      guard let place, mask & Int(IN_IGNORED) == 0 else { continue }
      let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      // Without a name it is about the directory itself, such as who may read it.
      if text.isEmpty ? place.isWhole : place.names.contains(text) { return true }
      if place.isWhole, includes(text) { return true }
    }
    return false
  }
}
