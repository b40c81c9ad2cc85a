import CommandLine
import EngineOperations
import JSON

extension Command {
  static let trace = Command(
    name: "trace", summary: "Lead a stored run back to its model, template and values.",
    usage: "RUN", operandCountMax: 1, options: [.data, .listFormat],
    notes: """
      A RUN is as in 'show'. The last line is a command that proves the way: flowtime-sim makes the model again of
      the record and compares. It needs the template that the record names.

      Example:
        sh -c "$(flowtime-engine trace latest --format json | jq -r .verify)"
      """,
    run: runTrace)
}

private func runTrace(_ invocation: Invocation) throws(Stop) {
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  let engine = try invocation.engine(makesDirectory: false)
  let id = try invocation.run(in: engine)
  let trace = try Stop.wrapping { () throws(EngineFailure) in try TraceRun.run(id, in: engine) }
  if format == "json" {
    func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }
    let value = JSONObject.present([
      ("runId", .string(trace.run)), ("created", .string(trace.created)),
      ("source", text(trace.source)), ("modelId", text(trace.modelID)),
      ("templateId", text(trace.templateID)), ("templateVersion", text(trace.templateVersion)),
      ("templateHash", text(trace.templateHash)), ("modelHash", text(trace.modelHash)),
      ("textHash", .string(trace.textHash)), ("parameters", .object(trace.parameters)),
      ("verify", text(trace.verifyCommand)),
    ])
    return try Terminal.output(value.text(.pretty) + "\n")
  }
  var rows = [["run", trace.run], ["created", trace.created]]
  func add(_ label: String, _ text: String?) { if let text { rows.append([label, text]) } }
  add("made by", trace.source)
  add("model", trace.modelID)
  add("template", trace.templateID)
  add("version", trace.templateVersion)
  add("template hash", trace.templateHash)
  add("model hash", trace.modelHash)
  rows.append(["text hash", trace.textHash])
  for member in trace.parameters.members {
    rows.append(["  " + member.name, member.value.text()])
  }
  try Terminal.output(table(rows))
  guard let command = trace.verifyCommand else {
    Terminal.notice(
      trace.provenance == nil
        ? "the run has no provenance: nothing says what its model comes of"
        : "the provenance names no template: nothing can be made again")
    return
  }
  try Terminal.output("\nto prove it:\n  \(command)\n")
}
