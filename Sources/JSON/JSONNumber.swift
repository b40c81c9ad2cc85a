/// A number exactly as it was written.
///
/// No double stands between reading and writing: `9007199254740993`, `1.0` and `1e400` leave as they came. Two numbers
/// are equal if they are spelled alike; whoever means the value asks for ``integer`` or ``double``.
///
/// Source: RFC 8259, section 6.
package struct JSONNumber: Hashable, Sendable {
  /// Matches `number` of RFC 8259, so it is ASCII.
  package let spelling: String

  package init(_ integer: Int) {
    spelling = String(integer)
  }

  /// The shortest digits that read back as `double`, in the form of ECMAScript: `1`, `0.1`, `1e+21`; -0 is `0`.
  ///
  /// - Returns: nil for NaN and the infinities, which JSON cannot hold.
  package init?(_ double: Double) {
    guard let spelling = ECMAScriptNumber.spelling(of: double) else { return nil }
    self.spelling = spelling
  }

  /// - Returns: nil if `spelling` is not a number of RFC 8259, to the last byte.
  package init?(spelling: String) {
    let bytes = spelling.utf8.span
    guard case .number(let end) = NumberScan.scan(bytes, from: 0), end == bytes.count else {
      return nil
    }
    self.spelling = spelling
  }

  /// For a parser that has matched the production.
  init(scanned spelling: String) {
    self.spelling = spelling
  }

  /// The exact value if it is whole and an `Int` can hold it: 100 for `1e2`, 12 for `12.0`, 0 for `-0`.
  ///
  /// Complexity: O(length of the spelling), whatever the exponent says.
  package var integer: Int? {
    let bytes = spelling.utf8.span
    let negative = bytes[0] == Byte.minus
    let digitsStart = negative ? 1 : 0

    var fractionCount = 0  // digits after the point
    var exponent = 0
    var lastNonZero = -1  // place of the last digit that counts
    var trailingZeros = 0  // digits after it
    var inFraction = false
    var offset = digitsStart
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == Byte.point {
        inFraction = true
      } else if Byte.isDigit(byte) {
        if inFraction { fractionCount += 1 }
        if byte == Byte.zero {
          trailingZeros += 1
        } else {
          lastNonZero = offset
          trailingZeros = 0
        }
      } else {
        exponent = Self.exponent(bytes, from: offset + 1)
        break
      }
      offset += 1
    }
    guard lastNonZero >= 0 else { return 0 }

    // The value is the digits up to the last that counts, times ten to this power.
    var power = exponent - fractionCount + trailingZeros
    guard power >= 0, power < 19 else { return nil }
    var value = 0  // negative, because Int.min has no positive twin
    for place in digitsStart...lastNonZero where bytes[place] != Byte.point {
      guard Self.shift(&value, adding: Int(bytes[place] - Byte.zero)) else { return nil }
    }
    while power > 0 {
      guard Self.shift(&value, adding: 0) else { return nil }
      power -= 1
    }
    if negative { return value }
    return value == Int.min ? nil : -value
  }

  /// The nearest double, which is 0 for `1e-999`.
  ///
  /// - Returns: nil if the value is beyond the greatest finite double.
  package var double: Double? {
    guard let value = Double(spelling), value.isFinite else { return nil }
    return value
  }

  /// Appends a decimal digit to a number at or below zero. Returns false if `Int` cannot hold the result.
  private static func shift(_ value: inout Int, adding digit: Int) -> Bool {
    let (tens, tensOverflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, sumOverflow) = tens.subtractingReportingOverflow(digit)
    value = sum
    return !tensOverflow && !sumOverflow
  }

  /// Beyond every digit count that fits in memory, so that a saturated exponent still compares rightly.
  private static let exponentMax = 1 << 60

  private static func exponent(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var value = 0
    var negative = false
    for offset in start..<bytes.count {
      let byte = bytes[offset]
      if byte == Byte.minus {
        negative = true
      } else if Byte.isDigit(byte) {
        value = value >= exponentMax / 16 ? exponentMax : value * 10 + Int(byte - Byte.zero)
      }
    }
    return negative ? -value : value
  }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) {
    self.init(value)
  }
}
