import CommandLine
import JSON
import Operations
import Source
import Wire

extension Option {
  static let recordOutput = Option(
    "--provenance", value: .required("FILE"), help: "where the record goes, as JSON; default stdout"
  )
  static let bareModel = Option(
    "--output", "--out", "-o", value: .required("FILE"),
    help: "where the model without its record goes")
}

extension Command {
  static let extract = Command(
    name: "extract", summary: "Take the provenance record out of a model.",
    usage: "MODEL [--provenance FILE] [--output FILE]", operandCountMax: 1,
    options: [.recordOutput, .bareModel, .socket],
    notes: "MODEL is a file; '-' is stdin. Exit status 1 if the model has no record.",
    run: runExtract)
}

private func runExtract(_ invocation: Invocation) throws(Stop) {
  guard let path = invocation.operands.first else { throw .usage("extract: name a model") }
  try invocation.tellApart(.recordOutput, .bareModel)
  try invocation.keep([path], from: [invocation[.recordOutput]])
  let model = try Disk.text(path)
  let client = try Client(invocation)
  switch try client.call(ExtractProvenanceMethod.name, ["model": .string(model.string)]) {
  case .failure(let error): throw try rejected(error, name: path, text: model)
  case .success(let result):
    let members = result.objectValue ?? JSONObject()
    guard let record = members["provenance"], !record.isNull else {
      throw wrongKind(path, model, wanted: .model)
        ?? .input("\(path): error: the model has no provenance")
    }
    try ReportFormat.text.show(
      [
        Report(name: path, text: model, diagnostics: members["diagnostics"])
      ], by: .sim)
    var files: [(path: String, bytes: [UInt8])] = []
    let text = record.serialized(.pretty) + [0x0A]
    if let path = invocation[.recordOutput] { files.append((path, text)) }
    if let path = invocation[.bareModel] {
      files.append((path, Array((members["model"]?.stringValue ?? "").utf8)))
    }
    try write(files)
    if invocation[.recordOutput] == nil { try Terminal.output(text) }
  }
}
