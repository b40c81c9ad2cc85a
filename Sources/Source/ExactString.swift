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
    left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
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
