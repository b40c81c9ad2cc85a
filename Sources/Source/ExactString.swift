/// A string that equals another only if their bytes are equal.
///
/// Swift's `String` compares by canonical equivalence, so that two spellings of `é`, or a Kelvin sign and a `K`, are one
/// key. Names in JSON and YAML are compared code point by code point (RFC 8259 section 8.3, YAML 1.2.2 section 3.2.1.3).
package struct ExactString: Hashable, Sendable {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package static func == (left: ExactString, right: ExactString) -> Bool {
    guard left.text.utf8.count == right.text.utf8.count else { return false }
    // Of a few bytes, which the string itself holds, this compares two words. Equal bytes are equivalent, and to ASCII
    // nothing else is in as many bytes.
    guard left.text == right.text else { return false }
    if left.text.utf8Span.isKnownASCII { return true }
    let left = left.text.utf8Span.span
    let right = right.text.utf8Span.span
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  /// Eight bytes at a time: byte by byte the hasher's own work would be most of it.
  package func hash(into hasher: inout Hasher) {
    let bytes = text.utf8Span.span
    var word: UInt64 = 0
    for index in bytes.indices {
      word = word << 8 | UInt64(bytes[index])
      if index % 8 == 7 {
        hasher.combine(word)
        word = 0
      }
    }
    // A byte that is in no text says where it ends.
    hasher.combine(word << 8 | 0xFF)
  }
}

extension ExactString: Comparable {
  /// By UTF-8 bytes, which is the order of code points.
  package static func < (left: ExactString, right: ExactString) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension ExactString: ExpressibleByStringLiteral, CustomStringConvertible {
  package init(stringLiteral value: String) {
    self.init(value)
  }

  package var description: String { text }
}

extension ExactString {
  /// With A to Z in lower case, every other byte as it is.
  package var lowercased: ExactString {
    guard text.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
    let bytes = text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return ExactString(String(decoding: bytes, as: UTF8.self))
  }
}
