import Plot
import TestSupport
import Testing

private let hours = TimeGrid(bins: 4, binSize: 1, binUnit: .hours)

private func chart(
  _ values: [Double], _ kind: LineChart.Series.Kind = .rate, grid: TimeGrid = hours
) -> LineChart {
  LineChart(
    title: "t", grid: grid, series: [.init(name: "a", unit: "jobs", values: values, kind: kind)])
}

private let nan = Double.nan
private let inf = Double.infinity
private let tiny = Double.leastNonzeroMagnitude

/// Plots of these charts are 607 pixels wide from 43 on, and 280 high from 66 on.
@Test(
  arguments: [
    // Between the middles of bins.
    ([1, 2, 3, 4], .rate, "M118.9 276L270.6 206L422.4 136L574.1 66", nil),
    // What is level is one command.
    ([4, 4, 4, 4], .rate, "M118.9 66H574.1", nil),
    ([4, nan, 4, 2], .rate, "M43 66H194.8M422.4 66L574.1 206", nil),
    ([4, 4, 2, -inf], .step, "M43 66H346.5V206H498.3", nil),
    (
      [4, 2, nan, 4], .queue, "M43 66H194.8V206H346.5M498.3 66H650",
      "M43 346V66H194.8V206H346.5V346ZM498.3 346V66H650V346Z"
    ),
    ([0, 0], .queue, "M43 346H346.5", "M43 346H346.5Z"),
    // Areas reach to zero from beneath, too.
    ([-4], .queue, "M43 346H194.8", "M43 66V346H194.8V66Z"),
    ([], .queue, nil, nil), ([nan, inf, -inf, nan], .rate, nil, nil),
  ] as [([Double], LineChart.Series.Kind, String?, String?)])
func `a series becomes a path by its kind`(
  values: [Double], kind: LineChart.Series.Kind, line: String?, area: String?
) throws {
  let read = try check(chart(values, kind))
  #expect(read.lines == (line.map { [$0] } ?? []))
  #expect(read.paths("area") == (area.map { [$0] } ?? []))
}

