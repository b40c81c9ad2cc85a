/// A moment in UTC.
///
/// Unit: microseconds since 1970-01-01T00:00:00Z, without leap seconds. Range: years 0001 to 9999, which is what
/// RFC 3339 can write.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let microseconds: Int64

  /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z.
  package static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

  /// 1970-01-01T00:00:00Z.
  package static let epoch = Timestamp(since1970: 0)

  private init(since1970 microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// - Returns: nil outside ``range``.
  package init?(microseconds: Int64) {
    guard Timestamp.range.contains(microseconds) else { return nil }
    self.microseconds = microseconds
  }

  /// Whole seconds since 1970, as `SOURCE_DATE_EPOCH` gives them.
  package init?(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow else { return nil }
    self.init(microseconds: product)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The moment at the start of the second.
  package var second: Int64 {
    let whole = microseconds / 1_000_000
    return microseconds % 1_000_000 < 0 ? whole - 1 : whole
  }

  /// Microseconds within the second, 0 to 999,999.
  package var fraction: Int64 { microseconds - second * 1_000_000 }

  /// RFC 3339 with `Z` and microseconds, which are left out when zero: `2025-09-25T12:00:00Z`.
  package var rfc3339: String {
    let (date, time) = civil
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
      + "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))\(fractionText)Z"
  }

  /// The basic form that names use: `20250925T120000Z`, and with the fraction `20250925T120000.000001Z`.
  package func basic(withFraction: Bool) -> String {
    let (date, time) = civil
    return "\(padded(date.year, 4))\(padded(date.month, 2))\(padded(date.day, 2))T"
      + "\(padded(time.hour, 2))\(padded(time.minute, 2))\(padded(time.second, 2))"
      + (withFraction ? "." + padded(fraction, 6) : "") + "Z"
  }

  private var fractionText: String { fraction == 0 ? "" : "." + padded(fraction, 6) }

  private var civil: (date: CivilDate, time: (hour: Int64, minute: Int64, second: Int64)) {
    let secondOfDay = ((second % 86_400) + 86_400) % 86_400
    let day = (second - secondOfDay) / 86_400
    return (
      CivilDate(daysSince1970: day), (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    )
  }

  private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Timestamp {
  /// A text read as an RFC 3339 `date-time`.
  package struct Reading: Hashable, Sendable {
    package let timestamp: Timestamp
    /// The offset that was written; 0 for `Z`.
    package let offsetMinutes: Int64
    /// Whether the text says no more than microseconds can hold.
    package let isExact: Bool

    /// - Returns: nil if the text is no RFC 3339 `date-time`: seconds are required, a leap second has no place here,
    ///   and at most nine digits stand after the point.
    package init?(rfc3339 text: String) {
      let bytes = Array(text.utf8)
      var cursor = DigitCursor(bytes)
      guard let year = cursor.digits(4), cursor.take("-"), let month = cursor.digits(2),
        cursor.take("-"),
        let day = cursor.digits(2), cursor.take("T") || cursor.take("t"),
        let hour = cursor.digits(2),
        cursor.take(":"), let minute = cursor.digits(2), cursor.take(":"),
        let second = cursor.digits(2),
        year >= 1, hour < 24, minute < 60, second < 60
      else { return nil }
      let date = CivilDate(year: year, month: month, day: day)
      guard date.isReal else { return nil }
      var fraction: Int64 = 0
      var isExact = true
      if cursor.take(".") {
        var scale: Int64 = 100_000
        var count = 0
        while let digit = cursor.digits(1) {
          count += 1
          fraction += digit * scale
          if scale == 0, digit != 0 { isExact = false }
          scale /= 10
        }
        guard (1...9).contains(count) else { return nil }
      }
      var offset: Int64 = 0
      if !cursor.take("Z"), !cursor.take("z") {
        let isWest = cursor.take("-")
        guard isWest || cursor.take("+"), let hours = cursor.digits(2), cursor.take(":"),
          let minutes = cursor.digits(2), hours < 24, minutes < 60
        else { return nil }
        offset = (hours * 60 + minutes) * (isWest ? -1 : 1)
      }
      guard cursor.isAtEnd else { return nil }
      let seconds = date.daysSince1970 * 86_400 + hour * 3600 + (minute - offset) * 60 + second
      guard let timestamp = Timestamp(microseconds: seconds * 1_000_000 + fraction) else {
        return nil
      }
      self.timestamp = timestamp
      self.offsetMinutes = offset
      self.isExact = isExact
    }
  }
}

extension Timestamp {
  /// The moment in UTC that a text means which says it otherwise: with an offset, or as a date alone, which begins it.
  ///
  /// - Returns: nil where that is not certain.
  package static func utc(of text: String) -> String? {
    if let reading = Reading(rfc3339: text) {
      return reading.isExact ? reading.timestamp.rfc3339 : nil
    }
    return Reading(rfc3339: text + "T00:00:00Z")?.timestamp.rfc3339
  }
}

/// A day of the proleptic Gregorian calendar, which RFC 3339 uses.
private struct CivilDate {
  let year: Int64
  let month: Int64
  let day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Counts in eras of 400 years that begin on 1 March, so that the leap day ends a year.
  init(daysSince1970: Int64) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  var isReal: Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length: Int64 =
      switch month {
      case 2: isLeap ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    return day <= length
  }
}

/// Reads fixed runs of ASCII digits.
private struct DigitCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int64? {
    guard rest.count >= count else { return nil }
    var value: Int64 = 0
    for byte in rest.prefix(count) {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    rest.removeFirst(count)
    return value
  }
}
