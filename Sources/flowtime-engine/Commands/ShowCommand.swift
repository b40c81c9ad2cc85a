import CommandLine
import EngineOperations
import FlowModel
import JSON
import Plot
import RunStore

extension Option {
  static let series = Option(
    "--series", value: .several("NAME"),
    help: "only these series, by id or its beginning up to the '@'; may be repeated")
  static let ascii = Option("--ascii", help: "draw with characters that every terminal has")
}

extension Command {
  static let show = Command(
    name: "show", summary: "Show a stored run: what it is of, and the course of its series.",
    usage: "RUN [--series NAME...]", operandCountMax: 1,
    options: [.data, .series, .ascii, .listFormat],
    notes: """
      A RUN is an id, the beginning of one that only one run has, or 'latest'. Each series is drawn from the first
      bin to the last, between its own lowest and highest value.
      """,
    run: runShow)
}

private func runShow(_ invocation: Invocation) throws(Stop) {
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let engine = try invocation.engine(makesDirectory: false)
  let id = try invocation.run(in: engine)
  let (entry, run) = try Stop.wrapping { () throws(EngineFailure) in
    (try GetArtifact.run(id, in: engine), try GetRun.run(id, in: engine))
  }
  let series = try RunSeries.read(invocation.all(.series), of: id, in: engine)
  if format == "json" {
    let value: JSONValue = [
      "artifact": .object(entry.artifact), "run": .object(run.record),
      "manifest": .object(run.manifest),
      "series": .array(series.map(\.json)),
    ]
    return try Terminal.output(value.text(.pretty) + "\n")
  }
  let characters: Sparkline.Characters = invocation.has(.ascii) ? .ascii : .blocks
  var facts = [["run", id], ["title", entry.title], ["created", entry.created.rfc3339]]
  let grid = run.record["grid"]?.objectValue
  if let bins = grid?["bins"]?.numberValue?.integer {
    let size = grid?["binSize"]?.numberValue?.integer ?? 1
    facts.append(["grid", "\(bins) bins of \(size) \(grid?["binUnit"]?.stringValue ?? "")"])
  }
  for (label, name) in [("template", "templateId"), ("model", "modelId"), ("source", "source")] {
    if let text = entry.provenance?[name]?.stringValue { facts.append([label, text]) }
  }
  facts.append(["tags", entry.tags.joined(separator: ", ")])
  let rows = series.map { one -> [String] in
    let range = FiniteRange(of: one.values)
    func shown(_ value: Double?) -> String { value.map { ShortNumber.text($0) } ?? "-" }
    return [
      one.name, one.kind, shown(range?.low), shown(range?.high), shown(one.values.last),
      Sparkline.text(one.values, width: 48, characters: characters),
    ]
  }
  try Terminal.output(
    table(facts) + "\n" + table([["SERIES", "KIND", "MIN", "MAX", "LAST", "COURSE"]] + rows))
  for warning in (run.record["warnings"]?.arrayValue ?? []).compactMap(\.objectValue) {
    let (node, message) = (warning["nodeId"]?.stringValue, warning["message"]?.stringValue)
    Terminal.notice(oneLine("warning: \(node ?? ""): \(message ?? "")"))
  }
}
