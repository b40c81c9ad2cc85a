import Engine
import FlowModel
import Source

/// Any text is a model that can be run or one with errors; what is run gives the same again, and text that reads back.
func fuzzEngine(_ bytes: Span<UInt8>) {
  let text = SourceText(bytes.prefixArray(8_192))
  let document = ModelDocument(text)
  var limits = EngineLimits()
  limits.columnCountMax = 2_000
  limits.valueCountMax = 20_000
  limits.kernelLengthMax = 2_000
  limits.stepCountMax = 200_000
  for layout in [KeyLayout.file, .request] {
    let (plan, findings) = Plan.compile(document, layout: layout, limits: limits)
    DiagnosticInvariants.demand(findings, in: text)
    Invariant.demand(
      (plan == nil) == findings.hasErrors,
      "a model is run unless it has errors: \(findings) of \(Invariant.shown(text.bytes))")
    guard let plan, let run = plan.evaluate() else { continue }
    Invariant.demand(plan.valueCount <= limits.valueCountMax, "numbers have their bound")
    Invariant.demand(plan.evaluate { _ in false } == nil, "a run that is to end ends")
    demand(run, sameAs: plan.evaluate())
  }
}

private func demand(_ run: Evaluation, sameAs other: Evaluation?) {
  let bits = { (series: Series) in series.values.map(\.bitPattern) }
  Invariant.demand(
    other.map { $0.series.map(bits) } == run.series.map(bits) && other?.warnings == run.warnings,
    "a model gives the same each time")
  Invariant.demand(
    Set(run.series.map { Array($0.id.utf8) }).count == run.series.count,
    "no two series have one id: \(run.series.map(\.id))")
  for series in run.series {
    Invariant.demand(
      series.values.count == run.grid.bins, "\(series.id) has a number for each bin")
    let lines = series.csv.split(separator: UInt8(ascii: "\n"))
    Invariant.demand(lines.count == run.grid.bins + 1, "\(series.id) has a line for each bin")
    for (bin, (line, value)) in zip(lines.dropFirst(), series.values).enumerated() {
      let fields = String(decoding: line, as: UTF8.self).split(separator: ",")
      Invariant.demand(
        fields.count == 2 && Int(fields[0]) == bin, "a line of \(series.id): \(fields)")
      let read = fields.last.flatMap { Double($0) }
      Invariant.demand(
        read?.bitPattern == value.bitPattern || value.isNaN && read?.isNaN ?? false
          || read == 0 && value == 0,
        "\(value) of \(series.id) reads back: \(fields)")
    }
  }
}
