/// The axis of time: units that read well, or the clock where the start is known.
struct TimeAxis {
  struct Tick: Equatable {
    /// 0 at the start of the grid, 1 at its end.
    let part: Double
    let label: String
    /// A date beneath the label.
    var date: String?
  }

  let ticks: [Tick]
  let title: String

  /// - Parameter width: pixels.
  init(_ grid: TimeGrid, width: Double) {
    if let start = grid.start, grid.length < TimeAxis.clockMax {
      ticks = TimeAxis.clock(grid, start: start, width: width)
      title = "UTC"
    } else {
      let unit = TimeAxis.unit(of: grid)
      ticks = TimeAxis.counted(grid, unit: unit, width: width)
      title = unit.rawValue
    }
  }

  /// A thousand years, so that dates stay near those that can be written. Unit: minutes.
  private static let clockMax = 525_960_000.0

  /// The unit of the grid, or a longer one where numbers would be large.
  private static func unit(of grid: TimeGrid) -> TimeGrid.Unit {
    var unit = grid.binUnit
    if unit == .minutes, grid.length > 3 * 60 { unit = .hours }
    if unit == .hours, grid.length > 3 * 1440 { unit = .days }
    if unit == .days, grid.length > 120 * 1440 { unit = .weeks }
    return unit
  }

  /// The shortest of the usual steps that gives at most `countMax` intervals. Unit: minutes.
  private static func step(from unit: TimeGrid.Unit, length: Double, countMax: Double) -> Double {
    let usual: [Double] =
      switch unit {
      case .minutes: [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440]
      case .hours: [60, 120, 180, 360, 720, 1440]
      case .days, .weeks: [unit.minutes]
      }
    for step in usual where length / step <= countMax { return step }
    var power = max(unit.minutes, 1440)
    while power.isFinite {
      for leading in [1.0, 2, 5] where length / (leading * power) <= countMax {
        return leading * power
      }
      power *= 10
    }
    return length
  }

  private static func counted(_ grid: TimeGrid, unit: TimeGrid.Unit, width: Double) -> [Tick] {
    let step = step(from: unit, length: grid.length, countMax: max(2, width / 52))
    let count = Int(min(1000, (grid.length / step + 1e-9).rounded(.down)))
    return (0...count).map { number in
      let minutes = Double(number) * step
      return Tick(part: minutes / grid.length, label: ShortNumber.text(minutes / unit.minutes))
    }
  }

  private static func clock(_ grid: TimeGrid, start: Int, width: Double) -> [Tick] {
    let step = step(from: .minutes, length: grid.length, countMax: max(2, width / 78))
    let startMinutes = Double(start) / 60
    // Days are counted from the day of the start, shorter steps from midnight.
    let day = (startMinutes / 1440).rounded(.down) * 1440
    let isDaily = step >= 1440
    var ticks: [Tick] = []
    var minutes = day
    while minutes <= startMinutes + grid.length + 1e-6, ticks.count < 1000 {
      defer { minutes += step }
      guard minutes >= startMinutes - 1e-6 else { continue }
      let part = min(1, max(0, (minutes - startMinutes) / grid.length))
      let whole = Int(minutes.rounded())
      let time = whole - Int((minutes / 1440).rounded(.down)) * 1440
      let date = CivilDate(minutes: minutes).text
      ticks.append(
        isDaily
          ? Tick(part: part, label: date)
          : Tick(
            part: part, label: "\(padded(time / 60)):\(padded(time % 60))",
            date: time == 0 ? date : nil))
    }
    // The first tick says the date as well, unless midnight does so right behind it.
    if !isDaily, let first = ticks.first, first.date == nil {
      let next = ticks.first { $0.date != nil }
      if next.map({ ($0.part - first.part) * width > 78 }) ?? true {
        ticks[0].date = CivilDate(minutes: startMinutes).text
      }
    }
    return ticks
  }
}

private func padded(_ number: Int, _ count: Int = 2) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
}

/// A day of the Gregorian calendar.
private struct CivilDate {
  private var year: Int
  private var month = 1
  private var day: Int

  /// - Parameter minutes: since 1970, within some thousand years.
  init(minutes: Double) {
    // 400 years have 146,097 days; the first of them here begins in year 1.
    let days = Int((minutes / 1440).rounded(.down)) + 719_162
    let cycle = Int((Double(days) / 146_097).rounded(.down))
    day = days - cycle * 146_097
    year = cycle * 400 + 1
    while day >= CivilDate.length(of: year) {
      day -= CivilDate.length(of: year)
      year += 1
    }
    for length in [31, CivilDate.length(of: year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
      guard day >= length else { break }
      day -= length
      month += 1
    }
    day += 1
  }

  private static func length(of year: Int) -> Int {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
  }

  var text: String { "\(padded(year, 4))-\(padded(month))-\(padded(day))" }
}
