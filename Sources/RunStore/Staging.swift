import Platform

/// The directory in which one process writes runs aside, locked while the process lives.
///
/// Whoever finds it without a lock knows that nobody will finish what is in it.
final class Staging: Sendable {
  static let prefix = ".flowtime-stage-"

  let path: String
  private let lock: HeldLock

  init(in directory: String) throws(SystemError) {
    var attempts = 0
    while true {
      let path =
        directory + "/" + Self.prefix + String(UInt64.random(in: 0 ... .max), radix: 36)
      try FileSystem.makeNewDirectory(path)
      // Another process may have taken it for a leftover before it was locked.
      do throws(SystemError) {
        if let lock = try HeldLock.onDirectory(path) {
          self.path = path
          self.lock = lock
          return
        }
      } catch let error where error.isNotFound && attempts < 16 {}
      attempts += 1
      if attempts > 16 { throw SystemError(call: "lock", path: path, code: 11) }
    }
  }

  deinit {
    try? FileSystem.removeTree(path)
  }

  /// Removes what dead processes left in a directory.
  static func clear(_ directory: String, _ names: [String]) throws(SystemError) {
    for name in names where name.hasPrefix(prefix) {
      let path = directory + "/" + name
      guard FileSystem.kind(path) == .directory else { continue }
      do throws(SystemError) {
        guard let lock = try HeldLock.onDirectory(path) else { continue }
        try FileSystem.removeTree(path)
        _ = consume lock
      } catch let error where error.isNotFound {}
    }
  }
}
