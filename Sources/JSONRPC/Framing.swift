/// How messages are told apart on a byte stream.
package enum Framing: Hashable, Sendable {
  /// One message a line, ended by LF (NDJSON).
  case line
  /// The base protocol of the Language Server Protocol 3.17: `Content-Length: n`, a blank line, n bytes.
  case header

  /// Appends a frame around a body, which has no line break in it where the framing is ``line``.
  package func append(_ body: [UInt8], to output: inout [UInt8]) {
    switch self {
    case .line:
      output.append(contentsOf: body)
      output.append(0x0A)
    case .header:
      output.append(contentsOf: "Content-Length: ".utf8)
      output.append(contentsOf: String(body.count).utf8)
      output.append(contentsOf: "\r\n\r\n".utf8)
      output.append(contentsOf: body)
    }
  }
}
