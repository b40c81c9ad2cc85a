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
    let text = layout(digits, power)
    return double < 0 ? "-" + text : text
  }

  /// The digits d1…dk, neither first nor last of them 0, and n, so that the value is 0.d1…dk × 10ⁿ.
  ///
  /// Swift's description has the shortest digits, in a layout of its own (`1e-07`, `100.0`).
  private static func shortest(_ magnitude: Double) -> (digits: String, power: Int) {
    let text = magnitude.description
    let mantissa = text.prefix { $0 != "e" }
    let exponent = Int(text.dropFirst(mantissa.count + 1)) ?? 0
    let whole = mantissa.prefix { $0 != "." }
    let all = String(whole) + mantissa.dropFirst(whole.count + 1)
    let significant = all.drop { $0 == "0" }
    var digits = String(significant)
    while digits.last == "0" { digits.removeLast() }
    return (digits, whole.count - (all.count - significant.count) + exponent)
  }

  private static func layout(_ digits: String, _ power: Int) -> String {
    let count = digits.utf8.count
    switch power {
    case count...21 where count <= 21:
      return digits + String(repeating: "0", count: power - count)
    case 1...21:
      return digits.prefix(power) + "." + digits.dropFirst(power)
    case -5...0:
      return "0." + String(repeating: "0", count: -power) + digits
    default:
      let exponent = power - 1
      let sign = exponent < 0 ? "e-" : "e+"
      let fraction = count > 1 ? "." + digits.dropFirst(1) : ""
      return digits.prefix(1) + fraction + sign + String(exponent.magnitude)
    }
  }
}
