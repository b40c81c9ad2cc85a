/// What the finite ones among some values reach.
package struct FiniteRange: Equatable, Sendable {
  package private(set) var low: Double
  package private(set) var high: Double

  package init(_ low: Double, _ high: Double) {
    self.low = min(low, high)
    self.high = max(low, high)
  }

  /// - Returns: nil where no value is finite.
  package init?(of values: some Sequence<Double>) {
    var range: FiniteRange?
    for value in values where value.isFinite {
      range = range?.joined(with: FiniteRange(value, value)) ?? FiniteRange(value, value)
    }
    guard let range else { return nil }
    self = range
  }

  func joined(with other: FiniteRange) -> FiniteRange {
    FiniteRange(min(low, other.low), max(high, other.high))
  }

  var magnitude: Double { max(low.magnitude, high.magnitude) }

  /// Where a finite value lies: 0 at the low end, 1 at the high one; nil where both ends are one.
  func part(of value: Double) -> Double? {
    guard high > low else { return nil }
    // Halves of the largest doubles have a difference; halves of the smallest ones have none.
    let scale = (high - low).isFinite ? 1.0 : 0.5
    return min(1, max(0, (value * scale - low * scale) / (high * scale - low * scale)))
  }
}
