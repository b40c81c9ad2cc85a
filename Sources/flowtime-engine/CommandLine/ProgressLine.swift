import CommandLine
import Platform
import Synchronization

/// How far work is, for one who waits at a terminal; nothing elsewhere, and nothing of what is soon done.
final class ProgressLine: Sendable {
  private let what: String
  private let isShown: Bool
  private let state: Mutex<(isBegun: Bool, next: Duration)>

  init(_ what: String) {
    self.what = what
    isShown = StandardStream.error.isTerminal
    state = Mutex((false, SystemClock.monotonic() + .milliseconds(500)))
  }

  /// - Parameter part: from 0 to 1.
  func tell(_ part: Double) {
    guard isShown else { return }
    let now = SystemClock.monotonic()
    let isDue = state.withLock { state in
      guard now >= state.next else { return false }
      state = (true, now + .milliseconds(100))
      return true
    }
    guard isDue else { return }
    let percent = Int(min(max(part, 0), 1) * 100)
    write("\r\(what): \(percent) %")
  }

  /// Takes the line away.
  func end() {
    guard state.withLock({ $0.isBegun }) else { return }
    write("\r\(spaces(what.count + 8))\r")
  }

  private func write(_ text: String) {
    try? StandardStream.error.writeAll(Array(text.utf8).span)
  }
}
