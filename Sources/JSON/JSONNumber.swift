/// A number exactly as it was written.
///
/// No double stands between reading and writing: `9007199254740993`, `1.0` and `1e400` leave as they came. Two numbers
/// are equal if they are spelled alike; whoever means the value asks for ``integer`` or ``double``.
///
/// Source: RFC 8259, section 6.
package struct JSONNumber: Hashable, Sendable {
  /// A number of few digits without exponent, kept without its text: a value at most for each spelling.
  struct Short: Hashable, Sendable {
    /// All digits as one whole number, with the sign; not a zero with a minus.
    let digits: Int
    /// How many of the digits stand after the point.
    let fractionCount: UInt8

    /// As many as always fit into `digits`.
    static let digitCountMax = 18
    /// 1 followed by 18 zeros: too many digits by one.
    static let digitsBound: UInt = 1_000_000_000_000_000_000
  }

  private enum Form: Hashable, Sendable {
    case short(Short)
    /// Matches `number` of RFC 8259, so it is ASCII.
    case long(String)
  }

  /// One form for each spelling, so that equal forms are equal spellings.
  private let form: Form

  package init(_ integer: Int) {
    form =
      integer.magnitude < Short.digitsBound
      ? .short(Short(digits: integer, fractionCount: 0)) : .long(String(integer))
  }

  /// The shortest digits that read back as `double`, in the form of ECMAScript: `1`, `0.1`, `1e+21`; -0 is `0`.
  ///
  /// - Returns: nil for NaN and the infinities, which JSON cannot hold.
  package init?(_ double: Double) {
    guard let spelling = ECMAScriptNumber.spelling(of: double) else { return nil }
    self.init(spelling: spelling)
  }

  /// - Returns: nil if `spelling` is not a number of RFC 8259, to the last byte.
  package init?(spelling: String) {
    let bytes = spelling.utf8.span
    switch NumberScan.scan(bytes, from: 0) {
    case .short(let short, let end) where end == bytes.count: form = .short(short)
    case .long(let end) where end == bytes.count: form = .long(spelling)
    default: return nil
    }
  }

  /// For a parser that has matched the production.
  @inline(__always)
  init(_ short: Short) {
    form = .short(short)
  }

  /// For a parser that has matched the production and found that it is not short.
  init(long spelling: String) {
    form = .long(spelling)
  }

  /// Matches `number` of RFC 8259, so it is ASCII.
  package var spelling: String {
    switch form {
    case .short(let short):
      let bytes = [UInt8](capacity: short.lengthMax) { room in short.append(to: &room) }
      return String(decoding: bytes, as: UTF8.self)
    case .long(let spelling): return spelling
    }
  }

  package func append(to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: lengthMax) { room in append(to: &room) }
  }

  /// The most bytes that the spelling takes.
  @inline(__always)
  var lengthMax: Int {
    switch form {
    case .short(let short): short.lengthMax
    case .long(let spelling): spelling.utf8.count
    }
  }

  @inline(__always)
  func append(to room: inout OutputSpan<UInt8>) {
    switch form {
    case .short(let short): short.append(to: &room)
    case .long(let spelling): room.append(copying: spelling.utf8.span)
    }
  }

  /// The exact value if it is whole and an `Int` can hold it: 100 for `1e2`, 12 for `12.0`, 0 for `-0`.
  ///
  /// Complexity: O(length of the spelling), whatever the exponent says.
  package var integer: Int? {
    switch form {
    case .short(let short): short.integer
    case .long(let spelling): Self.integer(of: spelling)
    }
  }

  private static func integer(of spelling: String) -> Int? {
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
    if case .short(let short) = form, let value = short.double { return value }
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

extension JSONNumber.Short {
  /// 10 to the `fractionCount`.
  private var scale: Int {
    var scale = 1
    for _ in 0..<fractionCount { scale *= 10 }
    return scale
  }

  fileprivate var integer: Int? {
    if fractionCount == 0 { return digits }
    let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: scale)
    return remainder == 0 ? quotient : nil
  }

  /// - Returns: nil if there are too many digits for one division to give the nearest double.
  fileprivate var double: Double? {
    // Both numbers are exact up to 2^53 and 10^22, and IEEE 754 rounds their quotient once.
    guard digits.magnitude <= 1 << 53 else { return nil }
    return Double(digits) / Double(scale)
  }

  /// A sign, the digits, a zero and a point before them.
  fileprivate var lengthMax: Int {
    // 1234 / 4096 is a little more than the decimal digits of a bit.
    let digitCount = ((UInt.bitWidth - digits.magnitude.leadingZeroBitCount) * 1_234) >> 12 + 1
    return max(digitCount, Int(fractionCount)) + 3
  }

  fileprivate func append(to room: inout OutputSpan<UInt8>) {
    var rest = digits.magnitude
    if fractionCount == 0, rest < 1_000 {
      if digits < 0 { room.append(Byte.minus) }
      if rest >= 100 { room.append(Self.digit(rest / 100)) }
      if rest >= 10 { room.append(Self.digit(rest / 10 % 10)) }
      room.append(Self.digit(rest % 10))
      return
    }
    // From the last byte to the first: digits, a point, and zeros as far as the point asks for them.
    var digitsRoom = InlineArray<21, UInt8>(repeating: Byte.zero)
    var start = digitsRoom.count
    var count = 0
    while rest > 0 || count <= Int(fractionCount) {
      if count == Int(fractionCount), count > 0 {
        start -= 1
        digitsRoom[start] = Byte.point
      }
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      start -= 1
      digitsRoom[start] = Self.digit(digit)
      rest = quotient
      count += 1
    }
    if digits < 0 {
      start -= 1
      digitsRoom[start] = Byte.minus
    }
    room.append(copying: digitsRoom.span.extracting(start..<digitsRoom.count))
  }

  @inline(__always)
  private static func digit(_ value: UInt) -> UInt8 {
    Byte.zero &+ UInt8(truncatingIfNeeded: value)
  }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) {
    self.init(value)
  }
}
