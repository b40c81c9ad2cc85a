/// A text cut into what stands as it is and what refers to parameters.
///
/// `${name}` refers; `$${` is a literal `${`. The text is read once, left to right, and values are never read again.
/// Source: docs/reference/template.md, "References".
package struct ReferenceText: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case literal(String)
    /// What stands between the braces, valid name or not.
    case reference(String)
    /// `${` without a `}` on the same line.
    case unclosed
  }

  package let segments: [Segment]

  /// - Returns: nil where the text holds neither a reference nor an escape, which is the usual case.
  package init?(_ text: String) {
    guard ReferenceText.holdsDollar(text.utf8.span) else { return nil }
    let bytes = Array(text.utf8)
    guard let first = ReferenceText.opening(in: bytes, from: 0) else { return nil }
    var segments: [Segment] = []
    var literal = bytes[..<first]
    func flush() {
      if !literal.isEmpty { segments.append(.literal(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    var offset = first
    // The end of the search that began last: one search serves every `${` before it, or many would make the work square.
    var end = first
    while offset < bytes.count {
      if bytes[offset...].starts(with: "$${".utf8) {
        literal += "${".utf8
        offset += 3
      } else if bytes[offset...].starts(with: "${".utf8) {
        flush()
        if end < offset + 2 {
          end = bytes[(offset + 2)...].firstIndex { $0 == 0x7D || $0 == 0x0A } ?? bytes.count
        }
        if end < bytes.count, bytes[end] == 0x7D {
          segments.append(.reference(String(decoding: bytes[(offset + 2)..<end], as: UTF8.self)))
          offset = end + 1
        } else {
          segments.append(.unclosed)
          offset += 2
        }
      } else {
        let next = ReferenceText.opening(in: bytes, from: offset + 1) ?? bytes.count
        literal += bytes[offset..<next]
        offset = next
      }
    }
    flush()
    self.segments = segments
  }

  /// The name, if the text is one reference and nothing else.
  package var whole: String? {
    if segments.count == 1, case .reference(let name) = segments[0] { name } else { nil }
  }

  /// The literal pieces together.
  var literal: String {
    var result = ""
    for case .literal(let literal) in segments { result += literal }
    return result
  }

  private static func holdsDollar(_ bytes: Span<UInt8>) -> Bool {
    for offset in bytes.indices where bytes[offset] == 0x24 { return true }
    return false
  }

  /// The first `$` from `start` on that begins `${` or `$${`.
  private static func opening(in bytes: [UInt8], from start: Int) -> Int? {
    var offset = start
    while offset + 1 < bytes.count {
      if bytes[offset] == 0x24 {
        if bytes[offset + 1] == 0x7B { return offset }
        if offset + 2 < bytes.count, bytes[offset + 1] == 0x24, bytes[offset + 2] == 0x7B {
          return offset
        }
      }
      offset += 1
    }
    return nil
  }

  /// Where the `${` of the references stand in the bytes of a scalar as it is written, in order.
  ///
  /// The names between the braces follow directly. A scalar that hides a `$` or a brace behind an escape has fewer.
  package static func places(in bytes: ArraySlice<UInt8>) -> [Int] {
    let bytes = Array(bytes)
    var places: [Int] = []
    var offset = 0
    while let found = opening(in: bytes, from: offset) {
      if bytes[found + 1] == 0x24 {
        offset = found + 3
      } else {
        places.append(found)
        offset = found + 2
      }
    }
    return places
  }
}
