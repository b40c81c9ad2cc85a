import Platform
import Synchronization

/// Measures and prints a line for each.
///
/// Rounds take turns, so that a slow spell of the machine falls on all alike. Rates are those of the median round; the
/// fastest is what a machine without other work comes near.
func report(_ measurements: [Measurement], seconds: Double) {
  let roundCount = 15
  let repeats = measurements.map { calls(of: $0, lasting: seconds / Double(roundCount)) }
  var times = [[Double]](repeating: [], count: measurements.count)
  for _ in 0..<roundCount {
    for (place, measurement) in measurements.enumerated() {
      let time = duration(of: measurement, calls: repeats[place])
      times[place].append(time / Double(repeats[place] * measurement.count))
    }
  }
  print(row("measurement", "bytes", "median", "fastest", "per second", "MB/s"))
  for (place, measurement) in measurements.enumerated() {
    let sorted = times[place].sorted()
    let median = sorted[roundCount / 2]
    let size = Double(measurement.size) / Double(measurement.count)
    print(
      row(
        measurement.name, String(Int(size)), duration(median), duration(sorted[0]),
        grouped(Int(1 / median)), measurement.size == 0 ? "" : tenths(size / median / 1e6)))
  }
}

/// How many calls take about as long as a round should; at least 1.
private func calls(of measurement: Measurement, lasting seconds: Double) -> Int {
  var calls = 1
  while calls < 1 << 24 {
    let time = duration(of: measurement, calls: calls)
    if time >= seconds / 2 { return max(1, Int(Double(calls) * seconds / time)) }
    calls *= 2
  }
  return calls
}

/// What all calls returned, so that none can be left out.
private let sum = Atomic(0)

/// Unit: seconds.
private func duration(of measurement: Measurement, calls: Int) -> Double {
  let start = SystemClock.monotonic()
  var total = 0
  for _ in 0..<calls { total &+= measurement.run() }
  let (seconds, attoseconds) = (SystemClock.monotonic() - start).components
  sum.wrappingAdd(total, ordering: .relaxed)
  return Double(seconds) + Double(attoseconds) / 1e18
}

private func row(_ name: String, _ cells: String...) -> String {
  let widths = [10, 11, 11, 13, 9]
  func spaces(_ count: Int) -> String { String(repeating: " ", count: max(1, count)) }
  return zip(cells, widths).reduce(name + spaces(44 - name.count)) { line, cell in
    line + spaces(cell.1 - cell.0.count) + cell.0
  }
}

private func duration(_ seconds: Double) -> String {
  let (value, unit) =
    seconds < 1e-6
    ? (seconds * 1e9, "ns") : seconds < 1e-3 ? (seconds * 1e6, "us") : (seconds * 1e3, "ms")
  return "\(tenths(value)) \(unit)"
}

private func tenths(_ value: Double) -> String {
  let count = Int((value * 10).rounded())
  return "\(count / 10).\(count % 10)"
}

private func grouped(_ number: Int) -> String {
  var digits = String(number)
  var place = digits.utf8.count - 3
  while place > 0 {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
    place -= 3
  }
  return digits
}
