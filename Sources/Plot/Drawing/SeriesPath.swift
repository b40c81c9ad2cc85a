/// A series as stretches without a gap.
struct SeriesPath {
  private var runs: [[Point]] = []

  /// - Parameters:
  ///   - frame: the rectangle that all points lie in.
  ///   - columnsMax: where there are more than one and a half times as many bins, the lowest and the highest value of each
  ///     of as many columns are drawn.
  init(
    _ series: LineChart.Series, bins: Int, axis: ValueAxis, frame: Frame, columnsMax: Int
  ) {
    let count = min(series.values.count, bins)
    let binWidth = frame.width / Double(bins)
    // Bins without a value at the end take up their room as well.
    let columns = max(1, Int(Double(columnsMax) * Double(count) / Double(bins)))
    var run: [Point] = []
    func y(_ value: Double) -> Double { frame.bottom - axis.part(of: value) * frame.height }
    if count > columns + columns / 2 {
      for column in 0..<columns {
        let range = Pieces.range(column, of: columns, over: count)
        let middle = Double(range.lowerBound + range.upperBound) / 2
        let x = frame.left + middle * binWidth
        guard let ends = Ends(of: series.values[range]) else {
          SeriesPath.end(&run, in: &runs, frame: frame, width: binWidth * Double(range.count))
          continue
        }
        run.append(Point(x, y(ends.first)))
        run.append(Point(x, y(ends.second)))
      }
    } else {
      for (bin, value) in series.values.prefix(count).enumerated() {
        guard value.isFinite else {
          SeriesPath.end(&run, in: &runs, frame: frame, width: binWidth)
          continue
        }
        let left = frame.left + Double(bin) * binWidth
        if series.kind == .rate {
          run.append(Point(left + binWidth / 2, y(value)))
        } else {
          run.append(Point(left, y(value)))
          run.append(Point(left + binWidth, y(value)))
        }
      }
    }
    SeriesPath.end(&run, in: &runs, frame: frame, width: binWidth)
  }

  /// A stretch that is only one place wide becomes as wide as what it stands for, so that it is seen.
  private static func end(
    _ run: inout [Point], in runs: inout [[Point]], frame: Frame, width: Double
  ) {
    defer { run = [] }
    guard let first = run.first, let last = run.last else { return }
    if first.x == last.x {
      let reach = max(10, tenths(width / 2))
      let ends = tenths(frame.left)...tenths(frame.right)
      run.insert(Point(max(ends.lowerBound, first.x - reach), first.y), at: 0)
      run.append(Point(min(ends.upperBound, last.x + reach), last.y))
    }
    runs.append(run)
  }

  /// The last place that is drawn.
  var last: Point? { runs.last?.last }

  var line: String {
    var path = PathText()
    for run in runs {
      for (index, point) in run.enumerated() {
        if index == 0 { path.move(to: point) } else { path.line(to: point) }
      }
    }
    return path.finished
  }

  /// What lies between the line and `base`.
  func area(base: Int) -> String {
    var path = PathText()
    for run in runs {
      guard let first = run.first, let last = run.last else { continue }
      path.move(to: Point(first.x, base))
      for point in run { path.line(to: point) }
      path.line(to: Point(last.x, base))
      path.close()
    }
    return path.finished
  }
}

/// The lowest and the highest finite value, in the order in which they come.
private struct Ends {
  let first: Double
  let second: Double

  init?(of values: ArraySlice<Double>) {
    var low: (index: Int, value: Double)?
    var high: (index: Int, value: Double)?
    for (index, value) in values.enumerated() where value.isFinite {
      if low.map({ value < $0.value }) ?? true { low = (index, value) }
      if high.map({ value > $0.value }) ?? true { high = (index, value) }
    }
    guard let low, let high else { return nil }
    (first, second) = low.index <= high.index ? (low.value, high.value) : (high.value, low.value)
  }
}

/// Where values are drawn. Unit: pixels, downwards.
struct Frame {
  let left: Double
  let top: Double
  let width: Double
  let height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }
}
