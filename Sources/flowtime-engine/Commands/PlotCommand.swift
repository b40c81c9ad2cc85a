import CommandLine
import EngineOperations
import JSON
import Plot
import RunStore

extension Option {
  static let output = Option(
    "--output", "--out", value: .required("FILE"), help: "where the drawing goes; default stdout")
  static let width = Option(
    "--width", value: .required("PIXELS"), help: "from 360 to 2400; default 720")
}

extension Command {
  static let plot = Command(
    name: "plot", summary: "Draw series of a stored run as SVG.",
    usage: "RUN [--series NAME...] --output FILE", operandCountMax: 1,
    options: [.data, .series, .output, .width],
    notes: """
      A RUN is as in 'show'. Without --series, up to 32 series are drawn, the first of the run. The drawing follows
      the light or dark mode of whoever looks at it.

      Example:
        flowtime-engine plot latest --series served queue --output run.svg
      """,
    run: runPlot)
}

private func runPlot(_ invocation: Invocation) throws(Stop) {
  var width = 720
  if let text = invocation[.width] {
    guard let value = Int(text), PlotLimits.width.contains(value) else {
      throw .usage(
        "plot: --width takes a number from \(PlotLimits.width.lowerBound) to \(PlotLimits.width.upperBound), not '\(text)'"
      )
    }
    width = value
  }
  let names = invocation.all(.series)
  if names.count > PlotLimits.seriesMax {
    throw .usage("plot: \(names.count) series are more than \(PlotLimits.seriesMax)")
  }
  let engine = try invocation.engine(makesDirectory: false)
  let id = try invocation.run(in: engine)
  let (entry, run) = try Stop.wrapping { () throws(EngineFailure) in
    (try GetArtifact.run(id, in: engine), try GetRun.run(id, in: engine))
  }
  let series = try RunSeries.read(names, countMax: PlotLimits.seriesMax, of: id, in: engine)
  let count = try names.isEmpty ? RunSeries.count(of: id, in: engine) : names.count
  if count > series.count {
    Terminal.notice(
      "note: the first \(series.count) of \(count) series are drawn; --series names others")
  }
  let grid = run.record["grid"]?.objectValue
  let chart = LineChart(
    title: entry.title, subtitle: id,
    grid: TimeGrid(
      bins: grid?["bins"]?.numberValue?.integer ?? series.map(\.values.count).max() ?? 1,
      binSize: grid?["binSize"]?.numberValue?.integer ?? 1,
      binUnit: grid?["binUnit"]?.stringValue.flatMap { TimeGrid.Unit(rawValue: $0) } ?? .minutes),
    series: series.map { one in
      LineChart.Series(
        name: one.name, unit: one.kind == "ratio" ? nil : one.unit, values: one.values,
        kind: one.kind == "stock" ? .queue : .rate)
    })
  let svg = Array(chart.svg(width: width).utf8)
  if let path = invocation[.output] { return try write([(path, svg)]) }
  try Terminal.output(svg)
}
