import CommandLine
import JSON
import Operations
import Source
import Wire

extension Option {
  static let model = Option("--model", help: "the files are models, not templates")
}

extension Command {
  static let validate = Command(
    name: "validate", summary: "Find everything that is wrong with templates or models.",
    usage: "TEMPLATE... [--params NAME=VALUE...] | --model FILE...", operandCountMax: 1_000,
    options: [.template, .model, .parameters, .mode, .lint, .format, .templates, .socket],
    notes: """
      A TEMPLATE is an id, the beginning of one, or a file; '-' is stdin. Without --params a template is looked
      at by itself, and a parameter may be without a value. A file that is a model, with schemaVersion, grid and
      nodes and without metadata, is looked at as one, as all are with --model. Exit status 1 if there is an
      error; warnings alone are 0.
      """,
    run: runValidate)
}

private func runValidate(_ invocation: Invocation) throws(Stop) {
  let names = invocation.all(.template) + invocation.operands
  guard !names.isEmpty else { throw .usage("validate: name a template or a file") }
  let format = try ReportFormat(invocation)
  if invocation.has(.model), invocation.has(.lint) {
    throw .usage("validate: --lint is about templates, --model says that there are none")
  }
  let lint = try invocation.lint
  let client = try Client(invocation)
  var reports: [Report] = []
  // One that cannot be read does not keep the others from being looked at.
  var worst: Stop?
  for name in names {
    do throws(Stop) {
      reports.append(
        invocation.has(.model)
          ? try validateModel(name, client) : try validateTemplate(name, invocation, lint, client))
    } catch {
      guard names.count > 1, error.status != .usage else { throw error }
      if !error.message.isEmpty { Terminal.notice("flowtime-sim: \(error.message)") }
      if error.status.rawValue > worst?.status.rawValue ?? 0 {
        worst = Stop(status: error.status, message: "")
      }
    }
  }
  try format.show(reports, by: .sim)
  let errors = reports.reduce(0) { $0 + $1.errorCount }
  if format == .text, !reports.isEmpty {
    let valid = reports.count { $0.errorCount == 0 }
    Terminal.notice(
      errors == 0
        ? reports.count == 1 ? "\(reports[0].name): valid" : "all \(reports.count) are valid"
        : "\(errors) error\(errors == 1 ? "" : "s"); \(valid) of \(reports.count) valid")
  }
  if let worst { throw worst }
  if errors > 0 { throw .reported }
}

private func validateTemplate(
  _ name: String, _ invocation: Invocation, _ lint: JSONValue?, _ client: Client
) throws(Stop) -> Report {
  let template = try TemplateOperand(name, client)
  var params = template.params
  if let text = template.text, params["template"] != nil, !invocation.has(.parameters),
    !invocation.has(.mode), DocumentKind(text) == .model
  {
    return try validate(model: text, name, client)
  }
  if invocation.has(.parameters) {
    params["parameters"] = .object(
      try readValues(invocation.all(.parameters), template, client))
  }
  if let mode = try invocation.mode { params["mode"] = .string(mode) }
  if let lint { params["lint"] = lint }
  switch try client.call(ValidateTemplateMethod.name, params) {
  case .success(let result):
    let report = Report(
      name: template.name, text: template.text, diagnostics: result.objectValue?["diagnostics"])
    if report.errorCount > 0, let mistake = template.mistake { throw mistake }
    return report
  case .failure(let error):
    throw error.isAboutInput ? .input(error.spoken) : .refused(error.message)
  }
}

private func validateModel(_ name: String, _ client: Client) throws(Stop) -> Report {
  try validate(model: Disk.text(name), name, client)
}

private func validate(model text: SourceText, _ name: String, _ client: Client) throws(Stop)
  -> Report
{
  switch try client.call(ValidateModelMethod.name, ["model": .string(text.string)]) {
  case .success(let result):
    let report = Report(
      name: name, text: text, diagnostics: result.objectValue?["diagnostics"])
    if report.errorCount > 0 {
      let isTemplate = DocumentKind(text) == .template
      if let stop = wrongKind(
        name, text, wanted: .model,
        advice: isTemplate ? "'flowtime-sim validate \(name)' looks at it as one" : nil)
      {
        throw stop
      }
      let hasReference = report.diagnostics.contains {
        SourceText($0["message"]?.stringValue ?? "").contains("'${")
      }
      if hasReference {
        Terminal.notice(
          "note: \(name): '${…}' stands for a parameter of a template; 'generate' puts values in its place"
        )
      }
    }
    return report
  case .failure(let error):
    throw error.isAboutInput ? .input(error.spoken) : .refused(error.message)
  }
}
