import CommandLine
import JSON
import Source
import Wire

extension Option {
  static let parameter = Option(
    "--parameter", value: .required("NAME"), help: "only what this parameter touches")
  static let line = Option(
    "--line", value: .required("N"), help: "only what stands on this line of the model, from 1")
}

extension Command {
  static let explain = Command(
    name: "explain", summary: "Show which parameters made which lines of a model.",
    usage: "TEMPLATE [--params NAME=VALUE...] [--parameter NAME | --line N]", operandCountMax: 1,
    options: [
      .template, .parameters, .mode, .parameter, .line, .listFormat, .templates, .socket,
    ],
    notes: """
      For each value of the model that parameters touch: its line in the model, its path, its text, where the
      template says it, and the parameters; a '*' marks those that have their default. With --line, whatever
      stands on the line. Nothing is written.

      Examples:
        flowtime-sim explain it-system
        flowtime-sim explain it-system --parameter loadBalancerCapacity
      """,
    run: runExplain)
}

private func runExplain(_ invocation: Invocation) throws(Stop) {
  guard let name = invocation.operands.first ?? invocation[.template] else {
    throw .usage("explain: name a template or a file")
  }
  if invocation.has(.parameter), invocation.has(.line) {
    throw .usage("explain: --parameter and --line exclude one another")
  }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let client = try Client(invocation, naming: name)
  let template = try TemplateOperand(name, client)
  var params = template.params
  params["parameters"] = .object(try readValues(invocation.all(.parameters), template, client))
  if let mode = try invocation.mode { params["mode"] = .string(mode) }
  if let parameter = invocation[.parameter] { params["parameter"] = .string(parameter) }
  if let text = invocation[.line] {
    guard let line = Int(text), line > 0 else {
      throw .usage("explain: --line takes a number from 1, not '\(text)'")
    }
    params["line"] = .number(JSONNumber(line - 1))
  }
  switch try client.call(ExplainMethod.name, params) {
  case .failure(let error): throw try rejected(error, template, .text)
  case .success(let result):
    if let line = params["line"]?.numberValue?.integer {
      let model = SourceText(result.objectValue?["model"]?.stringValue ?? "")
      let count = model.bytes.count { $0 == 0x0A }
      guard line < count else {
        throw .input(
          "explain: --line \(line.oneBased) is beyond the model, which has \(count) lines")
      }
    }
    if format == "json" { return try Terminal.output(result.text(.pretty) + "\n") }
    try Terminal.output(Explanation(result.objectValue ?? JSONObject(), template).text)
  }
}

/// What an `explain` answered, for people.
private struct Explanation {
  private let model: Excerpts
  private let template: Excerpts
  private let templateName: String
  private let nodes: [JSONObject]
  /// Names of parameters that have their default.
  private let defaults: Set<String>

  init(_ result: JSONObject, _ operand: TemplateOperand) {
    model = Excerpts(SourceText(result["model"]?.stringValue ?? ""))
    template = Excerpts(operand.text ?? SourceText(""))
    templateName = operand.name
    nodes = result["nodes"]?.arrayValue?.compactMap(\.objectValue) ?? []
    defaults = Set(
      (result["parameters"]?.arrayValue ?? []).compactMap(\.objectValue).filter {
        $0["given"]?.boolValue == false
      }.compactMap { $0["name"]?.stringValue })
  }

  var text: String {
    if nodes.isEmpty { return "nothing in the model\n" }
    let rows = nodes.map { node in
      let range = node["range"]?.objectValue
      let origin = node["templateRange"]?.objectValue
      let names = (node["parameters"]?.arrayValue ?? []).compactMap(\.stringValue)
      return [
        model.line(of: range), node["path"]?.stringValue ?? "", model.excerpt(range),
        origin.map { "\(template.line(of: $0)): \(template.excerpt($0))" } ?? "(added)",
        names.map { defaults.contains($0) ? $0 + "*" : $0 }.joined(separator: ", "),
      ]
    }
    return "template: \(templateName)\n"
      + table([["LINE", "PATH", "MODEL", "IN THE TEMPLATE", "PARAMETERS"]] + rows)
  }
}

/// Ranges of a text as an answer gives them, in code points.
private struct Excerpts {
  private let text: SourceText
  private let lines: LineTable

  init(_ text: SourceText) {
    self.text = text
    lines = LineTable(text)
  }

  func line(of range: JSONObject?) -> String {
    String((range?["start"]?.objectValue?["line"]?.numberValue?.integer ?? 0).oneBased)
  }

  /// The first line of a range, cut to fit a table.
  func excerpt(_ range: JSONObject?) -> String {
    let start = range?["start"]?.objectValue
    let end = range?["end"]?.objectValue
    guard let line = start?["line"]?.numberValue?.integer, let bytes = lines.range(ofLine: line)
    else { return "" }
    let content = text.bytes[bytes.start..<bytes.end].prefix { $0 != 0x0A && $0 != 0x0D }
    let scalars = String(decoding: content, as: UTF8.self).unicodeScalars
    let from = max(0, start?["character"]?.numberValue?.integer ?? 0)
    let isOneLine = end?["line"]?.numberValue?.integer == line
    let to = isOneLine ? end?["character"]?.numberValue?.integer ?? from : scalars.count
    var shown = String(String.UnicodeScalarView(scalars.dropFirst(from).prefix(max(0, to - from))))
    if !isOneLine { shown += " …" }
    return shown.count <= 40 ? shown : shown.prefix(39) + "…"
  }
}
