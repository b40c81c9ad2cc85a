/// The form of a time in a field. Source: RFC 9110 section 5.6.7, `IMF-fixdate`.
package enum HTTPDate {
  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///
  /// - Parameter unixSeconds: Since 1970-01-01T00:00:00Z; what lies outside the years 1970 to 9999 counts as their edge.
  package static func text(unixSeconds: Int) -> String {
    let seconds = min(max(unixSeconds, 0), 253_402_300_799)
    let days = seconds / 86_400
    let time = seconds % 86_400
    // Years that begin in March have their leap day at the end; 719,468 days lie between 0000-03-01 and 1970-01-01.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = (marchMonth + 2) % 12
    let year = era * 400 + yearOfEra + (month < 2 ? 1 : 0)
    return "\(weekdays[days % 7]), \(padded(day, 2)) \(months[month]) \(padded(year, 4))"
      + " \(padded(time / 3_600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2)) GMT"
  }

  /// From the day on which 1970 began.
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func padded(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(count - digits.utf8.count, 0)) + digits
  }
}
