/// The text of a number that is not very long, written into room that is there.
enum NumberText {
  /// `-0.`, eleven zeros and 17 digits are the most.
  static let lengthMax = 31

  /// Whether a value is written: whole numbers below 2^53, and what has a fraction and is not very small.
  static func isShort(_ value: Double) -> Bool {
    let magnitude = value.magnitude
    return ShortestDecimal.range.contains(magnitude) || magnitude == 0
  }

  /// - Parameter end: Where to begin, and afterwards where the number ends.
  static func put(_ number: UInt64, _ room: inout MutableSpan<UInt8>, _ end: inout Int) {
    end &+= digitCount(number)
    put(number, &room, before: end)
  }

  /// - Returns: false where the value is not short, and nothing was written.
  static func put(_ value: Double, _ room: inout MutableSpan<UInt8>, _ end: inout Int) -> Bool {
    guard isShort(value) else { return false }
    if value.sign == .minus {
      room[end] = 0x2D
      end &+= 1
    }
    let magnitude = value.magnitude
    let whole = UInt64(magnitude)
    guard Double(whole) != magnitude else {
      put(whole, &room, &end)
      return true
    }
    let decimal = ShortestDecimal(magnitude)
    // What stands before the point is what the double has, since its neighbours have a fraction too.
    let point = end &+ digitCount(whole)
    end = point &+ 1 &+ decimal.places
    var rest = decimal.digits
    var place = end
    while place &- point > 2 { rest = putTwo(of: rest, &room, before: &place) }
    if place &- point > 1 { rest = putOne(of: rest, &room, before: &place) }
    room[point] = 0x2E
    put(rest, &room, before: point)
    return true
  }

  /// 1 for 0.
  static func digitCount(_ number: UInt64) -> Int {
    if number < 10 { return 1 }
    if number < 100 { return 2 }
    if number < 1_000 { return 3 }
    // 1234 / 4096 is a little more than the decimal digits of a bit.
    let count = ((UInt64.bitWidth &- number.leadingZeroBitCount) &* 1_234) &>> 12
    return count &+ (number >= powers[count] ? 1 : 0)
  }

  /// Of ten.
  private static let powers: InlineArray<20, UInt64> = InlineArray { power in
    var product: UInt64 = 1
    for _ in 0..<power { product *= 10 }
    return product
  }

  private static func put(
    _ number: UInt64, _ room: inout MutableSpan<UInt8>, before end: Int
  ) {
    var rest = number
    var place = end
    while rest >= 100 { rest = putTwo(of: rest, &room, before: &place) }
    if rest >= 10 { rest = putOne(of: rest, &room, before: &place) }
    _ = putOne(of: rest, &room, before: &place)
  }

  /// Writes the last digit, and returns those before it.
  private static func putOne(
    of number: UInt64, _ room: inout MutableSpan<UInt8>, before place: inout Int
  ) -> UInt64 {
    let (rest, digit) = number.quotientAndRemainder(dividingBy: 10)
    place &-= 1
    room[place] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
    return rest
  }

  /// Writes the last two digits, and returns those before them: to divide a long number is what takes time.
  private static func putTwo(
    of number: UInt64, _ room: inout MutableSpan<UInt8>, before place: inout Int
  ) -> UInt64 {
    let (rest, digits) = number.quotientAndRemainder(dividingBy: 100)
    let two = UInt32(truncatingIfNeeded: digits)
    let tens = two / 10
    place &-= 2
    room[place &+ 1] = 0x30 &+ UInt8(truncatingIfNeeded: two &- tens &* 10)
    room[place] = 0x30 &+ UInt8(truncatingIfNeeded: tens)
    return rest
  }
}
