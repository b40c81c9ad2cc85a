/// A built-in profile: how a day's load spreads over its hours.
///
/// Source: docs/reference/template.md, "Profiles".
package enum DayCurve: String, CaseIterable, Sendable {
  case weekdayOffice = "weekday-office"
  case threeShift = "three-shift"
  case hubRushHour = "hub-rush-hour"

  /// Reads a name, case aside.
  package init?(written name: String) {
    self.init(rawValue: name.asciiLowercased)
  }

  /// One weight for each hour from midnight on, before their mean is made 1.
  package var hourlyWeights: [Double] {
    switch self {
    case .weekdayOffice:
      [
        0.18, 0.16, 0.15, 0.15, 0.2, 0.3, 0.45, 0.7, 0.95, 1.15, 1.25, 1.3, 1.25, 1.15, 1.05, 1.0,
        0.95, 0.85, 0.65, 0.5, 0.38, 0.3, 0.25, 0.2,
      ]
    case .threeShift:
      [
        0.9, 0.9, 0.9, 0.92, 0.95, 0.98, 1.0, 1.03, 1.06, 1.1, 1.12, 1.15, 1.12, 1.08, 1.05, 1.02,
        1.0, 0.98, 0.96, 0.94, 0.92, 0.9, 0.9, 0.9,
      ]
    case .hubRushHour:
      [
        0.2, 0.18, 0.17, 0.17, 0.2, 0.35, 0.7, 1.2, 1.4, 1.25, 1.0, 0.85, 0.8, 0.85, 0.95, 1.1,
        1.35, 1.5, 1.35, 1.0, 0.65, 0.4, 0.3, 0.22,
      ]
    }
  }

  /// Five-minute slots of a day.
  private static let slotCount = 288

  /// The day over `count` bins, whatever their length: weights whose mean is 1.
  ///
  /// Each hour fills its twelve slots of five minutes. Bin `i` takes the weight at slot `i / count * 287`, between two
  /// slots in proportion, so that the last bin stands before the end of the day.
  package func weights(count: Int) -> [Double] {
    let slotsOfHour = DayCurve.slotCount / hourlyWeights.count
    let hours = hourlyWeights.flatMap { Array(repeating: $0, count: slotsOfHour) }
    let slots = DayCurve.normalized(hours) ?? hours
    guard count != slots.count else { return slots }
    let last = slots.count - 1
    let bins = (0..<count).map { bin in
      let position = Double(bin) / Double(count) * Double(last)
      let left = min(Int(position), last)
      let right = min(left + 1, last)
      return slots[left] + (slots[right] - slots[left]) * (position - Double(left))
    }
    return DayCurve.normalized(bins) ?? bins
  }

  /// The weights in proportion, with the mean 1.
  ///
  /// Each is multiplied by the inverse of the mean: other programs do it so, and dividing gives other last digits.
  /// - Returns: nil where there is no such mean: all weights are 0, or their sum or the inverse of their mean is too large
  ///   for a number.
  package static func normalized(_ weights: [Double]) -> [Double]? {
    let mean = weights.reduce(0, +) / Double(weights.count)
    let inverse = 1 / mean
    guard mean > 0, mean.isFinite, inverse > 0, inverse.isFinite else { return nil }
    return weights.map { $0 * inverse }
  }
}

extension String {
  /// With the letters A to Z made small; other scripts have letters that would become one of ours.
  package var asciiLowercased: String {
    String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
