/// The one spelling of a double that RFC 8785 asks for.
package enum ECMAScriptNumber {
  /// The shortest digits that read back as `double`: `0` for both zeros, `0.000001`, `1e-7`, `100`, `1e+21`.
  ///
  /// - Returns: nil for NaN and the infinities.
  ///
  /// Source: ECMA-262, Number::toString with radix 10; RFC 8785, section 3.2.2.3.
  package static func spelling(of double: Double) -> String? {
    guard double.isFinite else { return nil }
    if double == 0 { return "0" }
    let (digits, power) = shortest(double.magnitude)
    var text: [UInt8] = []
    text.reserveCapacity(26)
    if double < 0 { text.append(Byte.minus) }
    append(digits, power, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The digits d1...dk, neither first nor last of them 0, and n, so that the value is 0.d1...dk × 10ⁿ.
  ///
  /// Swift's description has the shortest digits, in a layout of its own (`1e-07`, `100.0`).
  private static func shortest(_ magnitude: Double) -> (digits: [UInt8], power: Int) {
    let text = magnitude.description.utf8
    var digits: [UInt8] = []
    digits.reserveCapacity(24)
    var power = 0  // of the digits as they stand, as a fraction
    var inFraction = false
    var place = text.startIndex
    while place < text.endIndex {
      let byte = text[place]
      text.formIndex(after: &place)
      if byte == Byte.point {
        inFraction = true
      } else if Byte.isDigit(byte) {
        if !digits.isEmpty || byte != Byte.zero {
          digits.append(byte)
          if !inFraction { power += 1 }
        } else if inFraction {
          power -= 1
        }
      } else {
        power += Int(Substring(text[place...])) ?? 0
        break
      }
    }
    while digits.last == Byte.zero { digits.removeLast() }
    return (digits, power)
  }

  private static func append(_ digits: [UInt8], _ power: Int, to text: inout [UInt8]) {
    let count = digits.count
    if power > 0, power <= 21 {
      text.append(contentsOf: digits.prefix(power))
      if power < count {
        text.append(Byte.point)
        text.append(contentsOf: digits.dropFirst(power))
      } else {
        text.append(contentsOf: repeatElement(Byte.zero, count: power - count))
      }
    } else if power > -6, power <= 0 {
      text.append(Byte.zero)
      text.append(Byte.point)
      text.append(contentsOf: repeatElement(Byte.zero, count: -power))
      text.append(contentsOf: digits)
    } else {
      text.append(contentsOf: digits.prefix(1))
      if count > 1 {
        text.append(Byte.point)
        text.append(contentsOf: digits.dropFirst(1))
      }
      text.append(0x65)
      text.append(power > 0 ? Byte.plus : Byte.minus)
      text.append(contentsOf: String((power - 1).magnitude).utf8)
    }
  }
}
