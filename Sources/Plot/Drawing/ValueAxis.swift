/// An axis of values with round ticks: whole multiples of 1, 2 or 5 times a power of ten.
///
/// Everything is computed with values brought near one, so that the largest and the smallest doubles have an axis too.
struct ValueAxis {
  /// Multiples of the step at the ends.
  private let first: Int
  private let last: Int
  /// The step is `leading` times ten to `power`, of values that are brought near one by `lift` and `unit`.
  private let leading: Int
  private let step: Double
  private let lift: Double
  private let unit: Double
  /// The power of ten that the leading digit of the step stands at.
  private let power: Int
  /// Labels leave out ten to this power.
  private let factor: Int

  /// - Parameters:
  ///   - range: finite.
  ///   - holdsZero: that zero is on the axis even where values vary little far from it.
  ///   - intervalsMax: about how many ticks there may be.
  init(_ range: FiniteRange?, holdsZero: Bool, intervalsMax: Int) {
    let range = range.flatMap { $0.magnitude > 0 ? $0 : nil } ?? FiniteRange(0, 1)
    // What is that small cannot be divided by its power of ten, which is below every double.
    let isTiny = range.magnitude < 1e-280
    lift = isTiny ? 1e290 : 1
    let exponent = Decimal(range.magnitude * lift).exponent
    unit = ValueAxis.tenTo(exponent)
    var low = range.low * lift / unit
    var high = range.high * lift / unit
    if holdsZero || high - low < 1e-6 || high - low > max(low.magnitude, high.magnitude) / 5 {
      low = min(0, low)
      high = max(0, high)
    }
    let least = (high - low) / Double(max(1, intervalsMax)) * (1 - 1e-9)
    var chosen = (leading: 5, power: 1)
    search: for power in -9...1 {
      for leading in [1, 2, 5] where Double(leading) * ValueAxis.tenTo(power) >= least {
        chosen = (leading, power)
        break search
      }
    }
    leading = chosen.leading
    step = Double(leading) * ValueAxis.tenTo(chosen.power)
    // Both are below ten, and the step is at least 1e-9.
    first = Int((low / step + 1e-6).rounded(.down))
    last = max(first + 1, Int((high / step - 1e-6).rounded(.up)))
    power = chosen.power + exponent - (isTiny ? 290 : 0)
    let largest = max(abs(first), abs(last)) * leading
    let top = String(largest).utf8.count - 1 + power
    factor = (-3..<6).contains(top) ? 0 : Int((Double(top) / 3).rounded(.down)) * 3
  }

  private static func tenTo(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 1 }

  /// 0 at the lower end, 1 at the upper one.
  func part(of value: Double) -> Double {
    let near = value * lift / unit
    let part = (near / step - Double(first)) / Double(last - first)
    return part.isFinite ? min(1, max(0, part)) : 0
  }

  var ticks: [(part: Double, label: String, isZero: Bool)] {
    (first...last).map { number in
      (Double(number - first) / Double(last - first), label(number * leading), number == 0)
    }
  }

  /// What labels are to be multiplied with: `×10⁶`.
  var factorText: String? {
    guard factor != 0 else { return nil }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹").map(String.init)
    return "×10" + (factor < 0 ? "⁻" : "")
      + String(abs(factor)).utf8.map { digits[Int($0 - UInt8(ascii: "0"))] }.joined()
  }

  /// - Parameter number: in units of ten to `power`.
  private func label(_ number: Int) -> String {
    guard number != 0 else { return "0" }
    let shift = power - factor
    var digits = String(abs(number))
    if shift >= 0 {
      digits += String(repeating: "0", count: shift)
    } else {
      digits = String(repeating: "0", count: max(0, 1 - shift - digits.utf8.count)) + digits
      digits = digits.dropLast(-shift) + "." + digits.suffix(-shift)
    }
    return (number < 0 ? "−" : "") + digits
  }
}
