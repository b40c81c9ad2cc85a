import Dispatch
import Foundation
import Platform
import Synchronization

/// What a program says on stderr, taken as it comes: a pipe that nobody empties would stop the program.
final class NoticeLog: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isAtEnd = false
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)

  /// - Parameter descriptor: the reading end; the log has a copy of its own.
  init(_ descriptor: consuming Descriptor) throws {
    let holder = Holder(descriptor)
    try Platform.Thread.spawn(name: "notices") { [self] in
      var room = [UInt8](repeating: 0, count: 65_536)
      while let count = try? holder.descriptor.read(into: &room), count > 0 {
        state.withLock { $0.bytes += room.prefix(count) }
        changed.signal()
      }
      state.withLock { $0.isAtEnd = true }
      changed.signal()
    }
  }

  var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

  /// Waits for a text, or for the end where there is none; returns all that was said so far.
  ///
  /// - Throws: ``Program/Failure``.
  @discardableResult
  func wait(for wanted: String? = nil) throws -> String {
    let end = DispatchTime.now() + .seconds(Int(Program.patience.components.seconds))
    while true {
      let isAtEnd = state.withLock { $0.isAtEnd }
      let text = text
      if let wanted {
        if text.contains(wanted) { return text }
        if isAtEnd { throw Program.Failure.ended(notices: text) }
      } else if isAtEnd {
        return text
      }
      guard changed.wait(timeout: end) == .success else {
        throw Program.Failure.tooSlow(
          doing: "waiting for \(wanted ?? "the end") on stderr", notices: text)
      }
    }
  }

  private final class Holder: Sendable {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }
}
