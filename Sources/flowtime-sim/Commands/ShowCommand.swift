import JSON
import Source
import Wire

extension Option {
  static let text = Option("--text", help: "print the template itself, which may be a file too")
  static let templateID = Option(
    "--template", "--id", value: .required("TEMPLATE"),
    help: "a template's id, or the unique beginning of one up to a '-'")
}

extension Command {
  static let show = Command(
    name: "show", summary: "Show a template: what it is for and its parameters.",
    usage: "TEMPLATE [--text]",
    operandCountMax: 1, options: [.templateID, .text, .listFormat, .templates, .socket], notes: "",
    run: runShow)
}

private func runShow(_ invocation: Invocation) throws(Stop) {
  guard let name = invocation.operands.first ?? invocation[.template] else {
    throw .usage("show: name a template; 'flowtime-sim list' shows all")
  }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let client = try Client(invocation)
  let template = try TemplateOperand(name, client)
  if invocation.has(.text) { return try Terminal.output(template.text?.bytes ?? []) }
  guard let id = template.params["templateId"] else {
    throw .usage("show: '\(name)' is a file; 'validate' looks at files")
  }
  switch try client.call(GetTemplateMethod.name, ["templateId": id]) {
  case .failure(let error): throw .refused(error.message)
  case .success(let result):
    if format == "json" { return try Terminal.output(result.text(.pretty) + "\n") }
    try Terminal.output(description(result.objectValue ?? JSONObject()))
  }
}

private func description(_ template: JSONObject) -> String {
  func text(_ name: String) -> String { template[name]?.stringValue ?? "" }
  var result = "\(text("templateId")) \(text("version")): \(text("title"))\n"
  if !text("description").isEmpty { result += text("description") + "\n" }
  let tags = (template["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
  if !tags.isEmpty { result += "tags: \(tags.joined(separator: ", "))\n" }
  result += "file: \(text("path"))\n"
  if text("state") == "broken" {
    result += "The template is broken: 'flowtime-sim validate' tells why.\n"
  }
  let parameters = (template["parameters"]?.arrayValue ?? []).compactMap(\.objectValue)
  if parameters.isEmpty { return result }
  let rows = parameters.map { parameter in
    [
      "  " + (parameter["name"]?.stringValue ?? ""), parameter["type"]?.stringValue ?? "",
      parameter["default"].map { shortened($0.text(.compact)) } ?? "(required)", bounds(parameter),
      parameter["title"]?.stringValue ?? parameter["description"]?.stringValue ?? "",
    ]
  }
  return result + "\n" + table([["  PARAMETER", "TYPE", "DEFAULT", "RANGE", "MEANING"]] + rows)
}

/// A long list is cut: `--format json` has all of it.
private func shortened(_ text: String) -> String {
  text.count <= 32 ? text : text.prefix(31) + "…"
}

private func bounds(_ parameter: JSONObject) -> String {
  if let allowed = parameter["enum"]?.arrayValue {
    return allowed.map { $0.stringValue ?? $0.text(.compact) }.joined(separator: "|")
  }
  let minimum = parameter["min"]?.text(.compact)
  let maximum = parameter["max"]?.text(.compact)
  return minimum == nil && maximum == nil ? "" : "\(minimum ?? "")..\(maximum ?? "")"
}
