/// The bins that values stand for.
package struct TimeGrid: Sendable {
  package enum Unit: String, Sendable {
    case minutes, hours, days, weeks

    var minutes: Double {
      switch self {
      case .minutes: 1
      case .hours: 60
      case .days: 1440
      case .weeks: 10080
      }
    }
  }

  package let bins: Int
  package let binSize: Int
  package let binUnit: Unit
  /// The start of the first bin. Unit: seconds since 1970-01-01T00:00:00Z.
  package let start: Int?

  /// Years 1 to 9999, which dates can be written of.
  private static let startRange = -62_135_596_800...253_402_300_799

  /// - Parameters:
  ///   - bins: less than one is taken for one, as for `binSize`.
  ///   - start: what is no second of the years 1 to 9999 is taken for none.
  package init(bins: Int, binSize: Int, binUnit: Unit, start: Int? = nil) {
    self.bins = max(1, bins)
    self.binSize = max(1, binSize)
    self.binUnit = binUnit
    self.start = start.flatMap { TimeGrid.startRange.contains($0) ? $0 : nil }
  }

  /// The whole grid. Unit: minutes.
  var length: Double { Double(bins) * Double(binSize) * binUnit.minutes }

  var description: String {
    let unit = binUnit.rawValue
    let size = binSize == 1 ? String(unit.dropLast()) : "\(binSize) \(unit)"
    return bins == 1
      ? "one bin of \(binSize == 1 ? "one \(size)" : size)"
      : "\(bins) bins of \(binSize == 1 ? "one \(size)" : size)"
  }
}
