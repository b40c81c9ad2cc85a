/// Lines of a log that wait to be written. What finds no room is counted.
package struct LogBuffer: Sendable {
  private var lines: [UInt8] = []
  private var omittedCount = 0
  private let lengthMax: Int

  /// - Parameter lengthMax: most bytes that wait.
  package init(lengthMax: Int) {
    self.lengthMax = lengthMax
  }

  package var isEmpty: Bool { lines.isEmpty }

  /// - Returns: false for a line that finds no room; it is left out.
  package mutating func add(_ line: [UInt8]) -> Bool {
    guard line.count <= lengthMax - lines.count else {
      omittedCount += 1
      return false
    }
    lines += line
    return true
  }

  /// Counts lines that were taken and could not be written.
  package mutating func addOmitted(_ count: Int) {
    omittedCount += count
  }

  /// Takes all that waits, and how many lines were left out meanwhile.
  package mutating func take() -> (lines: [UInt8], omittedCount: Int) {
    let taken = (lines, omittedCount)
    lines = []
    omittedCount = 0
    return taken
  }
}
