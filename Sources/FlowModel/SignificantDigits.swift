extension Double {
  /// The value to 17 significant digits, which tell any double from every other: C's `%.17g`.
  ///
  /// The digits are those of the exact value, rounded to the nearest and from the middle to the even digit. Zeros at
  /// the end of a fraction are left out; an exponent stands below 0.0001 and from 1e17 on.
  package var seventeenDigits: String {
    guard isFinite else { return description }
    let sign = sign == .minus ? "-" : ""
    guard self != 0 else { return sign + "0" }
    let (digits, exponent) = ExactDecimal(magnitude).rounded(to: 17)
    var significant = digits[...]
    while significant.count > 1, significant.last == 0 { significant.removeLast() }
    func text(_ digits: some Sequence<UInt8>) -> String {
      String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }
    switch exponent {
    case 0..<17:
      let whole = text(digits.prefix(exponent + 1))
      let fraction = text(significant.dropFirst(exponent + 1))
      return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
    case -4..<0:
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + text(significant)
    default:
      let fraction = text(significant.dropFirst())
      let power = String(abs(exponent))
      return sign + text(significant.prefix(1)) + (fraction.isEmpty ? "" : "." + fraction)
        + (exponent < 0 ? "e-" : "e+") + (power.utf8.count < 2 ? "0" + power : power)
    }
  }
}

/// Every decimal digit of a double: it is a whole number times a power of 2, and `2^-n` is `5^n / 10^n`.
///
/// At most 767 digits that count.
private struct ExactDecimal {
  /// Nine digits each, the lowest first.
  private var limbs: [UInt64]
  /// Digits behind the point.
  private let fractionCount: Int

  private static let base: UInt64 = 1_000_000_000

  /// - Parameter value: positive and finite.
  init(_ value: Double) {
    let isSubnormal = value.exponentBitPattern == 0
    let significand =
      value.significandBitPattern
      | (isSubnormal ? 0 : 1 << UInt64(Double.significandBitCount))
    let exponent = (isSubnormal ? 1 : Int(value.exponentBitPattern)) - 1075
    limbs = [significand % ExactDecimal.base, significand / ExactDecimal.base]
    fractionCount = max(0, -exponent)
    let (factor, power) = exponent < 0 ? (5, 12) : (2, 29)
    var left = abs(exponent)
    while left > 0 {
      let step = min(left, power)
      multiply(by: (0..<step).reduce(UInt64(1)) { product, _ in product * UInt64(factor) })
      left -= step
    }
  }

  /// - Parameter factor: below 2^30, so that no product overflows.
  private mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % ExactDecimal.base
      carry = product / ExactDecimal.base
    }
    while carry > 0 {
      limbs.append(carry % ExactDecimal.base)
      carry /= ExactDecimal.base
    }
  }

  /// - Returns: `count` digits, and the power of ten of the first.
  func rounded(to count: Int) -> (digits: [UInt8], exponent: Int) {
    var all: [UInt8] = []
    for limb in limbs.reversed() {
      let text = String(limb)
      all += repeatElement(0, count: 9 - text.utf8.count)
      all += text.utf8.map { $0 - UInt8(ascii: "0") }
    }
    all = Array(all.drop { $0 == 0 })
    var exponent = all.count - 1 - fractionCount
    var digits = Array(all.prefix(count))
    digits += repeatElement(0, count: count - digits.count)
    let rest = all.dropFirst(count)
    guard let first = rest.first else { return (digits, exponent) }
    let isMiddle = first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
    let isOdd = (digits.last ?? 0) % 2 == 1
    guard isMiddle ? isOdd : first >= 5 else { return (digits, exponent) }
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return (digits, exponent)
      }
      digits[index] = 0
    }
    // Nothing but nines: a power of ten.
    digits[0] = 1
    exponent += 1
    return (digits, exponent)
  }
}
