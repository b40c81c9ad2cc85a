/// Finds the end of a number.
enum NumberScan {
  enum Outcome {
    /// Ends before `end`.
    case number(end: Int)
    /// No number can go on with the byte at `at`.
    case malformed(at: Int)
  }

  /// `number = [ minus ] int [ frac ] [ exp ]`, RFC 8259 section 6. What follows the number is not looked at.
  @inline(__always)
  static func scan(_ bytes: Span<UInt8>, from start: Int) -> Outcome {
    var offset = start
    if offset < bytes.count, bytes[offset] == Byte.minus { offset += 1 }

    guard offset < bytes.count, Byte.isDigit(bytes[offset]) else { return .malformed(at: offset) }
    if bytes[offset] == Byte.zero {
      offset += 1
      // "01" would be two numbers, or one with a leading zero: neither is JSON.
      if offset < bytes.count, Byte.isDigit(bytes[offset]) { return .malformed(at: offset) }
    } else {
      offset = digitsEnd(bytes, from: offset)
    }

    if offset < bytes.count, bytes[offset] == Byte.point {
      let end = digitsEnd(bytes, from: offset + 1)
      guard end > offset + 1 else { return .malformed(at: end) }
      offset = end
    }

    if offset < bytes.count, bytes[offset] | 0x20 == 0x65 {  // e or E
      offset += 1
      if offset < bytes.count, bytes[offset] == Byte.plus || bytes[offset] == Byte.minus {
        offset += 1
      }
      let end = digitsEnd(bytes, from: offset)
      guard end > offset else { return .malformed(at: end) }
      offset = end
    }
    return .number(end: offset)
  }

  @inline(__always)
  private static func digitsEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, Byte.isDigit(bytes[offset]) { offset += 1 }
    return offset
  }
}
