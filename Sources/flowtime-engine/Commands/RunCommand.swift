import CommandLine
import EngineMethods
import EngineOperations
import FlowModel
import JSON
import Platform
import RunStore
import Server
import Source
import Wire

extension Option {
  static let provenance = Option(
    "--provenance", value: .required("FILE"),
    help: "the record of the model, as flowtime-sim writes it; goes before one in the model")
  static let strict = Option(
    "--strict", help: "hold the model to every rule, as the doors of 'serve' do")
}

extension Command {
  static let run = Command(
    name: "run", summary: "Run a model and store the run with its provenance.",
    usage: "MODEL [--data DIR] [--provenance FILE]", operandCountMax: 1,
    options: [.data, .provenance, .strict, .listFormat],
    notes: """
      A MODEL is a file; '-' is stdin. The id of the run goes to stdout, everything else to stderr; with --format
      json, stdout has the answer of the method 'run', warnings and all. A run appears whole or not at all, and has reached the disk when its id is
      printed.

      Example:
        flowtime-engine run model.yaml --data runs --provenance provenance.json
      """,
    run: runRun)
}

private func runRun(_ invocation: Invocation) throws(Stop) {
  guard let path = invocation.operands.first else { throw .usage("run: name a model's file") }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  if path == "-", invocation[.provenance] == "-" {
    throw .usage("run: the model and its record cannot both be stdin")
  }
  let text = try Disk.text(path)
  let record = try invocation[.provenance].map { path throws(Stop) in
    (path: path, text: try Disk.text(path))
  }
  let request = RunModel.Request(
    model: text, provenance: record?.text.string,
    provenancePlace: record.map { $0.path == "-" ? "stdin" : Source.quoted($0.path) } ?? "",
    strictness: invocation.has(.strict) ? .request : .file)
  let evaluated = try evaluate(request, path, record)
  // A directory is made for a run, and not for a model that is refused.
  let engine = try invocation.engine()
  let result = try Stop.wrapping { () throws(EngineFailure) in
    try RunModel.store([evaluated], in: engine).first ?? evaluated
  }
  try show(result.diagnostics, text, path)
  for warning in result.provenanceWarnings { Terminal.notice("warning: \(warning)") }
  for warning in result.run.warnings {
    Terminal.notice("warning: \(warning.nodeID): \(warning.message) [\(warning.code)]")
  }
  if format == "json" {
    return try Terminal.output(RunMethod.Result(result, .utf32).json.text(.pretty) + "\n")
  }
  let grid = result.run.grid
  let size = "\(result.run.series.count) series of \(grid.bins) bins"
  guard let stored = result.stored else { return }
  Terminal.notice("\(path): \(size), in \(stored.directory)")
  try Terminal.output(stored.id + "\n")
}

private func evaluate(
  _ request: RunModel.Request, _ path: String, _ record: (path: String, text: SourceText)?
) throws(Stop) -> RunModel.Result {
  let progress = ProgressLine("running \(path)")
  defer { progress.end() }
  do throws(EngineFailure) {
    return try RunModel.evaluate(request, in: Workspace()) { part in
      progress.tell(part)
      return true
    }
  } catch {
    switch error {
    case .modelInvalid(let text, let diagnostics):
      progress.end()
      try show(diagnostics, text, path)
      throw .reported
    case .provenanceInvalid(let failure):
      guard let record, let offset = failure.offset else { throw Stop(error) }
      let place = placeName(of: offset, in: record.text, record.path)
      throw .input("\(place): error: \(failure.explanation)")
    default: throw Stop(error)
    }
  }
}

private func show(_ diagnostics: [Diagnostic], _ text: SourceText, _ path: String) throws(Stop) {
  if diagnostics.isEmpty { return }
  let positions = Positions(text, .utf32)
  let wire = diagnostics.map { WireDiagnostic($0, positions).json }
  try ReportFormat.text.show(
    [Report(name: path, text: text, diagnostics: .array(wire))], by: .engine)
}
