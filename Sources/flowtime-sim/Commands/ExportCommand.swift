import CommandLine
import FlowModel
import JSON
import Operations
import Platform
import Source
import Wire

extension Option {
  static let exportFormat = Option(
    "--as", value: .required("FORMAT"), help: "in-toto, slsa, prov, ro-crate or openlineage")
  static let exportedModel = Option(
    "--model", value: .required("FILE"), help: "the model of a record that stands alone")
  static let exportedTemplate = Option(
    "--template", "--id", value: .required("TEMPLATE"),
    help: "the template, to be checked and to go along: an id, its beginning, or a file")
  static let builder = Option(
    "--builder", value: .required("URI"),
    help: "who made the model; default urn:flowtime:builder/flowtime-sim")
  static let exported = Option(
    "--output", "--out", "-o", value: .required("FILE"),
    help: "the document; default stdout. Of an RO-Crate, the directory that becomes one")
}

extension Command {
  static let export = Command(
    name: "export", summary: "Turn a provenance record into what other tools read.",
    usage: "RECORD|MODEL --as FORMAT [--model FILE] [--template TEMPLATE] [--output FILE|DIR]",
    operandCountMax: 1,
    options: [
      .exportFormat, .exportedModel, .exportedTemplate, .builder, .exported, .templates, .socket,
    ],
    notes: """
      RECORD is a provenance record as JSON, MODEL a model that has one in it; '-' is stdin. 'slsa' is the
      predicate of 'in-toto' alone, which is what signing tools ask for; 'in-toto' needs the model.

      Examples:
        flowtime-sim export provenance.json --model model.yaml --as in-toto --output statement.json
        flowtime-sim export model.yaml --as ro-crate --template it-system --output crate
      """,
    run: runExport)
}

private func runExport(_ invocation: Invocation) throws(Stop) {
  guard let path = invocation.operands.first else {
    throw .usage("export: name a provenance record or a model")
  }
  guard invocation.has(.exportFormat) else { throw .usage("export: --as is missing") }
  let format = try invocation.choice(
    .exportFormat, of: ExportProvenance.Format.allCases.map(\.rawValue), default: "")
  let inputs = [path, invocation[.exportedModel], invocation[.exportedTemplate]].compactMap(\.self)
  guard inputs.count(where: { $0 == "-" }) <= 1 else { throw .usage("export: '-' is stdin, once") }
  try invocation.keep(inputs, from: [invocation[.exported]])
  if format != "ro-crate" || invocation[.exported] == "-",
    let output = invocation[.exported], output != "-", FileSystem.kind(output) == .directory
  {
    throw .usage("export: '\(output)' is a directory; only an RO-Crate is one")
  }

  if let builder = invocation[.builder], !URIText.isAbsolute(builder) {
    throw .usage(
      "export: --builder takes a URI with a scheme, such as https://ci.example.org, not '\(builder)'"
    )
  }
  let text = try Disk.text(path)
  var params: JSONObject = ["as": .string(format)]
  var model: (path: String, text: SourceText)?
  switch try RecordOperand(text, path) {
  case .record(let record):
    params["provenance"] = .object(record)
    if let path = invocation[.exportedModel] { model = (path, try Disk.text(path)) }
    if model == nil, format == ExportProvenance.Format.inToto.rawValue {
      throw .usage("export: --as in-toto is about the bytes of a model; name it with --model")
    }
  case .model:
    guard !invocation.has(.exportedModel) else {
      throw .usage("export: '\(path)' is a model; --model goes with a record")
    }
    model = (path, text)
  }
  if let model { params["model"] = .string(model.text.string) }
  if let builder = invocation[.builder] { params["builder"] = .string(builder) }
  let client = try Client(invocation)
  let template = try invocation[.exportedTemplate].map { name throws(Stop) in
    try TemplateOperand(name, client)
  }
  if let template {
    for member in template.params.members { params[member.name] = member.value }
  }
  switch try client.call(ExportProvenanceMethod.name, params) {
  case .failure(let error):
    if let mistake = mistake(path, text, model, template) { throw mistake }
    throw try rejected(error, name: model?.path ?? path, text: model?.text ?? SourceText(""))
  case .success(let result):
    let read = [path, invocation[.exportedModel], template?.name].compactMap(\.self)
    try finish(result.objectValue ?? JSONObject(), format, read, invocation)
  }
}

/// What to say of files that are not what their places are for; nil where they are.
private func mistake(
  _ path: String, _ text: SourceText, _ model: (path: String, text: SourceText)?,
  _ template: TemplateOperand?
) -> Stop? {
  if let stop = wrongKind(path, text, wanted: .record, .model)
    ?? model.flatMap({ wrongKind($0.path, $0.text, wanted: .model) }) ?? template?.mistake
  {
    return stop
  }
  let document = ModelDocument(text)
  guard document.hasModelKey, document.root != nil, !document.has("provenance") else { return nil }
  return .input(
    "\(path): error: the model has no record in it; name its record, and the model with it: "
      + "export RECORD --model \(path)")
}

/// - Parameter read: the files that went into it.
private func finish(
  _ result: JSONObject, _ format: String, _ read: [String], _ invocation: Invocation
) throws(Stop) {
  for note in result["notes"]?.arrayValue ?? [] {
    if let note = note.stringValue { Terminal.notice("note: \(note)") }
  }
  let document = result["document"] ?? .null
  // Lines of JSON: one for each item.
  let bytes =
    document.arrayValue?.flatMap { $0.serialized() + [0x0A] } ?? document.serialized(.pretty) + [
      0x0A
    ]
  guard let output = invocation[.exported], output != "-" else { return try Terminal.output(bytes) }
  guard format == ExportProvenance.Format.roCrate.rawValue else {
    return try write([(output, bytes)])
  }
  let metadata = output + "/ro-crate-metadata.json"
  var files = [(path: metadata, bytes: bytes)]
  for file in result["files"]?.arrayValue ?? [] {
    guard let path = file.objectValue?["path"]?.stringValue, !path.utf8.contains(0x2F),
      let text = file.objectValue?["text"]?.stringValue
    else { continue }
    files.append((output + "/" + path, Array(text.utf8)))
  }
  try invocation.keep(read, from: files.map(\.path))
  // Only a crate is written anew: elsewhere these names are somebody's own.
  if !FileSystem.exists(metadata), let file = files.first(where: { FileSystem.exists($0.path) }) {
    throw .usage(
      "export: '\(file.path)' is there, and '\(output)' is no RO-Crate yet; nothing is written")
  }
  do throws(SystemError) {
    try FileSystem.makeDirectory(output)
  } catch {
    throw .refused(error.message)
  }
  try write(files)
}
