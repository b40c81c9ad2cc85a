import CommandLine
import JSON
import Operations
import Source
import Wire

extension Option {
  static let record = Option("--provenance", value: .required("FILE"), help: "the record, as JSON")
  static let replace = Option("--replace", help: "put the record in the place of one that is there")
  static let embedded = Option(
    "--output", "--out", "-o", value: .required("FILE"), help: "the result; default stdout")
}

extension Command {
  static let embed = Command(
    name: "embed", summary: "Put a provenance record into a model, leaving every other byte alone.",
    usage: "MODEL --provenance FILE [--replace] [--output FILE]", operandCountMax: 1,
    options: [.record, .replace, .embedded, .socket], notes: "MODEL is a file; '-' is stdin.",
    run: runEmbed)
}

private func runEmbed(_ invocation: Invocation) throws(Stop) {
  guard let path = invocation.operands.first else { throw .usage("embed: name a model") }
  guard let recordPath = invocation[.record] else { throw .usage("embed: --provenance is missing") }
  try invocation.keep([recordPath], from: [invocation[.embedded]])
  let model = try Disk.text(path)
  let recordText = try Disk.text(recordPath)
  if DocumentKind(model) == .record, DocumentKind(recordText) == .model {
    throw .usage(
      "embed: '\(path)' is the record and '\(recordPath)' the model: embed \(recordPath) --provenance \(path)"
    )
  }
  if let stop = wrongKind(path, model, wanted: .model)
    ?? wrongKind(recordPath, recordText, wanted: .record)
  {
    throw stop
  }
  let record = try readJSON(recordText, recordPath)
  let client = try Client(invocation)
  let answer = try client.call(
    EmbedProvenanceMethod.name,
    [
      "model": .string(model.string), "provenance": record,
      "replace": .bool(invocation.has(.replace)),
    ])
  try finish(answer, invocation[.embedded], path, model)
}

/// Writes the model of an answer, or reports why there is none.
private func finish(
  _ answer: Result<JSONValue, Answered>, _ output: String?, _ path: String, _ model: SourceText
) throws(Stop) {
  switch answer {
  case .failure(let error): throw try rejected(error, name: path, text: model)
  case .success(let result):
    let bytes = Array((result.objectValue?["model"]?.stringValue ?? "").utf8)
    if let output { try write([(output, bytes)]) } else { try Terminal.output(bytes) }
  }
}

/// Shows what an error says about a model; gives the end of the command.
func rejected(_ error: Answered, name: String, text: SourceText) throws(Stop) -> Stop {
  let report = Report(name: name, text: text, diagnostics: error.data["diagnostics"])
  guard !report.diagnostics.isEmpty else {
    return error.isAboutInput ? .input("\(name): error: \(error.spoken)") : .refused(error.message)
  }
  try ReportFormat.text.show([report], by: .sim)
  return .reported
}
