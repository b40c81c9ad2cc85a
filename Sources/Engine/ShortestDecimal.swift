/// The shortest decimal that reads back as a given double, of several the nearest, and of two as near the even one:
/// ``digits`` × 10 to the power of minus ``places``.
///
/// With a double c × 2^q, steps of the largest power of ten 10^-n that is not larger than 2^q are fine enough to come
/// between its neighbours, and coarse enough that ten of them may not. c × 2^q is c × 5^n × 2^(q+n) of these steps: for
/// all that stands between 2^-37 and 2^53 that fits 128 bits and is exact, without a table or an estimate.
/// Source: R. Giulietti, "The Schubfach way to render doubles", sections 6 to 8.
struct ShortestDecimal {
  private(set) var digits: UInt64
  /// Digits after the point.
  private(set) var places: Int

  /// Magnitudes that have a fraction and for which this holds.
  static let range = 0x1p-37..<0x1p53

  /// - Parameter magnitude: Of ``range``, and not whole.
  init(_ magnitude: Double) {
    let power = Int(magnitude.exponent) - 52
    let significand = magnitude.significandBitPattern | 1 << 52
    // Below a power of two the neighbour is half as far.
    let isPowerOfTwo = magnitude.significandBitPattern == 0
    let scale = -((power * 1_262_611 - (isPowerOfTwo ? 524_031 : 0)) >> 22)
    let fives = UInt128(Self.fives[scale])
    // In quarters of a step of the double, whose neighbours' middles are two of them away.
    let value = UInt128(significand << 2) &* fives
    let low = value &- (isPowerOfTwo ? fives : fives &+ fives)
    let high = value &+ fives &+ fives
    let shift = UInt128(2 - power - scale)

    let below = UInt64(truncatingIfNeeded: value &>> shift)
    let tens = below / 10
    let lower = UInt128(tens &* 10) &<< shift
    let upper = UInt128(tens &* 10 &+ 10) &<< shift
    // No end is ever a decimal of so few digits, so that it does not matter whether it belongs to what is between.
    if lower >= low || upper <= high {
      digits = lower >= low ? tens : tens &+ 1
      places = scale - 1
      dropZeros()
      return
    }
    places = scale
    let isBelow = UInt128(below) &<< shift >= low
    let isAbove = UInt128(below &+ 1) &<< shift <= high
    if isBelow, isAbove {
      let middle = UInt128(below &* 2 &+ 1) &<< (shift &- 1)
      digits = value < middle || (value == middle && below & 1 == 0) ? below : below &+ 1
    } else {
      digits = isBelow ? below : below &+ 1
    }
  }

  private mutating func dropZeros() {
    while places > 8, digits % 100_000_000 == 0 {
      digits /= 100_000_000
      places -= 8
    }
    while places > 2, digits % 100 == 0 {
      digits /= 100
      places -= 2
    }
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
  }

  /// Powers of five up to that of the smallest double of ``range``.
  private static let fives: InlineArray<28, UInt64> = InlineArray { power in
    var product: UInt64 = 1
    for _ in 0..<power { product *= 5 }
    return product
  }
}
