import CommandLine
import FlowModel
import JSON
import Operations
import Platform
import Source
import Wire

extension Option {
  static let diffTemplate = Option(
    "--template", "--id", value: .required("TEMPLATE"),
    help: "compare what a template makes of two sets of values: an id, its beginning, or a file")
  static let sharedParameters = Option(
    "--params", value: .several("VALUE"), help: "values of both sides, as 'generate' takes them")
  static let oldParameters = Option(
    "--old", value: .several("VALUE"), help: "values of the old side, which win over --params")
  static let newParameters = Option(
    "--new", value: .several("VALUE"), help: "values of the new side, which win over --params")
  static let diffFormat = Option(
    "--format", value: .required("FORMAT"), help: "text, json or patch (RFC 6902); default text")
  static let exitCode = Option("--exit-code", help: "exit status 1 if there are differences")
}

extension Command {
  static let diff = Command(
    name: "diff", summary: "Compare two models, two records, or two sets of values of a template.",
    usage:
      "OLD NEW | --template TEMPLATE [--params NAME=VALUE...] [--old NAME=VALUE...] [--new NAME=VALUE...]",
    operandCountMax: 2,
    options: [
      .diffTemplate, .sharedParameters, .oldParameters, .newParameters, .diffFormat, .exitCode,
      .templates, .socket,
    ],
    notes: """
      OLD and NEW are two models or two provenance records, told apart by what is in them; '-' is stdin, once.
      What differs is told value by value; formatting, comments and the order of keys do not count.

      Examples:
        flowtime-sim diff yesterday.yaml today.yaml
        flowtime-sim diff --template network --params bins=6 --old rngSeed=1 --new rngSeed=2
      """,
    run: runDiff)
}

private func runDiff(_ invocation: Invocation) throws(Stop) {
  let format = try invocation.choice(
    .diffFormat, of: ["text", "json", "patch"], default: "text")
  let result: JSONObject
  let names: (old: String, new: String)
  if let template = invocation[.diffTemplate] {
    guard invocation.operands.isEmpty else {
      throw .usage("diff: name two files or --template, not both")
    }
    (result, names) = try compareValues(template, invocation)
  } else {
    for option in [Option.sharedParameters, .oldParameters, .newParameters]
    where invocation.has(option) {
      throw .usage("diff: '\(option.name)' needs --template")
    }
    guard invocation.operands.count == 2 else {
      throw .usage("diff: name two models or two records, or --template")
    }
    names = (invocation.operands[0], invocation.operands[1])
    result = try compareFiles(names.old, names.new, try Client(invocation))
  }
  switch format {
  case "json": try Terminal.output(JSONValue.object(result).text(.pretty) + "\n")
  case "patch":
    guard let patch = result["patch"] else {
      throw .input("there are more differences than a patch is made of; see diffChangeCountMax")
    }
    try Terminal.output(patch.text(.pretty) + "\n")
  default:
    let text = DiffText(old: names.old, new: names.new, color: Terminal.hasColor(.output))
    try Terminal.output(text.text(of: result))
  }
  if invocation.has(.exitCode), result["equal"]?.boolValue != true { throw .reported }
}

private func compareFiles(_ oldPath: String, _ newPath: String, _ client: Client) throws(Stop)
  -> JSONObject
{
  guard oldPath != "-" || newPath != "-" else { throw .usage("diff: '-' is stdin, once") }
  let old = try Disk.text(oldPath)
  let new = try Disk.text(newPath)
  let params: JSONObject
  switch (try RecordOperand(old, oldPath), try RecordOperand(new, newPath)) {
  case (.record(let oldRecord), .record(let newRecord)):
    params = ["provenances": ["old": .object(oldRecord), "new": .object(newRecord)]]
  case (.model, .model):
    params = ["models": ["old": .string(old.string), "new": .string(new.string)]]
  case (.record, .model): throw twoKinds(record: oldPath, model: newPath)
  case (.model, .record): throw twoKinds(record: newPath, model: oldPath)
  }
  switch try client.call(DiffMethod.name, params) {
  case .success(let result):
    let members = result.objectValue ?? JSONObject()
    if members["equal"]?.boolValue != true {
      try refuseTwoKinds((oldPath, old), (newPath, new))
      try refuseTwoKinds((newPath, new), (oldPath, old))
    }
    return members
  case .failure(let error):
    let isNew = error.data["side"]?.stringValue == "new"
    let stop = try rejected(error, name: isNew ? newPath : oldPath, text: isNew ? new : old)
    guard let other = error.other else { throw stop }
    if !stop.message.isEmpty { Terminal.notice("flowtime-sim: \(stop.message)") }
    throw try rejected(other, name: newPath, text: new)
  }
}

/// Refuses a template beside a model: everything would differ.
private func refuseTwoKinds(
  _ template: (path: String, text: SourceText), _ model: (path: String, text: SourceText)
) throws(Stop) {
  guard DocumentKind(model.text) == .model,
    wrongKind(template.path, template.text, wanted: .model) != nil,
    DocumentKind(template.text) == .template
  else { return }
  throw .input(
    "'\(template.path)' is a template and '\(model.path)' a model; compare with what "
      + "'flowtime-sim generate \(template.path)' makes")
}

private func twoKinds(record: String, model: String) -> Stop {
  .input("'\(record)' is a provenance record and '\(model)' is none; compare two of a kind")
}

private func compareValues(_ name: String, _ invocation: Invocation) throws(Stop)
  -> (JSONObject, (old: String, new: String))
{
  let client = try Client(invocation)
  let template = try TemplateOperand(name, client)
  let shared = try readValues(invocation.all(.sharedParameters), template, client)
  var (old, new) = (shared, shared)
  for member in try readValues(invocation.all(.oldParameters), template, client).members {
    old[member.name] = member.value
  }
  for member in try readValues(invocation.all(.newParameters), template, client).members {
    new[member.name] = member.value
  }
  var params = template.params
  params["parameters"] = ["old": .object(old), "new": .object(new)]
  switch try client.call(DiffMethod.name, params) {
  case .success(let result):
    return (
      result.objectValue ?? JSONObject(), ("\(template.name) (old)", "\(template.name) (new)")
    )
  case .failure(let error):
    if let side = error.data["side"]?.stringValue {
      Terminal.notice("note: with the values of the \(side) side")
    }
    let stop = try rejected(error, template, .text)
    guard let other = error.other else { throw stop }
    if !stop.message.isEmpty { Terminal.notice("flowtime-sim: \(stop.message)") }
    Terminal.notice("note: with the values of the new side")
    throw try rejected(other, template, .text)
  }
}
