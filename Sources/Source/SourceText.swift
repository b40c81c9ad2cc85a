/// A text as it was received: bytes, valid UTF-8 or not.
///
/// Everything that speaks of a place in it does so with a ``ByteRange``.
package struct SourceText: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package init(_ string: String) {
    self.bytes = Array(string.utf8)
  }

  package var count: Int { bytes.count }
  package var range: ByteRange { ByteRange(0, bytes.count) }

  /// The text of a range, with U+FFFD for what is not UTF-8. Bytes outside the text are left out.
  package func string(in range: ByteRange) -> String {
    let start = min(range.start, bytes.count)
    let end = min(range.end, bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Whether a few bytes that are not empty stand anywhere.
  ///
  /// Complexity: the length of the text times that of `string`.
  package func contains(_ string: String) -> Bool {
    guard let first = string.utf8.first else { return true }
    var rest = bytes[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: string.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  /// Whether a range holds that text and nothing else but the quotes around it.
  package func spells(_ string: String, in range: ByteRange) -> Bool {
    let start = min(range.start, bytes.count)
    let written = bytes[start..<max(start, min(range.end, bytes.count))]
    if written.elementsEqual(string.utf8) { return true }
    guard let quote = written.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else {
      return false
    }
    return written.dropFirst().dropLast().elementsEqual(string.utf8)
  }

  /// The whole text, with U+FFFD for what is not UTF-8.
  package var string: String { string(in: range) }
}
