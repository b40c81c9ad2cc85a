import CommandLine
import FlowModel
import JSON
import Platform
import Source
import Wire

extension Option {
  static let output = Option(
    "--output", "--out", "-o", value: .required("FILE"), help: "the model; default stdout")
  static let provenance = Option(
    "--provenance", value: .required("FILE"),
    help: "write the provenance record to a file of its own")
  static let embedProvenance = Option(
    "--embed-provenance", help: "put the provenance record into the model")
  static let generatedAt = Option(
    "--generated-at", value: .required("TIME"),
    help: "fix the clock, such as 2025-09-25T12:00:00Z (else $SOURCE_DATE_EPOCH, else now)")
  static let naming = Option(
    "--provenance-naming", value: .required("NAMING"),
    help: "snake_case or camelCase; default snake_case")
  static let mode = Option(
    "--mode", value: .required("MODE"),
    help: "simulation or telemetry; default what the template says, else simulation")
}

extension Command {
  static let generate = Command(
    name: "generate", summary: "Make a model from a template and values.",
    usage:
      "TEMPLATE [--params NAME=VALUE...] [--output FILE] [--provenance FILE | --embed-provenance]",
    operandCountMax: 1,
    options: [
      .template, .parameters, .output, .provenance, .embedProvenance, .naming, .generatedAt, .mode,
      .lint, .format,
      .templates, .socket,
    ],
    notes: """
      The TEMPLATE is an id, the beginning of one, or a file; '-' is stdin. '--template TEMPLATE' is the same.
      Without --output the model goes to stdout. Files appear whole or not at all. --provenance and
      --embed-provenance exclude one another.

      Example:
        flowtime-sim generate --template it-system --params bins=12 --output model.yaml --provenance provenance.json
      """,
    run: runGenerate)
}

private func runGenerate(_ invocation: Invocation) throws(Stop) {
  let names = invocation.operands + invocation.all(.template)
  guard let name = names.last else { throw .usage("generate: name a template or a file") }
  if names.count > 1, !invocation.operands.isEmpty {
    throw .usage("generate: one template makes one model, not '\(names[0])' and '\(name)'")
  }
  if invocation.has(.provenance), invocation.has(.embedProvenance) {
    throw .usage(
      "generate: --provenance and --embed-provenance exclude one another; nothing is written")
  }
  let format = try ReportFormat(invocation)
  if format != .text, invocation[.output] == nil {
    throw .usage(
      "generate: --format \(format.rawValue) writes to stdout; give the model a file with --output")
  }
  if invocation[.provenance] == "-", invocation[.output] == nil {
    throw .usage(
      "generate: --provenance - writes to stdout, and so does the model; give it a file with --output"
    )
  }
  try invocation.tellApart(.output, .provenance)
  let naming = try invocation.choice(
    .naming, of: Provenance.Naming.allCases.map(\.rawValue), default: "snake_case")
  let mode = try invocation.mode
  let lint = try invocation.lint
  let time = try fixedTime(invocation)
  let client = try Client(invocation, naming: name)
  let template = try TemplateOperand(name, client)
  try invocation.keep(
    [template.name] + ParameterOperand.paths(invocation.all(.parameters)),
    from: [invocation[.output], invocation[.provenance]])
  var params = template.params
  params["parameters"] = .object(
    try readValues(invocation.all(.parameters), template, client))
  params["embedProvenance"] = .bool(invocation.has(.embedProvenance))
  params["provenanceNaming"] = .string(naming)
  if let mode { params["mode"] = .string(mode) }
  if let lint { params["lint"] = lint }
  if let time { params["generatedAt"] = .string(time) }

  switch try client.call(GenerateMethod.name, params) {
  case .failure(let error): throw try rejected(error, template, format)
  case .success(let result):
    let members = result.objectValue ?? JSONObject()
    let model = Array((members["model"]?.stringValue ?? "").utf8)
    try format.show(
      [
        Report(name: template.name, text: template.text, diagnostics: members["diagnostics"])
      ], by: .sim)
    var files: [(path: String, bytes: [UInt8])] = []
    if let path = invocation[.output] { files.append((path, model)) }
    if let path = invocation[.provenance], let record = members["provenance"] {
      files.append((path, record.serialized(.pretty) + [0x0A]))
    }
    try write(files)
    if invocation[.output] == nil { try Terminal.output(model) }
  }
}

extension Invocation {
  /// The mode that was asked for; nil where none was.
  var mode: String? {
    get throws(Stop) {
      guard has(.mode) else { return nil }
      return try choice(.mode, of: Mode.allCases.map(\.rawValue), default: Mode.simulation.rawValue)
    }
  }
}

/// The moment that stands for now, if the user fixed one.
func fixedTime(_ invocation: Invocation) throws(Stop) -> String? {
  if let time = invocation[.generatedAt] {
    guard let reading = Timestamp.Reading(rfc3339: time), reading.isExact else {
      throw .usage(
        "\(invocation.command.name): --generated-at takes a time such as 2025-09-25T12:00:00Z, at most to the "
          + "microsecond, not '\(time)'")
    }
    return time
  }
  // https://reproducible-builds.org/specs/source-date-epoch/
  guard let epoch = Environment.value(of: "SOURCE_DATE_EPOCH"), !epoch.isEmpty else { return nil }
  guard let seconds = Int64(epoch), seconds >= 0, let time = Timestamp(seconds: seconds) else {
    throw .usage("SOURCE_DATE_EPOCH must be whole seconds since 1970, not '\(epoch)'")
  }
  return time.rfc3339
}

/// The values that stood after `--params`, which need the template's declarations for their types.
func readValues(
  _ operands: [String], _ template: TemplateOperand, _ client: Client
) throws(Stop) -> JSONObject {
  if operands.isEmpty { return JSONObject() }
  switch try client.call(ValidateTemplateMethod.name, template.params) {
  case .success(let result):
    return try ParameterOperand.read(
      operands, typedBy: result.objectValue?["parametersSchema"]?.objectValue ?? JSONObject())
  case .failure(let error): throw .refused(error.message)
  }
}

/// Shows what an error says about the input; gives the end of the command.
func rejected(_ error: Answered, _ template: TemplateOperand, _ format: ReportFormat) throws(Stop)
  -> Stop
{
  if let mistake = template.mistake { return mistake }
  let report = Report(
    name: template.name, text: template.text, diagnostics: error.data["diagnostics"])
  guard !report.diagnostics.isEmpty else {
    return error.isAboutInput ? .input(error.spoken) : .refused(error.message)
  }
  try format.show([report], by: .sim)
  return .reported
}
