extension UInt8 {
  /// s-white [33]
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// b-char [26]
  @inline(__always) var isBreak: Bool { self == 0x0A || self == 0x0D }

  /// c-flow-indicator [23]
  @inline(__always) var isFlowIndicator: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Whether a UTF-8 sequence goes on with this byte.
  @inline(__always) var isContinuation: Bool { self & 0xC0 == 0x80 }
}

extension Span<UInt8> {
  /// The byte at `offset`, or 0 past the end; whoever cares for a NUL in the text compares with `count`.
  @inline(__always) func byte(at offset: Int) -> UInt8 {
    offset < count ? self[offset] : 0
  }

  /// Whether a blank, a break or the end of the text stands at `offset`.
  @inline(__always) func isSeparator(at offset: Int) -> Bool {
    guard offset < count else { return true }
    let byte = self[offset]
    return byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Whether a break or the end of the text stands at `offset`.
  @inline(__always) func isLineEnd(at offset: Int) -> Bool {
    guard offset < count else { return true }
    return self[offset].isBreak
  }

  /// Whether a `#` at `offset` starts a comment: nothing or a blank is before it (YAML 1.2.2 section 6.6).
  @inline(__always) func startsComment(at offset: Int) -> Bool {
    guard byte(at: offset) == UInt8(ascii: "#") else { return false }
    if offset == 0 { return true }
    let before = self[offset - 1]
    return before.isBlank || before.isBreak || isByteOrderMark(at: offset - 3)
  }

  @inline(__always) func skippingBlanks(from offset: Int) -> Int {
    var offset = offset
    while offset < count, self[offset].isBlank { offset += 1 }
    return offset
  }

  /// The offset of the next break, or the end of the text.
  @inline(__always) func lineEnd(from offset: Int) -> Int {
    var offset = offset
    while offset < count, !self[offset].isBreak { offset += 1 }
    return offset
  }

  /// The offset after the break at `offset`, which may be CR LF; `offset` itself at the end of the text.
  @inline(__always) func skippingBreak(from offset: Int) -> Int {
    guard offset < count else { return offset }
    if self[offset] == 0x0D, byte(at: offset + 1) == 0x0A { return offset + 2 }
    return self[offset].isBreak ? offset + 1 : offset
  }

  /// `offset` moved back over blanks, not before `start`.
  @inline(__always) func droppingBlanks(before offset: Int, notBefore start: Int) -> Int {
    var offset = offset
    while offset > start, self[offset - 1].isBlank { offset -= 1 }
    return offset
  }

  /// c-directives-end [203] or c-document-end [204], `lineStart` being the start of a line; nil if neither.
  @inline(__always) func documentMarker(at lineStart: Int) -> UInt8? {
    let first = byte(at: lineStart)
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: ".") else { return nil }
    guard byte(at: lineStart + 1) == first, byte(at: lineStart + 2) == first else { return nil }
    return isSeparator(at: lineStart + 3) ? first : nil
  }

  /// c-byte-order-mark [3]
  @inline(__always) func isByteOrderMark(at offset: Int) -> Bool {
    offset >= 0 && byte(at: offset) == 0xEF && byte(at: offset + 1) == 0xBB
      && byte(at: offset + 2) == 0xBF
  }
}
