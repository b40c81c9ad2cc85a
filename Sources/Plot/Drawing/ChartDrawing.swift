/// Puts the parts of a chart in their places and writes them.
struct ChartDrawing {
  private let title: String
  private let subtitle: String?
  private let grid: TimeGrid
  private let series: [DrawnSeries]
  private let leftOutCount: Int
  private let width: Double
  private var body = ""
  private var height = 0.0

  private static let margin = 16.0
  private static let labelSize = 12.0
  private static let smallSize = 11.0

  init(_ chart: LineChart, width: Int) {
    let title = PlainText.line(chart.title, max: PlotLimits.titleMax)
    self.title = title
    subtitle = chart.subtitle.flatMap {
      $0.isEmpty ? nil : PlainText.line($0, max: PlotLimits.titleMax)
    }
    grid = chart.grid
    series = chart.series.prefix(PlotLimits.seriesMax).map {
      DrawnSeries($0, bins: chart.grid.bins)
    }
    leftOutCount = chart.series.count - series.count
    self.width = Double(width)
    addHead()
    if isShared { addShared() } else { addPanels() }
    if leftOutCount > 0 {
      add("\(leftOutCount) more series are not drawn", ChartDrawing.margin, height + 10, "quiet")
      height += 18
    }
    height += ChartDrawing.margin - 4
  }

  /// Whether all series stand on the same axes.
  private var isShared: Bool {
    guard series.count <= PlotLimits.sharedMax else { return false }
    let magnitudes = series.compactMap { $0.range?.magnitude }.filter { $0 > 0 }
    guard let least = magnitudes.min(), let most = magnitudes.max() else { return true }
    return most / PlotLimits.ratioMax <= least
  }

  var document: String {
    let height = Int(self.height.rounded(.up))
    let width = Int(width)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="flowtime-plot" role="img" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)">
      <title>\(PlainText.escaped(title.isEmpty ? "Series over time" : title))</title>
      <desc>\(PlainText.escaped(summary))</desc>
      <style>
      \(ChartStyle.sheet)</style>
      <rect class="paper" width="\(width)" height="\(height)"/>
      \(body)</svg>