@Test(
  arguments: [
    ([0, 10], ["0", "2", "4", "6", "8", "10"]),
    ([0, 0], ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    ([5, 5], ["0", "1", "2", "3", "4", "5"]),
    ([-3], ["−3.0", "−2.5", "−2.0", "−1.5", "−1.0", "−0.5", "0"]),
    ([-0.0], ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    ([0.3], ["0", "0.05", "0.10", "0.15", "0.20", "0.25", "0.30"]),
    ([990, 1000], ["990", "992", "994", "996", "998", "1000"]),
    ([12, -7], ["−10", "−5", "0", "5", "10", "15"]),
    ([3e5], ["0", "50000", "100000", "150000", "200000", "250000", "300000"]),
    ([2e6, 7], ["×10⁶", "0", "0.5", "1.0", "1.5", "2.0"]),
    ([1e308, -1e308], ["×10³⁰⁶", "−100", "−50", "0", "50", "100"]),
    ([tiny], ["×10⁻³²⁴", "0", "1", "2", "3", "4", "5"]),
    ([0.00002], ["×10⁻⁶", "0", "5", "10", "15", "20"]),
    ([Double.greatestFiniteMagnitude], ["×10³⁰⁶", "0", "50", "100", "150", "200"]),
  ] as [([Double], [String])])
func `the axis of values has round numbers`(values: [Double], expected: [String]) throws {
  let series = LineChart.Series(name: "a", values: values)
  let read = try check(LineChart(title: "t", grid: hours, series: [series]))
  #expect(Array(read.texts("quiet").prefix(expected.count)) == expected)
  #expect(!(read.texts("quiet").dropFirst(expected.count).first ?? "").contains("×"))
}

@Test(
  arguments: [
    ((288, 5, .minutes, nil), ["0", "3", "6", "9", "12", "15", "18", "21", "24", "hours"]),
    ((60, 1, .minutes, nil), ["0", "10", "20", "30", "40", "50", "60", "minutes"]),
    ((7, 1, .days, nil), ["0", "1", "2", "3", "4", "5", "6", "7", "days"]),
    ((168, 1, .hours, nil), ["0", "1", "2", "3", "4", "5", "6", "7", "days"]),
    (
      (52, 1, .weeks, nil),
      ["0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "weeks"]
    ),
    ((1, 1, .days, nil), ["0", "1", "days"]),
    // A leap year's February, from the evening on.
    (
      (8, 3, .hours, 1_709_240_400),
      ["00:00", "2024-03-01", "06:00", "12:00", "18:00", "UTC"]
    ),
    (
      (3, 1, .days, 1_709_164_800),
      [
        "00:00", "2024-02-29", "12:00", "00:00", "2024-03-01", "12:00", "00:00", "2024-03-02",
        "12:00", "00:00", "2024-03-03", "UTC",
      ]
    ),
    (
      (10, 1, .days, -86_400),
      ["1969-12-31", "1970-01-02", "1970-01-04", "1970-01-06", "1970-01-08", "1970-01-10", "UTC"]
    ),
    ((4, 1, .hours, .max), ["0", "1", "2", "3", "4", "hours"]),
  ] as [((Int, Int, TimeGrid.Unit, Int?), [String])])
func `the axis of time reads well`(
  grid: (bins: Int, size: Int, unit: TimeGrid.Unit, start: Int?), expected: [String]
) throws {
  let grid = TimeGrid(bins: grid.bins, binSize: grid.size, binUnit: grid.unit, start: grid.start)
  let read = try check(
    LineChart(title: "t", grid: grid, series: [.init(name: "a", values: [0, 1])]))
  // The axis of values has six labels.
  #expect(Array(read.texts("quiet").dropFirst(6).prefix(expected.count)) == expected)
}

@Test(
  arguments: [
    ([[1, 2], [40, 3]], 1), ([[1], [50]], 1), ([[1], [51]], 2), ([[0], [51], [nan]], 1),
    ([[1], [2], [3], [4], [5], [6]], 1), ([[1], [2], [3], [4], [5], [6], [7]], 7),
    ([[1e308], [tiny]], 2), ([[-100], [1]], 2), ([], 1),
  ] as [([[Double]], Int)])
func `series that do not fit one axis have panels`(values: [[Double]], panels: Int) throws {
  let series = values.enumerated().map { LineChart.Series(name: "s\($0)", values: $1) }
  let read = try check(LineChart(title: "t", grid: hours, series: series))
  #expect(read.paths("grid").count == panels)
  // Colour and dash tell series apart on one axis.
  let samples = read.elements.filter { $0.classes.contains("line") && $0.attributes["d"] != nil }
  let looks = Set(samples.map { "\($0.classes) \($0.attributes["stroke-dasharray"] ?? "")" })
  if !values.isEmpty { #expect(looks.count == (panels == 1 ? values.count : 1)) }
}

@Test func `text of users is text in the document`() throws {
  let name = "a<b>&\"c\"\u{0}\u{1B}[1m\u{FFFF}\u{202E}\n]]>"
  let read = try check(
    LineChart(
      title: name, subtitle: name, grid: hours,
      series: [.init(name: name, unit: name, values: [1]), .init(name: "", values: [2])]))
  #expect(read.texts("title") == ["a<b>&\"c\"\u{FFFD}\u{FFFD}[1m\u{FFFD}\u{FFFD} ]]>"])
  #expect(read.texts("name").last == "(no name)")
  #expect(read.elements.first { $0.name == "desc" }?.text.contains("a<b>&\"c\"") == true)
}

@Test func `the summary says what the picture shows`() throws {
  let read = try check(
    LineChart(
      title: "t", grid: TimeGrid(bins: 4, binSize: 5, binUnit: .minutes),
      series: [
        .init(name: "a", unit: "jobs", values: [1, 2.5, nan]),
        .init(name: "b", values: [7, 7, 7, 7]),
        .init(name: "c", values: []),
      ]))
  #expect(
    read.elements.first { $0.name == "desc" }?.text
      == "3 series over 4 bins of 5 minutes. a (jobs): 1 to 2.5, 2 bins without a value. b: always 7. c: no values."
  )
}

@Test func `a spike among many bins is drawn`() throws {
  var values = Array(repeating: 0.0, count: 50_000)
  values[31_234] = 9
  for kind in [LineChart.Series.Kind.rate, .step, .queue] {
    let read = try check(
      chart(values, kind, grid: .init(bins: 50_000, binSize: 1, binUnit: .minutes)))
    // 9 of 10, of the plot that is 280 high from 66 on.
    #expect(read.lines.first?.contains("V94") == true)
  }
}

@Test func `the largest chart stays within its bound`() throws {
  let name = String(repeating: "\"", count: 300)
  for count in [6, 7, 32, 40] {
    let series = (0..<count).map { number in
      LineChart.Series(
        name: name, unit: name,
        values: (0..<5000).map { Double(($0 &* 7919 + number) % 1009) - 0.5 }, kind: .queue)
    }
    let read = try check(
      LineChart(
        title: name, subtitle: name,
        grid: .init(bins: 5000, binSize: 7, binUnit: .minutes, start: 1), series: series),
      width: 9999)
    #expect(read.texts().contains("8 more series are not drawn") == (count == 40))
  }
}

private let oddValues: [Double] = [
  0, -0.0, 1, -1, 0.1, 1e308, -1e308, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, tiny,
  .leastNormalMagnitude, nan, inf, -inf, 1e-280, 1e-281, 1 + .ulpOfOne, 1e15, 123_456_789,
]

@Test func `300 random charts are drawn within bounds`() throws {
  for seed in UInt64(0)..<300 {
    var random = SplitMix64(seed: seed)
    let bins = [1, 2, 12, 288, 3000].randomElement(using: &random) ?? 1
    let units: [TimeGrid.Unit] = [.minutes, .hours, .days, .weeks]
    let starts: [Int?] = [
      nil, 0, -62_135_596_800, 253_402_300_799, Int.random(in: 0...4_000_000_000, using: &random),
    ]
    let odd = Double.random(in: 0...1, using: &random) < 0.3
    let series = (0..<Int.random(in: 0...9, using: &random)).map { number -> LineChart.Series in
      let scale: Double = [1.0, 1e-3, 1e6, 1e300].randomElement(using: &random) ?? 1
      let count =
        Bool.random(using: &random) ? bins : Int.random(in: 0...(bins + 2), using: &random)
      let values = (0..<count).map { _ -> Double in
        odd || Int.random(in: 0..<20, using: &random) == 0
          ? oddValues.randomElement(using: &random) ?? 0
          : Double.random(in: -1...9, using: &random) * scale
      }
      return LineChart.Series(
        name: "series_\(number)"
          + String(repeating: "w", count: Int.random(in: 0...40, using: &random)),
        unit: [nil, "jobs", "entities/bin"].randomElement(using: &random) ?? nil, values: values,
        kind: [.rate, .queue, .step].randomElement(using: &random) ?? .rate)
    }
    let grid = TimeGrid(
      bins: Int.random(in: 0..<20, using: &random) == 0 ? .max : bins,
      binSize: [1, 5, 60, 7, .max].randomElement(using: &random) ?? 1,
      binUnit: units.randomElement(using: &random) ?? .hours,
      start: starts.randomElement(using: &random) ?? nil)
    try check(
      LineChart(title: "chart \(seed)", grid: grid, series: series),
      width: [0, 360, 720, 1500].randomElement(using: &random) ?? 720, "seed \(seed)")
  }
}
