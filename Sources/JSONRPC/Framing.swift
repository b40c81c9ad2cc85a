import JSON

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
      output.append(contentsOf: Self.lengthName)
      JSONValue.number(JSONNumber(body.count)).append(to: &output)
      output.append(contentsOf: Self.headerEnd)
      output.append(contentsOf: body)
    }
  }

  private static let lengthName = Array("Content-Length: ".utf8)
  private static let headerEnd = Array("\r\n\r\n".utf8)
}
