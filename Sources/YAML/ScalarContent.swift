/// What a scalar says: its text after unfolding, unescaping and chomping.
struct ScalarContent {
  private let record: Record

  init(_ record: Record) {
    self.record = record
  }

  /// The run of the text that is the content as it stands, or nil where it must be worked out.
  var verbatim: Range<Int>? {
    guard record.isVerbatim else { return nil }
    switch record.kind {
    case .plain: return record.range
    case .singleQuoted, .doubleQuoted: return Int(record.start) + 1..<Int(record.end) - 1
    default: return nil
    }
  }

  /// The content in UTF-8, or what the text has in its place.
  func bytes(in text: Span<UInt8>) -> [UInt8] {
    if let verbatim {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(verbatim.count)
      for offset in verbatim { bytes.append(text[offset]) }
      return bytes
    }
    switch record.kind {
    case .plain: return flow(text, record.range, quote: nil)
    case .singleQuoted, .doubleQuoted:
      let end = record.isUnclosed ? Int(record.end) : Int(record.end) - 1
      return flow(text, Int(record.start) + 1..<end, quote: text[Int(record.start)])
    case .literal, .folded: return block(text)
    default: return []
    }
  }

  /// s-flow-folded(n) [74], nb-double-multi-line [116], nb-single-multi-line [125], ns-plain-multi-line [135]
  private func flow(_ text: Span<UInt8>, _ range: Range<Int>, quote: UInt8?) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    // Where the blanks start that a break would drop; those made by escapes stay.
    var solidCount = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      if byte.isBreak {
        bytes.removeLast(bytes.count - solidCount)
        offset = fold(text, from: offset, to: range.upperBound, into: &bytes, isEscaped: false)
        solidCount = bytes.count
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if offset + 1 < range.upperBound, text[offset + 1].isBreak {
          offset = fold(text, from: offset + 1, to: range.upperBound, into: &bytes, isEscaped: true)
        } else {
          offset = escape(text, offset, to: range.upperBound, into: &bytes)
        }
        solidCount = bytes.count
      } else {
        if byte == UInt8(ascii: "'"), quote == byte, offset + 1 < range.upperBound,
          text[offset + 1] == byte
        {
          offset += 1
        }
        bytes.append(byte)
        offset += 1
        if !byte.isBlank { solidCount = bytes.count }
      }
    }
    return bytes
  }

  /// b-l-folded [73]: one break is a space, each further one a line feed. An escaped first one is nothing.
  ///
  /// - Returns: the offset of the first content of the next line.
  private func fold(
    _ text: Span<UInt8>, from start: Int, to end: Int, into bytes: inout [UInt8], isEscaped: Bool
  ) -> Int {
    var offset = start
    var count = 0
    while offset < end, text[offset].isBreak {
      offset = min(text.skippingBreak(from: offset), end)
      count += 1
      while offset < end, text[offset].isBlank { offset += 1 }
    }
    if count == 1 {
      if !isEscaped { bytes.append(0x20) }
    } else {
      for _ in 1..<count { bytes.append(0x0A) }
    }
    return offset
  }

  /// The escapes of one letter (YAML 1.2.2 section 5.7), of which `N`, `_`, `L` and `P` are not ASCII.
  static func isSimpleEscape(_ byte: UInt8) -> Bool { simpleEscape(byte) != nil }

  private static func simpleEscape(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0"): 0x00
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"), 0x09: 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "v"): 0x0B
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "e"): 0x1B
    case UInt8(ascii: " "): 0x20
    case UInt8(ascii: "\""): 0x22
    case UInt8(ascii: "/"): 0x2F
    case UInt8(ascii: "\\"): 0x5C
    case UInt8(ascii: "N"): 0x85
    case UInt8(ascii: "_"): 0xA0
    case UInt8(ascii: "L"): 0x2028
    case UInt8(ascii: "P"): 0x2029
    default: nil
    }
  }

  /// Appends what an escape stands for. An unknown one stands for itself, a surrogate pair for its character, a lone
  /// surrogate for U+FFFD.
  func escape(
    _ text: Span<UInt8>, _ start: Int, to end: Int, into bytes: inout [UInt8]
  ) -> Int {
    guard start + 1 < end else {
      bytes.append(text[start])
      return start + 1
    }
    let letter = text[start + 1]
    if let value = Self.simpleEscape(letter) {
      append(value, to: &bytes)
      return start + 2
    }
    guard let (value, next) = number(text, start, end) else {
      bytes.append(text[start])
      return start + 1
    }
    if (0xD800...0xDBFF).contains(value), let (low, after) = number(text, next, end),
      (0xDC00...0xDFFF).contains(low)
    {
      append(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00), to: &bytes)
      return after
    }
    append(value, to: &bytes)
    return next
  }

  /// The value of `\xHH`, `\uHHHH` or `\UHHHHHHHH` and the offset after it.
  private func number(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> (UInt32, Int)? {
    guard start + 1 < end, text[start] == UInt8(ascii: "\\") else { return nil }
    let digits: Int
    switch text[start + 1] {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: return nil
    }
    var value: UInt32 = 0
    for offset in start + 2..<start + 2 + digits {
      guard offset < end, let digit = text[offset].hexValue else { return nil }
      value = value << 4 | digit
    }
    return (value, start + 2 + digits)
  }

  private func append(_ value: UInt32, to bytes: inout [UInt8]) {
    if value < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value))
    } else {
      bytes.append(contentsOf: String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    }
  }

  /// l-literal-content [173] or l-folded-content [182]
  private func block(_ text: Span<UInt8>) -> [UInt8] {
    let end = Int(record.end)
    let header = text.lineEnd(from: Int(record.start))
    let start = text.skippingBreak(from: header)
    // No line of its own: the header ends the record.
    guard start <= end, start > header else { return [] }
    let indent = Int(record.link)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end - start + 1)
    var offset = start
    // Breaks since the last text; of a folded scalar whose lines around them are text, the first is a space.
    var breaks = 0
    var hasText = false
    var wasSpaced = false
    while offset <= end {
      let line = offset
      while offset < end, text[offset] == 0x20, offset - line < indent { offset += 1 }
      let lineEnd = min(text.lineEnd(from: offset), end)
      if lineEnd > offset {
        let isSpaced = text[offset].isBlank
        if record.kind == .folded, hasText, !wasSpaced, !isSpaced {
          if breaks == 1 {
            bytes.append(0x20)
          } else {
            for _ in 1..<max(breaks, 1) { bytes.append(0x0A) }
          }
        } else {
          for _ in 0..<breaks { bytes.append(0x0A) }
        }
        breaks = 0
        hasText = true
        wasSpaced = isSpaced
        while offset < lineEnd {
          bytes.append(text[offset])
          offset += 1
        }
      }
      if lineEnd >= end { break }
      breaks += 1
      offset = text.skippingBreak(from: lineEnd)
    }
    // The end of the text ends its last line as a break does, so that a final break changes nothing.
    switch record.chomping {
    case .strip: break
    case .clip: if hasText { bytes.append(0x0A) }
    case .keep: for _ in 0...breaks { bytes.append(0x0A) }
    }
    return bytes
  }
}
