import Source

/// Which bytes a text may hold (YAML 1.2.2 sections 5.1 and 5.2).
enum Encoding {
  /// A byte order mark, or its absence, that shows UTF-16 or UTF-32 (the table of section 5.2).
  static func wideBOM(_ text: Span<UInt8>) -> (name: String, length: Int)? {
    let first = (text.byte(at: 0), text.byte(at: 1))
    let second = (text.byte(at: 2), text.byte(at: 3))
    guard text.count >= 2 else { return nil }
    if text.count >= 4 {
      if first == (0, 0), second == (0xFE, 0xFF) { return ("UTF-32 (big-endian)", 4) }
      if first == (0xFF, 0xFE), second == (0, 0) { return ("UTF-32 (little-endian)", 4) }
      if first == (0, 0), second.0 == 0, second.1 != 0 { return ("UTF-32 (big-endian)", 4) }
      if first.0 != 0, first.1 == 0, second == (0, 0) { return ("UTF-32 (little-endian)", 4) }
    }
    if first == (0xFE, 0xFF) { return ("UTF-16 (big-endian)", 2) }
    if first == (0xFF, 0xFE) { return ("UTF-16 (little-endian)", 2) }
    if first.0 == 0, first.1 != 0 { return ("UTF-16 (big-endian)", 2) }
    if first.0 != 0, first.1 == 0 { return ("UTF-16 (little-endian)", 2) }
    return nil
  }

  /// What is wrong with a character.
  enum Fault {
    /// Not UTF-8.
    case malformed
    /// Never allowed: c-printable [1] and nb-json [2] both leave it out.
    case forbidden
    /// Allowed in quoted scalars only: nb-json has it, c-printable has not.
    case unprintable
    /// A byte order mark; allowed in quoted scalars and where a document may start.
    case byteOrderMark
  }

  /// The first fault at or after `start`, and its length in bytes.
  static func nextFault(_ text: Span<UInt8>, from start: Int) -> (Fault, offset: Int, length: Int)?
  {
    var offset = start
    while offset < text.count {
      let byte = text[offset]
      if byte >= 0x20, byte < 0x7F {
        offset += 1
        continue
      }
      if byte == 0x0A || byte == 0x09 || byte == 0x0D {
        offset += 1
        continue
      }
      if byte < 0x20 { return (.forbidden, offset, 1) }
      if byte == 0x7F { return (.unprintable, offset, 1) }
      let length = sequenceLength(text, offset)
      if length == 0 { return (.malformed, offset, malformedLength(text, offset)) }
      if length == 2, byte == 0xC2, text[offset + 1] < 0xA0, text[offset + 1] != 0x85 {
        return (.unprintable, offset, 2)
      }
      if length == 3, byte == 0xEF {
        if text.isByteOrderMark(at: offset) { return (.byteOrderMark, offset, 3) }
        if text[offset + 1] == 0xBF, text[offset + 2] >= 0xBE { return (.unprintable, offset, 3) }
      }
      offset += length
    }
    return nil
  }

  /// The length of the well-formed sequence of two to four bytes at `offset`, or 0 (Unicode table 3-7).
  private static func sequenceLength(_ text: Span<UInt8>, _ offset: Int) -> Int {
    let byte = text[offset]
    let second = text.byte(at: offset + 1)
    switch byte {
    case 0xC2...0xDF:
      return second.isContinuation ? 2 : 0
    case 0xE0...0xEF:
      guard second.isContinuation, text.byte(at: offset + 2).isContinuation else { return 0 }
      if byte == 0xE0, second < 0xA0 { return 0 }
      if byte == 0xED, second > 0x9F { return 0 }
      return 3
    case 0xF0...0xF4:
      guard second.isContinuation, text.byte(at: offset + 2).isContinuation,
        text.byte(at: offset + 3).isContinuation
      else { return 0 }
      if byte == 0xF0, second < 0x90 { return 0 }
      if byte == 0xF4, second > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }

  /// The run of bytes from `offset` that belong to no sequence.
  private static func malformedLength(_ text: Span<UInt8>, _ offset: Int) -> Int {
    var end = offset + 1
    while end < text.count, text[end] >= 0x80, sequenceLength(text, end) == 0 { end += 1 }
    return end - offset
  }

  /// Whether every byte is printable ASCII, a tab or a break, which needs no closer look.
  static func isPlain(_ text: Span<UInt8>) -> Bool {
    var offset = 0
    while offset < text.count {
      let end = min(offset + 256, text.count)
      var isOther: UInt8 = 0
      while offset < end {
        let byte = text[offset]
        // Above 0x7E, or below 0x20 and none of 0x09, 0x0A, 0x0D.
        isOther |= byte > 0x7E ? 1 : 0
        isOther |= (byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09) ? 1 : 0
        offset += 1
      }
      if isOther != 0 { return false }
    }
    return true
  }
}

extension Parser {
  /// Reports what may not stand in a text, except where a quoted scalar allows it.
  ///
  /// Leaves are in the order of the text, so that both go forward together.
  mutating func checkEncoding(_ text: Span<UInt8>) {
    guard !Encoding.isPlain(text) else { return }
    var offset = 0
    var index = 0
    while let (fault, start, length) = Encoding.nextFault(text, from: offset) {
      offset = start + length
      if diagnostics.count > limits.diagnosticCountMax {
        if fault == .malformed || fault == .forbidden { skip(start, offset) }
        continue
      }
      switch fault {
      case .malformed:
        skip(start, offset)
        report(.yamlEncoding, at: start, offset, "these bytes are not UTF-8")
      case .forbidden:
        skip(start, offset)
        report(
          .yamlEncoding, at: start, offset,
          "the control character \(Self.name(text[start])) is not allowed; write it as an escape in double quotes"
        )
      case .unprintable, .byteOrderMark:
        while index < records.count,
          records[index].kind.isCollection || Int(records[index].end) <= start
        {
          index += 1
        }
        if index < records.count, records[index].kind.isQuoted, Int(records[index].start) <= start {
          continue
        }
        if fault == .byteOrderMark {
          if documentStarts.contains(offset) { continue }
          report(
            .yamlEncoding, at: start, offset,
            "a byte order mark is allowed only at the start of a document; remove it",
            fixIts: [FixIt("remove the byte order mark", [TextEdit(ByteRange(start, offset), "")])])
        } else {
          report(
            .yamlEncoding, at: start, offset,
            "this control character is not allowed outside quotes; write it as an escape in double quotes"
          )
        }
      }
    }
  }

  private static func name(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "U+00" + (digits.utf8.count == 1 ? "0" + digits : digits)
  }
}
