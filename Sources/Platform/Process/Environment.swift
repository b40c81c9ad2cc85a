import Glibc

/// What the process was started with, and who it is. Nothing here changes while it runs.
package enum Environment {
  /// The value of a variable; nil where it is not set. An empty value is a value.
  package static func value(of name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  /// The command line, the program's name first.
  package static var arguments: [String] { CommandLine.arguments }

  /// The file that runs, all links followed; nil where `/proc` is missing.
  package static var executablePath: String? {
    guard let path = try? FileSystem.linkTarget("/proc/self/exe") else { return nil }
    // The kernel says so when the file was replaced by an update; what stands beside it is still there.
    let mark = " (deleted)"
    guard path.hasSuffix(mark), !FileSystem.exists(path) else { return path }
    return String(path.dropLast(mark.count))
  }

  /// The number of a user whom the system knows by name; nil where it knows none.
  package static func userID(named name: String) -> UInt32? {
    guard !name.utf8.contains(0) else { return nil }
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    var room = [CChar](repeating: 0, count: 16_384)
    let code = unsafe getpwnam_r(name, &entry, &room, room.count, &found)
    guard code == 0, unsafe found != nil else { return nil }
    return unsafe entry.pw_uid
  }

  /// The effective user.
  package static var userID: UInt32 { geteuid() }

  package static var processID: Int32 { getpid() }

  /// The process that started this one; it changes when that one ends.
  package static var parentProcessID: Int32 { getppid() }
}
