/// Between which two numbers a value lies in every bin, both included.
package struct Interval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package static let unbounded = Interval(-.infinity, .infinity)

  /// An end that is no number is unknown.
  package init(_ low: Double, _ high: Double) {
    self.low = low.isNaN ? -.infinity : low
    self.high = high.isNaN ? .infinity : high
  }

  package init(_ value: Double) {
    self.init(value, value)
  }

  /// The smallest interval that holds both.
  func union(_ other: Interval) -> Interval {
    Interval(min(low, other.low), max(high, other.high))
  }

  var isZero: Bool { low == 0 && high == 0 }

  static func + (left: Interval, right: Interval) -> Interval {
    Interval(left.low + right.low, left.high + right.high)
  }

  static func - (left: Interval, right: Interval) -> Interval {
    Interval(left.low - right.high, left.high - right.low)
  }

  static func * (left: Interval, right: Interval) -> Interval {
    let products = [
      product(left.low, right.low), product(left.low, right.high),
      product(left.high, right.low), product(left.high, right.high),
    ]
    return Interval(products.min() ?? .nan, products.max() ?? .nan)
  }

  /// A division by 0 gives 0.
  static func / (left: Interval, right: Interval) -> Interval {
    if right.isZero { return Interval(0) }
    if right.low <= 0, right.high >= 0 { return unbounded }
    // An end beyond all numbers tells nothing of what is divided by it.
    if right.low == .infinity || right.high == -.infinity { return unbounded }
    // What the Engine divides is divided here: multiplying by the inverse gives other last digits.
    let quotients = [
      quotient(left.low, right.low), quotient(left.low, right.high),
      quotient(left.high, right.low), quotient(left.high, right.high),
    ]
    return Interval(quotients.min() ?? .nan, quotients.max() ?? .nan)
  }

  /// The divisor is not 0. Of two ends that are not known the quotient is any; those with the other ends bound it.
  private static func quotient(_ left: Double, _ right: Double) -> Double {
    left.isInfinite && right.isInfinite ? 0 : left / right
  }

  /// An end at infinity is a bound that is not known, and 0 times what is not known is 0.
  private static func product(_ left: Double, _ right: Double) -> Double {
    left == 0 || right == 0 ? 0 : left * right
  }

  /// Under a function that never falls.
  func map(_ body: (Double) -> Double) -> Interval { Interval(body(low), body(high)) }
}
