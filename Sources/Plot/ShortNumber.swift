/// Numbers for reading, not for computing with.
package enum ShortNumber {
  /// The value to four significant digits; a whole part below a million is never rounded.
  ///
  /// An exponent stands below 0.0001 and from a million on: `0.25`, `-1234`, `1.235e6`, `1e-9`.
  ///
  /// - Returns: never a comma, whatever the locale; `no number` and `infinite` for what is not finite.
  package static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "no number" : "infinite" }
    guard value != 0 else { return "0" }
    let sign = value < 0 ? "-" : ""
    let exact = Decimal(value.magnitude)
    let kept = max(4, (0..<6).contains(exact.exponent) ? exact.exponent + 1 : 0)
    let decimal = exact.rounded(to: kept)
    let digits = decimal.digits.map(String.init)
    let whole: ArraySlice<String>
    let fraction: [String]
    switch decimal.exponent {
    case 0..<6:
      let zeros = repeatElement("0", count: max(0, decimal.exponent + 1 - digits.count))
      whole = (digits + zeros).prefix(decimal.exponent + 1)
      fraction = Array(digits.dropFirst(decimal.exponent + 1))
    case -4..<0:
      whole = ["0"]
      fraction = Array(repeating: "0", count: -decimal.exponent - 1) + digits
    default:
      whole = digits.prefix(1)
      fraction = Array(digits.dropFirst())
    }
    let mantissa = whole.joined() + (fraction.isEmpty ? "" : "." + fraction.joined())
    let hasExponent = !(-4..<6).contains(decimal.exponent)
    return sign + mantissa + (hasExponent ? "e\(decimal.exponent)" : "")
  }
}

/// The shortest decimal that reads back as the same double.
struct Decimal: Equatable {
  /// 0 to 9 each; the first and the last are no zeros, unless the value is zero.
  var digits: [UInt8]
  /// The power of ten of the first digit.
  var exponent: Int

  /// - Parameter value: finite and not negative.
  init(_ value: Double) {
    var digits: [UInt8] = []
    var pointAt: Int?
    var power = 0
    var rest = value.description.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "e"):
        power = Int(String(Substring(rest))) ?? 0
        rest = rest.suffix(0)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
      default: break
      }
    }
    let zeros = digits.prefix { $0 == 0 }.count
    exponent = (pointAt ?? digits.count) - 1 - zeros + power
    self.digits = Array(digits.dropFirst(zeros))
    trim()
  }

  private mutating func trim() {
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (digits, exponent) = ([0], 0) }
  }

  /// The value to `count` digits, from the middle upwards.
  func rounded(to count: Int) -> Decimal {
    guard digits.count > count, count > 0 else { return self }
    var result = self
    result.digits = Array(digits.prefix(count))
    if digits[count] >= 5 {
      while result.digits.last == 9 { result.digits.removeLast() }
      if let last = result.digits.popLast() {
        result.digits.append(last + 1)
      } else {
        result.digits = [1]
        result.exponent += 1
      }
    }
    result.trim()
    return result
  }
}
