import CommandLine
import Operations
import Platform
import Server
import SimMethods
import Synchronization

extension Option {
  static let watch = Option(
    "--watch", value: .required("HOW"),
    help:
      "how it is noticed that templates change: auto, poll (looking every second) or off; default auto"
  )
}

/// Reads a server's templates again: when they change, and when it is told to.
final class TemplateReload: Sendable {
  private let service: SimService
  private let read: @Sendable (Snapshot) -> Snapshot
  /// Whoever reads last must have begun last.
  private let turn = Mutex(())

  /// - Parameter read: the templates as they are now, after what was known before.
  init(_ service: SimService, read: @escaping @Sendable (Snapshot) -> Snapshot) {
    self.service = service
    self.read = read
  }

  /// Reads them, and tells those who want to know.
  ///
  /// - Parameter isAsked: whether somebody waits for a word, also where nothing is different.
  func callAsFunction(isAsked: Bool) {
    turn.withLock { _ in
      // Who wants them first reads what is there by then.
      guard isAsked || service.hasReadTemplates else { return }
      let change = service.replace(read(service.snapshot))
      let parts = [
        ("new", change.added), ("gone", change.removed), ("changed", change.changed),
        ("broken", change.broken),
      ].filter { !$0.1.isEmpty }.map { "\($0.1.count) \($0.0)" }
      if !isAsked, change.isEmpty { return }
      let count = service.snapshot.catalog.entries.count
      let told =
        "the templates are read again: there are \(count)"
        + (parts.isEmpty ? "" : ", " + parts.joined(separator: ", "))
      service.surroundings.log(LogEvent(.info, "templates-read", told))
    }
  }

  /// Reads them whenever they may have changed, on a thread of its own.
  ///
  /// - Parameter watch: begun before they were read first, so that no change is missed.
  func begin(_ watch: consuming DirectoryWatch) {
    if case .polling(let reason) = watch.way, !reason.isEmpty {
      service.surroundings.log(
        LogEvent(.info, "templates-watch", "templates are looked at every second: \(reason)"))
    }
    let holder = Holder(watch)
    do throws(SystemError) {
      try Thread.spawn(name: "templates") { [self] in
        while true {
          holder.watch.withLock { $0.wait() }
          self(isAsked: false)
        }
      }
    } catch {
      service.surroundings.log(
        LogEvent(.warning, "templates-watch", "templates are not watched: \(error.message)"))
    }
  }

  /// Takes a value that cannot be copied into a thread.
  private final class Holder: Sendable {
    let watch: Mutex<DirectoryWatch>

    init(_ watch: consuming DirectoryWatch) {
      self.watch = Mutex(watch)
    }
  }
}

extension DirectoryWatch {
  /// A watch on all places where templates are or may be; nil where none is wanted.
  static func ofTemplates(_ invocation: Invocation, watch: String) -> DirectoryWatch? {
    if watch == "off" { return nil }
    return DirectoryWatch(Snapshot.templatePlaces(invocation), polls: watch == "poll") {
      $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
    }
  }
}
