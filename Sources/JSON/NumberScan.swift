/// Finds the end of a number, and its value where that is short.
enum NumberScan {
  enum Outcome {
    /// Ends before `end`; ``JSONNumber`` keeps its digits.
    case short(JSONNumber.Short, end: Int)
    /// Ends before `end`: it has an exponent, more digits, or a sign before a zero.
    case long(end: Int)
    /// No number can go on with the byte at `at`.
    case malformed(at: Int)
  }

  /// `number = [ minus ] int [ frac ] [ exp ]`, RFC 8259 section 6. What follows the number is not looked at.
  @inline(__always)
  static func scan(_ bytes: Span<UInt8>, from start: Int) -> Outcome {
    if let found = wholeNumber(bytes, from: start) {
      return .short(found.number, end: start &+ found.count)
    }
    var offset = start
    let isNegative = offset < bytes.count && bytes[offset] == Byte.minus
    if isNegative { offset += 1 }

    let digitsStart = offset
    var digits = 0  // of no use once there are too many
    guard offset < bytes.count, Byte.isDigit(bytes[offset]) else { return .malformed(at: offset) }
    if bytes[offset] == Byte.zero {
      offset += 1
      // "01" would be two numbers, or one with a leading zero: neither is JSON.
      if offset < bytes.count, Byte.isDigit(bytes[offset]) { return .malformed(at: offset) }
    } else {
      skipDigits(bytes, &offset, &digits)
    }
    var count = offset - digitsStart

    var fractionCount = 0
    if offset < bytes.count, bytes[offset] == Byte.point {
      let fractionStart = offset + 1
      offset = fractionStart
      skipDigits(bytes, &offset, &digits)
      fractionCount = offset - fractionStart
      guard fractionCount > 0 else { return .malformed(at: offset) }
      count += fractionCount
    }

    if offset < bytes.count, bytes[offset] | 0x20 == 0x65 {  // e or E
      offset += 1
      if offset < bytes.count, bytes[offset] == Byte.plus || bytes[offset] == Byte.minus {
        offset += 1
      }
      let exponentStart = offset
      skipDigits(bytes, &offset, &digits)
      return offset > exponentStart ? .long(end: offset) : .malformed(at: offset)
    }
    guard count <= JSONNumber.Short.digitCountMax, !(isNegative && digits == 0) else {
      return .long(end: offset)
    }
    let short = JSONNumber.Short(
      digits: isNegative ? -digits : digits, fractionCount: UInt8(fractionCount))
    return .short(short, end: offset)
  }

  /// A number of up to seven digits and nothing else, its length and the byte behind it. nil for others, and near the
  /// end of the text.
  @inline(__always)
  static func wholeNumber(
    _ bytes: Span<UInt8>, from start: Int
  ) -> (number: JSONNumber.Short, count: Int, next: UInt8)? {
    guard bytes.count &- start >= EightBytes.count else { return nil }
    let eight = EightBytes(bytes, at: start)
    let count = eight.digitCount
    guard count > 0, count < EightBytes.count else { return nil }
    let next = UInt8(truncatingIfNeeded: eight.word &>> UInt64(truncatingIfNeeded: 8 &* count))
    guard next != Byte.point, next | 0x20 != 0x65 else { return nil }
    let first = UInt8(truncatingIfNeeded: eight.word)
    guard first != Byte.zero || count == 1 else { return nil }
    return (JSONNumber.Short(digits: eight.decimal(count: count), fractionCount: 0), count, next)
  }

  @inline(__always)
  private static func skipDigits(_ bytes: Span<UInt8>, _ offset: inout Int, _ digits: inout Int) {
    while bytes.count &- offset >= EightBytes.count {
      let eight = EightBytes(bytes, at: offset)
      let count = eight.digitCount
      guard count > 0 else { return }
      digits = digits &* powerOfTen(count) &+ eight.decimal(count: count)
      offset &+= count
      if count < EightBytes.count { return }
    }
    while offset < bytes.count, Byte.isDigit(bytes[offset]) {
      digits = digits &* 10 &+ Int(bytes[offset] &- Byte.zero)
      offset += 1
    }
  }

  @inline(__always)
  private static func powerOfTen(_ exponent: Int) -> Int {
    switch exponent {
    case 1: 10
    case 2: 100
    case 3: 1_000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    default: 100_000_000
    }
  }
}
