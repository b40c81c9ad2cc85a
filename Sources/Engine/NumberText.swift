/// The text of one number that is not very long, in room of its own.
struct NumberText {
  /// `-0.`, eleven zeros and 17 digits are the most.
  static let lengthMax = 32

  /// From the last byte to the first.
  private var bytes = InlineArray<32, UInt8>(repeating: 0x30)
  private var start = Self.lengthMax

  /// Whether ``set(_:)-(Double)`` takes a value: whole numbers below 2^53, and what has a fraction and is not very small.
  static func isShort(_ value: Double) -> Bool {
    let magnitude = value.magnitude
    return ShortestDecimal.range.contains(magnitude) || magnitude == 0
  }

  mutating func set(_ number: UInt64) {
    start = Self.lengthMax
    put(number)
  }

  /// - Returns: false where the value is not short, and nothing was written.
  mutating func set(_ value: Double) -> Bool {
    guard Self.isShort(value) else { return false }
    let magnitude = value.magnitude
    let whole = UInt64(magnitude)
    start = Self.lengthMax
    if Double(whole) == magnitude {
      put(whole)
    } else {
      let decimal = ShortestDecimal(magnitude)
      var rest = decimal.digits
      for _ in 0..<decimal.places { rest = putDigit(of: rest) }
      put(0x2E as UInt8)
      // The digits before the point.
      put(rest)
    }
    if value.sign == .minus { put(0x2D as UInt8) }
    return true
  }

  func append(to room: inout OutputSpan<UInt8>) {
    for place in start..<Self.lengthMax { room.append(bytes[place]) }
  }

  private mutating func put(_ number: UInt64) {
    var rest = number
    repeat { rest = putDigit(of: rest) } while rest > 0
  }

  private mutating func putDigit(of number: UInt64) -> UInt64 {
    let (rest, digit) = number.quotientAndRemainder(dividingBy: 10)
    put(0x30 &+ UInt8(truncatingIfNeeded: digit))
    return rest
  }

  private mutating func put(_ byte: UInt8) {
    start &-= 1
    bytes[start] = byte
  }
}