      """
  }

  /// What a reader who does not see the chart is told.
  private var summary: String {
    let what =
      series.isEmpty
      ? "No series" : series.count == 1 ? "One series" : "\(series.count) series"
    return ([what + " over \(grid.description)."] + series.map { $0.summary })
      .joined(separator: " ") + (leftOutCount > 0 ? " \(leftOutCount) more are not drawn." : "")
  }

  // MARK: Parts

  private mutating func addHead() {
    let room = width - 2 * ChartDrawing.margin
    height = ChartDrawing.margin
    if !title.isEmpty {
      // The title is written bold.
      let shown = PlainText.fitting(title, size: 17.5, width: room)
      add(shown, ChartDrawing.margin, height + 13, "title")
      height += 20
    }
    if let subtitle {
      let shown = PlainText.fitting(subtitle, size: ChartDrawing.labelSize, width: room)
      add(shown, ChartDrawing.margin, height + 12, "quiet")
      height += 18
    }
  }

  private mutating func addShared() {
    let range = series.compactMap(\.range).reduce(nil) { (all: FiniteRange?, one) in
      all?.joined(with: one) ?? one
    }
    let axis = ValueAxis(range, holdsZero: series.contains { $0.isQueue }, intervalsMax: 6)
    let units = Set(series.map(\.unit))
    let common = units.count == 1 ? units.first ?? "" : ""
    let sampleWidth = 46.0
    let names = series.map { one in
      max(
        PlainText.width(one.name, size: 12.5),
        PlainText.width(one.note(without: common), size: ChartDrawing.smallSize))
    }
    let nameWidth = min(names.max() ?? 0, (width / 4).rounded())
    let labels = series.isEmpty ? 0 : sampleWidth + nameWidth
    let left = leftEdge(of: [axis])
    let head = [common, axis.factorText ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    let top = height + (head.isEmpty ? 14 : 30)
    let frame = Frame(
      left: left, top: top, width: width - left - max(labels, 20) - ChartDrawing.margin,
      height: 280)
    if !head.isEmpty {
      let shown = PlainText.fitting(
        head, size: ChartDrawing.smallSize, width: width - 2 * ChartDrawing.margin)
      add(shown, ChartDrawing.margin, top - 14, "quiet")
    }
    let time = TimeAxis(grid, width: frame.width)
    addGrid(axis, time, in: frame)
    let paths = series.map {
      SeriesPath(
        $0.series, bins: grid.bins, axis: axis, frame: frame, columnsMax: columns(in: frame))
    }
    let base = tenths(frame.bottom - axis.part(of: 0) * frame.height)
    // Areas lie beneath all lines.
    for (index, path) in paths.enumerated() where series[index].isQueue {
      addArea(path, index, base: base)
    }
    for (index, path) in paths.enumerated() { addLine(path, index) }
    addLabels(paths, frame, nameWidth: nameWidth, common: common)
    addTimes(time, beneath: frame)
  }

  /// Names to the right, each as near to where its line ends as the others allow.
  private mutating func addLabels(
    _ paths: [SeriesPath], _ frame: Frame, nameWidth: Double, common: String
  ) {
    let heights = series.map { $0.note(without: common).isEmpty ? 18.0 : 32.0 }
    let wished = paths.map { $0.last.map { Double($0.y) / 10 } ?? frame.bottom }
    let order = series.indices.sorted { (wished[$0], $0) < (wished[$1], $1) }
    var tops = series.map { _ in 0.0 }
    var free = frame.top - 6
    for index in order {
      tops[index] = max(free, wished[index] - 9)
      free = tops[index] + heights[index]
    }
    var limit = frame.bottom + 8
    for index in order.reversed() {
      tops[index] = min(tops[index], limit - heights[index])
      limit = tops[index]
    }
    for index in series.indices {
      let one = series[index]
      let middle = tops[index] + 9
      let start = frame.right + 14
      if let last = paths[index].last {
        // From the end of the line to its name.
        body +=
          "<path class=\"axis\" stroke-width=\"0.75\" d=\"M\(pixels(last.x)) \(pixels(last.y))"
          + "L\(pixels(tenths(start - 2))) \(pixels(tenths(middle)))\"/>\n"
      }
      body +=
        "<path class=\"line s\(index)\"\(dash(index)) d=\"M\(pixels(tenths(start))) "
        + "\(pixels(tenths(middle)))H\(pixels(tenths(start + 24)))\"/>\n"
      let x = start + 30
      add(PlainText.fitting(one.name, size: 12.5, width: nameWidth), x, middle + 4, "name")
      let note = one.note(without: common)
      if !note.isEmpty {
        let shown = PlainText.fitting(note, size: ChartDrawing.smallSize, width: nameWidth)
        add(shown, x, middle + 17, "quiet")
      }
    }
  }

  /// One panel for each series above one axis of time.
  private mutating func addPanels() {
    let panelHeight = min(120, max(64, (320 / Double(series.count)).rounded()))
    let axes = series.map {
      ValueAxis($0.range, holdsZero: $0.isQueue, intervalsMax: panelHeight > 90 ? 4 : 3)
    }
    let left = leftEdge(of: axes)
    let right = width - ChartDrawing.margin - 14
    var frame = Frame(left: left, top: height, width: right - left, height: panelHeight)
    let time = TimeAxis(grid, width: frame.width)
    height += 8
    for (index, one) in series.enumerated() {
      let axis = axes[index]
      frame = Frame(left: left, top: height + 26, width: frame.width, height: panelHeight)
      addPanelHead(one, axis, frame)
      addGrid(axis, time, in: frame)
      let path = SeriesPath(
        one.series, bins: grid.bins, axis: axis, frame: frame, columnsMax: columns(in: frame))
      if one.isQueue {
        addArea(path, 0, base: tenths(frame.bottom - axis.part(of: 0) * frame.height))
      }
      addLine(path, 0, name: one.name)
      height = frame.bottom + 14
    }
    addTimes(time, beneath: frame)
  }

  private mutating func addPanelHead(_ one: DrawnSeries, _ axis: ValueAxis, _ frame: Frame) {
    let y = frame.top - 11
    let reach = one.reach
    let reachWidth = PlainText.width(reach, size: ChartDrawing.smallSize)
    let room = frame.right - ChartDrawing.margin - reachWidth - 16
    let name = PlainText.fitting(one.name, size: 12.5, width: room)
    add(name, ChartDrawing.margin, y, "name")
    let unit = [one.unit, axis.factorText ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    let used = PlainText.width(name, size: 12.5) + 8
    let shown = PlainText.fitting(unit, size: ChartDrawing.smallSize, width: room - used)
    if !unit.isEmpty, shown != "…" { add(shown, ChartDrawing.margin + used, y, "quiet") }
    add(reach, frame.right, y, "quiet", anchor: "end")
  }

  private mutating func addGrid(_ axis: ValueAxis, _ time: TimeAxis, in frame: Frame) {
    var lines = PathTextLines()
    for tick in time.ticks where tick.part > 0.001 {
      let x = tenths(frame.left + tick.part * frame.width)
      lines.add(Point(x, tenths(frame.top)), Point(x, tenths(frame.bottom)))
    }
    var axisLines = PathTextLines()
    for tick in axis.ticks {
      let y = frame.bottom - tick.part * frame.height
      let (from, to) = (Point(frame.left, y), Point(frame.right, y))
      if tick.isZero { axisLines.add(from, to) } else { lines.add(from, to) }
      add(tick.label, frame.left - 7, y + 4, "quiet", anchor: "end")
    }
    if !lines.text.isEmpty { body += "<path class=\"grid\" d=\"\(lines.text)\"/>\n" }
    if !axisLines.text.isEmpty { body += "<path class=\"axis\" d=\"\(axisLines.text)\"/>\n" }
  }

  private mutating func addTimes(_ time: TimeAxis, beneath frame: Frame) {
    var marks = PathTextLines()
    for tick in time.ticks {
      let x = frame.left + tick.part * frame.width
      marks.add(Point(x, frame.bottom), Point(x, frame.bottom + 4))
      add(tick.label, x, frame.bottom + 17, "quiet", anchor: "middle")
      if let date = tick.date { add(date, x, frame.bottom + 31, "quiet", anchor: "middle") }
    }
    body += "<path class=\"axis\" d=\"\(marks.text)\"/>\n"
    height = frame.bottom + (time.ticks.contains { $0.date != nil } ? 50 : 36)
    add(time.title, frame.left + frame.width / 2, height, "quiet", anchor: "middle")
    height += 4
  }

  private mutating func addArea(_ path: SeriesPath, _ index: Int, base: Int) {
    let data = path.area(base: base)
    if !data.isEmpty { body += "<path class=\"area s\(index)\" d=\"\(data)\"/>\n" }
  }

  /// - Parameter name: defaults to that of the series at `index`.
  private mutating func addLine(_ path: SeriesPath, _ index: Int, name: String? = nil) {
    let data = path.line
    guard !data.isEmpty else { return }
    body +=
      "<path class=\"line s\(index)\"\(dash(index)) d=\"\(data)\"><title>"
      + PlainText.escaped(name ?? series[index].name) + "</title></path>\n"
  }

  private func dash(_ index: Int) -> String {
    let dash = ChartStyle.dashes[index % ChartStyle.dashes.count]
    return dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
  }

  private mutating func add(
    _ text: String, _ x: Double, _ y: Double, _ style: String, anchor: String = "start"
  ) {
    body +=
      "<text class=\"\(style)\" x=\"\(pixels(tenths(x)))\" y=\"\(pixels(tenths(y)))\""
      + (anchor == "start" ? "" : " text-anchor=\"\(anchor)\"")
      + ">\(PlainText.escaped(text))</text>\n"
  }

  // MARK: Room

  /// Where plots begin: behind the longest label of their axes.
  private func leftEdge(of axes: [ValueAxis]) -> Double {
    let labels = axes.flatMap { $0.ticks.map { PlainText.width($0.label, size: 11) } }
    return ChartDrawing.margin + max(20, labels.max() ?? 0).rounded(.up) + 7
  }

  /// One for each pixel, or less where so many series would make a large document.
  private func columns(in frame: Frame) -> Int {
    let paths = series.count + series.count { $0.isQueue }
    // A column has at most 20 bytes: `L1234.5 1234.5V1234.5`.
    return max(16, min(Int(frame.width), PlotLimits.pathBytesMax / 21 / max(1, paths)))
  }
}

/// Separate straight lines of one path.
private struct PathTextLines {
  private(set) var text = ""

  /// - Parameters: two places on one level or one above the other.
  mutating func add(_ from: Point, _ to: Point) {
    text += "M\(pixels(from.x)) \(pixels(from.y))"
    text += from.y == to.y ? "H\(pixels(to.x))" : "V\(pixels(to.y))"
  }
}

/// A series with what is said of it.
private struct DrawnSeries {
  let series: LineChart.Series
  let name: String
  /// Empty where there is none.
  let unit: String
  let range: FiniteRange?
  private let gapCount: Int

  var isQueue: Bool { series.kind == .queue }

  init(_ series: LineChart.Series, bins: Int) {
    self.series = series
    let name = PlainText.line(series.name, max: PlotLimits.nameMax)
    self.name = name.isEmpty ? "(no name)" : name
    unit = PlainText.line(series.unit ?? "", max: PlotLimits.unitMax)
    let values = series.values.prefix(bins)
    range = FiniteRange(of: values)
    gapCount = bins - values.count { $0.isFinite }
  }

  /// What stands beneath the name, where `common` stands at the axis already.
  func note(without common: String) -> String {
    range == nil ? "no values" : unit == common ? "" : unit
  }

  var reach: String {
    guard let range else { return "no values" }
    let (low, high) = (ShortNumber.text(range.low), ShortNumber.text(range.high))
    return low == high ? "always \(low)" : "\(low) to \(high)"
  }

  var summary: String {
    name + (unit.isEmpty ? "" : " (\(unit))") + ": " + reach
      + (gapCount > 0 && range != nil
        ? ", \(gapCount) \(gapCount == 1 ? "bin" : "bins") without a value" : "") + "."
  }
}
