import CommandLine
import JSON
import Operations
import Platform
import Source
import Wire

extension Option {
  static let regenerated = Option(
    "--output", "--out", "-o", value: .required("FILE"), help: "the model; default stdout")
  static let regeneratedRecord = Option(
    "--provenance", value: .required("FILE"), help: "where the record goes, as JSON")
  static let force = Option(
    "--force", help: "take a template or a version that has changed, and write a new record")
  static let newTime = Option(
    "--generated-at", value: .required("TIME"),
    help: "fix the clock of a new record (else $SOURCE_DATE_EPOCH, else now)")
}

extension Command {
  static let regenerate = Command(
    name: "regenerate", summary: "Make the model of a record again, byte for byte.",
    usage:
      "RECORD|MODEL [--template TEMPLATE] [--params VALUE...] [--output FILE] [--provenance FILE] [--force]",
    operandCountMax: 1,
    options: [
      .proofTemplate, .sealedValues, .regenerated, .regeneratedRecord, .force, .newTime, .templates,
      .socket,
    ],
    notes: """
      RECORD is a JSON file, MODEL one that has a record in it; '-' is stdin. Of a model only its record
      counts, and the record is put into the new one too. Where the template or the version of FlowTime Sim is
      not the record's, nothing is made; with --force a model is made all the same, under a new id, and its
      record says in 'derived_from' which one it stands for. A record that was edited cannot be forced. Of
      sensitive parameters the record holds digests; their values must be given.

      Example:
        flowtime-sim regenerate provenance.json --output model.yaml
      """,
    run: runRegenerate)
}

private func runRegenerate(_ invocation: Invocation) throws(Stop) {
  guard let path = invocation.operands.first else {
    throw .usage("regenerate: name a record or a model")
  }
  try invocation.tellApart(.regenerated, .regeneratedRecord)
  let written = [invocation[.regenerated], invocation[.regeneratedRecord]]
  try invocation.keep([path] + ParameterOperand.paths(invocation.all(.sealedValues)), from: written)
  let time = try fixedTime(invocation)
  let text = try Disk.text(path)
  var params: JSONObject = ["force": false]
  let isModel: Bool
  switch try RecordOperand(text, path) {
  case .record(let record):
    isModel = false
    params["provenance"] = .object(record)
  case .model:
    isModel = true
    params["model"] = .string(text.string)
  }
  if let time { params["generatedAt"] = .string(time) }
  let client = try Client(invocation)
  let template = try invocation[.proofTemplate].map { name throws(Stop) in
    try TemplateOperand(name, client)
  }
  if let template {
    try invocation.keep([template.name], from: written)
    for member in template.params.members { params[member.name] = member.value }
  }
  if let values = try sealedValues(invocation, template, record: text, isModel: isModel, client) {
    params["parameters"] = .object(values)
  }
  var reply = try client.call(RegenerateMethod.name, params)
  // Asked without force first, so that what force overrides can be said.
  if invocation.has(.force), case .failure(let refusal) = reply {
    params["force"] = true
    reply = try client.call(RegenerateMethod.name, params)
    if case .success = reply {
      Terminal.notice("flowtime-sim: \(path): forced: \(refusal.message)")
    }
  }
  switch reply {
  case .failure(let error):
    if let mistake = wrongKind(
      path, text, wanted: .record, .model,
      advice: "'flowtime-sim generate \(path)' makes a model of it")
      ?? template?.mistake
    {
      throw mistake
    }
    let checks = ProofText(color: Terminal.hasColor).checks(error.data["checks"])
    if !checks.isEmpty { Terminal.notice(String(checks.dropLast())) }
    throw try rejected(error, name: path, text: text)
  case .success(let result):
    let members = result.objectValue ?? JSONObject()
    let model = Array((members["model"]?.stringValue ?? "").utf8)
    if isModel, params["force"]?.boolValue == false, let path = invocation[.regeneratedRecord] {
      try keepOther(path, than: members["provenance"]?.objectValue)
    }
    var files: [(path: String, bytes: [UInt8])] = []
    if let path = invocation[.regenerated] { files.append((path, model)) }
    if let path = invocation[.regeneratedRecord], let record = members["provenance"] {
      files.append((path, record.serialized(.pretty) + [0x0A]))
    }
    try write(files)
    if invocation[.regenerated] == nil { try Terminal.output(model) }
  }
}

/// Sees to it that no other record is lost: with `--provenance` `verify` names the one to go by, beside the one in the model.
private func keepOther(_ path: String, than record: JSONObject?) throws(Stop) {
  guard FileSystem.kind(path) == .regular, let text = try? Disk.text(path),
    DocumentKind(text) == .record, let other = try? readJSON(text, path).objectValue,
    other != record
  else { return }
  throw .usage(
    "regenerate: the record of the model goes to --provenance, and '\(path)' holds another one; "
      + "'flowtime-sim regenerate \(path)' goes by that")
}
