import CommandLine
import JSON
import Operations
import Plot
import SimMethods
import Source
import Wire

extension Option {
  static let series = Option(
    "--series", value: .several("NAME"),
    help: "only these series, by name or id; may be repeated")
  static let ascii = Option("--ascii", help: "draw with characters that every terminal has")
}

extension Command {
  static let preview = Command(
    name: "preview", summary: "Run a model, or the model of a template, and show what comes of it.",
    usage: "TEMPLATE [--params NAME=VALUE...] | MODEL", operandCountMax: 1,
    options: [
      .template, .model, .parameters, .mode, .lint, .series, .ascii, .listFormat, .templates,
      .socket,
    ],
    notes: """
      A TEMPLATE is an id, the beginning of one, or a file; '-' is stdin. A file that is a model, with
      schemaVersion, grid and nodes and without metadata, is run as it is. For each series: its lowest, mean and
      highest value, and its course from the first bin to the last, each drawn between its own lowest and highest.
      Nothing is stored.

      Examples:
        flowtime-sim preview it-system --params bins=24
        flowtime-sim preview model.yaml --series served queueDepth
      """,
    run: runPreview)
}

private func runPreview(_ invocation: Invocation) throws(Stop) {
  guard let name = invocation.operands.first ?? invocation[.template] else {
    throw .usage("preview: name a template, a model or a file")
  }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let lint = try invocation.lint
  let mode = try invocation.mode
  let client = try Client(invocation, naming: name)
  let subject = try PreviewSubject(name, invocation, client)
  var params = subject.params
  if let template = subject.template {
    params["parameters"] = .object(try readValues(invocation.all(.parameters), template, client))
    if let mode { params["mode"] = .string(mode) }
    if let lint { params["lint"] = lint }
  } else if let option = [Option.parameters, .mode, .lint].first(where: invocation.has) {
    throw .usage("preview: \(option.name) is about templates, and '\(name)' is a model")
  }
  let asked = params
  if invocation.has(.series) {
    params["series"] = .array(invocation.all(.series).map { .string($0) })
  }
  switch try client.call(PreviewMethod.name, params) {
  case .failure(let error): throw try subject.rejected(error, asked, client)
  case .success(let result):
    try ReportFormat.text.show(
      [
        Report(
          name: subject.name, text: subject.text,
          diagnostics: result.objectValue?["diagnostics"])
      ], by: .sim)
    if format == "json" { return try Terminal.output(result.text(.pretty) + "\n") }
    let preview = PreviewText(
      result.objectValue ?? JSONObject(), characters: invocation.has(.ascii) ? .ascii : .blocks)
    try Terminal.output(preview.text)
    for warning in preview.warnings { Terminal.notice(warning) }
  }
}

/// What a user wants to be run.
private struct PreviewSubject {
  let name: String
  let params: JSONObject
  let text: SourceText?
  /// nil for a model.
  let template: TemplateOperand?

  init(_ name: String, _ invocation: Invocation, _ client: Client) throws(Stop) {
    if invocation.has(.model) {
      self.init(model: try Disk.text(name), name)
      return
    }
    let template = try TemplateOperand(name, client)
    if let text = template.text, template.params["template"] != nil, DocumentKind(text) == .model {
      self.init(model: text, name)
    } else {
      self.init(
        name: template.name, params: template.params, text: template.text, template: template)
    }
  }

  private init(model text: SourceText, _ name: String) {
    self.init(name: name, params: ["model": .string(text.string)], text: text, template: nil)
  }

  private init(name: String, params: JSONObject, text: SourceText?, template: TemplateOperand?) {
    self.name = name
    self.params = params
    self.text = text
    self.template = template
  }

  /// Shows what an error says about the input; gives the end of the command.
  func rejected(_ error: Answered, _ asked: JSONObject, _ client: Client) throws(Stop) -> Stop {
    guard let template else {
      return try flowtime_sim.rejected(error, name: name, text: text ?? SourceText(""))
    }
    // The model is right by itself, and cannot be run: places are those of its text.
    if FailureCode(rawValue: error.code) == .modelInvalid,
      case .success(let result) = try client.call(GenerateMethod.name, asked)
    {
      return try flowtime_sim.rejected(
        error, name: "the model of \(name)",
        text: SourceText(result.objectValue?["model"]?.stringValue ?? ""))
    }
    return try flowtime_sim.rejected(error, template, .text)
  }
}

/// What a `preview` answered, for people.
private struct PreviewText {
  private static let width = 48

  private let grid: JSONObject
  private let series: [JSONObject]
  let warnings: [String]
  private let characters: Sparkline.Characters

  init(_ result: JSONObject, characters: Sparkline.Characters) {
    grid = result["grid"]?.objectValue ?? JSONObject()
    series = (result["series"]?.arrayValue ?? []).compactMap(\.objectValue)
    warnings = (result["warnings"]?.arrayValue ?? []).compactMap(\.objectValue).map {
      "warning: \($0["nodeId"]?.stringValue ?? ""): \($0["message"]?.stringValue ?? "")"
        + " [\($0["code"]?.stringValue ?? "")]"
    }
    self.characters = characters
  }

  var text: String {
    let bins = grid["bins"]?.numberValue?.integer ?? 0
    let size = grid["binSize"]?.numberValue?.integer ?? 1
    let unit = grid["binUnit"]?.stringValue ?? ""
    let rows = series.map { one in
      let values = (one["values"]?.arrayValue ?? []).map { $0.numberValue?.double ?? .nan }
      let range = FiniteRange(of: values)
      let finite = values.filter(\.isFinite)
      let mean = finite.isEmpty ? nil : finite.reduce(0) { $0 + $1 / Double(finite.count) }
      func shown(_ value: Double?) -> String { value.map { ShortNumber.text($0) } ?? "-" }
      let name = one["name"]?.stringValue ?? ""
      return [
        one["class"]?.stringValue.map { "\(name) (\($0))" } ?? name,
        one["kind"]?.stringValue ?? "", shown(range?.low), shown(mean), shown(range?.high),
        Sparkline.text(values, width: PreviewText.width, characters: characters),
      ]
    }
    let single = unit.hasSuffix("s") ? String(unit.dropLast()) : unit
    let header = "\(counted(bins, "bin")) of \(counted(size, single, unit))\n\n"
    if rows.isEmpty { return header + "no series\n" }
    return header + table([["SERIES", "KIND", "MIN", "MEAN", "MAX", "COURSE"]] + rows)
  }
}
