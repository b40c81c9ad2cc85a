import CommandLine
import JSON
import Wire

extension Command {
  static let list = Command(
    name: "list", summary: "List the templates that are known by id.",
    usage: "[--format text|json]",
    operandCountMax: 0, options: [.listFormat, .templates, .socket], notes: "", run: runList)
}

private func runList(_ invocation: Invocation) throws(Stop) {
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let client = try Client(invocation)
  switch try client.call(ListTemplatesMethod.name, JSONObject()) {
  case .failure(let error): throw .refused(error.message)
  case .success(let result):
    if format == "json" { return try Terminal.output(result.text(.pretty) + "\n") }
    let templates = (result.objectValue?["templates"]?.arrayValue ?? []).compactMap(\.objectValue)
    if templates.isEmpty {
      Terminal.notice("no templates; --templates DIR or FLOWTIME_SIM_TEMPLATES says where they are")
      return
    }
    let rows = templates.map { template in
      [
        template["templateId"]?.stringValue ?? "", template["version"]?.stringValue ?? "",
        (template["title"]?.stringValue ?? "")
          + mark(template["state"]?.stringValue),
      ]
    }
    try Terminal.output(table([["ID", "VERSION", "TITLE"]] + rows))
  }
}

private func mark(_ state: String?) -> String {
  switch state {
  case "broken": " (broken)"
  case "kept": " (its file is broken; this is the last good version)"
  default: ""
  }
}
