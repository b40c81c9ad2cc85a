import Glibc

/// Another process, known by its number and the moment it started: a later one with the same number is another.
package struct ProcessWatch: Sendable {
  package let processID: Int32
  private let start: [UInt8]

  /// Returns nil where no such process lives, or none that is visible from this container.
  package init?(processID: Int32) {
    guard let start = Self.start(of: processID) else { return nil }
    self.processID = processID
    self.start = start
  }

  /// Whether the process still runs.
  package var isAlive: Bool { Self.start(of: processID) == start }

  /// Whether a process with this number runs; one that has ended and waits for its parent does not.
  package static func isAlive(_ processID: Int32) -> Bool { start(of: processID) != nil }

  /// The start time of a running process, as `/proc` spells it; empty where `/proc` does not tell.
  private static func start(of processID: Int32) -> [UInt8]? {
    // Zero and below name groups of processes.
    guard processID > 0 else { return nil }
    guard kill(processID, 0) == 0 || errno == EPERM else { return nil }
    guard let line = try? FileSystem.readFile("/proc/\(processID)/stat", lengthMax: 8192) else {
      return []
    }
    // proc_pid_stat(5): the name may hold blanks and parentheses, so fields count from the last parenthesis. State is
    // field 3, start time field 22.
    guard let nameEnd = line.lastIndex(of: UInt8(ascii: ")")) else { return [] }
    let fields = line[nameEnd...].split(separator: UInt8(ascii: " "))
    guard fields.count > 20 else { return [] }
    let ended = [UInt8(ascii: "Z"), UInt8(ascii: "X")]
    return fields[1].first.map(ended.contains) == true ? nil : Array(fields[20])
  }
}
