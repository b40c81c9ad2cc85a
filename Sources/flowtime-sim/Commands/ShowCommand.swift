import CommandLine
import JSON
import Source
import Wire

extension Option {
  static let text = Option("--text", help: "print the template itself")
}

extension Command {
  static let show = Command(
    name: "show", summary: "Show a template: what it is for and its parameters.",
    usage: "TEMPLATE [--text]",
    operandCountMax: 1, options: [.template, .text, .listFormat, .templates, .socket], notes: "",
    run: runShow)
}

private func runShow(_ invocation: Invocation) throws(Stop) {
  guard let name = invocation.operands.first ?? invocation[.template] else {
    throw .usage("show: name a template or a file; 'flowtime-sim list' shows all that have an id")
  }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let client = try Client(invocation, naming: name)
  let template = try TemplateOperand(name, client)
  if invocation.has(.text) { return try Terminal.output(template.text?.bytes ?? []) }
  switch try client.call(GetTemplateMethod.name, template.params) {
  case .failure(let error): throw .refused(error.message)
  case .success(let result):
    let members = result.objectValue ?? JSONObject()
    if members["state"]?.stringValue == "broken", let mistake = template.mistake { throw mistake }
    if format == "json" { return try Terminal.output(result.text(.pretty) + "\n") }
    try Terminal.output(description(members, path: template.name))
  }
}

/// - Parameter path: where a template stands that the answer knows no path of.
private func description(_ template: JSONObject, path: String) -> String {
  func text(_ name: String) -> String { template[name]?.stringValue ?? "" }
  let id = template["templateId"]?.stringValue ?? "(no id)"
  let path = template["path"]?.stringValue ?? path
  var result = "\(id) \(text("version")): \(text("title"))\n"
  if !text("description").isEmpty { result += text("description") + "\n" }
  let tags = (template["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
  if !tags.isEmpty { result += "tags: \(tags.joined(separator: ", "))\n" }
  result += "file: \(path)\n"
  if text("state") == "broken" {
    result += "The template is broken: 'flowtime-sim validate' tells why.\n"
  }
  if let rejected = template["rejected"]?.objectValue {
    let findings = (rejected["diagnostics"]?.arrayValue ?? []).compactMap(\.objectValue)
    let first = findings.first { $0["severity"] == 1 }
    result +=
      "This is the last good version. The file is broken now: \(first?["message"]?.stringValue ?? "")\n"
  }
  let parameters = (template["parameters"]?.arrayValue ?? []).compactMap(\.objectValue)
  if parameters.isEmpty { return result + "It has no parameters.\n" }
  return parameters.reduce(into: result + "\nparameters:\n") { $0 += lines(of: $1) }
}

/// A parameter: its name and all that it is held to, and below that what it is for.
private func lines(of parameter: JSONObject) -> String {
  var traits: [String] = []
  var type = parameter["type"]?.stringValue ?? "(no type)"
  if let elements = parameter["arrayOf"]?.stringValue { type += " of \(elements)s" }
  traits.append(type)
  if let value = parameter["default"] {
    traits.append("default " + shortened(value.text(.compact)))
  } else {
    traits.append(parameter["required"]?.boolValue == false ? "optional" : "required")
  }
  traits += bounds(parameter)
  if let fit = parameter["fit"]?.stringValue { traits.append("fit \(fit)") }
  if parameter["sensitive"]?.boolValue == true { traits.append("sensitive") }
  let meaning = ["title", "description"].compactMap { parameter[$0]?.stringValue }
    .filter { !$0.isEmpty }
  return "  \(parameter["name"]?.stringValue ?? ""): \(traits.joined(separator: ", "))\n"
    + (meaning.isEmpty ? "" : "      \(meaning.joined(separator: ": "))\n")
}

/// A long list is cut: `--format json` has all of it.
private func shortened(_ text: String) -> String {
  text.count <= 60 ? text : text.prefix(59) + "…"
}

private func bounds(_ parameter: JSONObject) -> [String] {
  if let allowed = parameter["enum"]?.arrayValue {
    let values = allowed.map { $0.stringValue ?? $0.text(.compact) }
    return ["one of " + values.joined(separator: "|")]
  }
  switch (parameter["min"]?.text(.compact), parameter["max"]?.text(.compact)) {
  case (let minimum?, let maximum?): return ["from \(minimum) to \(maximum)"]
  case (let minimum?, nil): return ["at least \(minimum)"]
  case (nil, let maximum?): return ["at most \(maximum)"]
  case (nil, nil): return []
  }
}
