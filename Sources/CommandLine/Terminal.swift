package import Platform

/// The standard streams as a command uses them: results to stdout, everything else to stderr.
package enum Terminal {
  /// Whether stderr shows colours.
  package static var hasColor: Bool { hasColor(.error) }

  /// Whether a stream shows colours: a terminal, and `NO_COLOR` not set (https://no-color.org).
  package static func hasColor(_ stream: StandardStream) -> Bool {
    stream.isTerminal && (Environment.value(of: "NO_COLOR") ?? "").isEmpty
      && Environment.value(of: "TERM") != "dumb"
  }

  package static func output(_ bytes: [UInt8]) throws(Stop) {
    do throws(SystemError) {
      try StandardStream.output.writeAll(bytes.span)
    } catch {
      // A reader that has seen enough, such as `head`, is no failure worth a message.
      throw error.isBrokenPipe
        ? Stop(status: .refused, message: "") : .refused("stdout: \(error.message)")
    }
  }

  package static func output(_ text: String) throws(Stop) {
    try output(Array(text.utf8))
  }

  /// Writes a line to stderr. Where nobody reads it, nothing can be done about that.
  package static func notice(_ line: String) {
    try? StandardStream.error.writeAll(Array((line + "\n").utf8).span)
  }
}
