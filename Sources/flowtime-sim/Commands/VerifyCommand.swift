import CommandLine
import JSON
import Operations
import Platform
import Source
import Wire

extension Option {
  static let proofRecord = Option(
    "--provenance", value: .required("FILE"),
    help: "the record, as JSON; default the one in the model")
  static let proofTemplate = Option(
    "--template", "--id", value: .required("TEMPLATE"),
    help: "an id, its beginning, or a file; default the one that the record names")
}

extension Command {
  static let verify = Command(
    name: "verify", summary: "Prove that a model comes of its record, by making it again.",
    usage:
      "MODEL [--provenance FILE] [--template TEMPLATE] [--params VALUE...] [--format text|json]",
    operandCountMax: 1,
    options: [.proofRecord, .proofTemplate, .sealedValues, .listFormat, .templates, .socket],
    notes: """
      MODEL is a file; '-' is stdin. The first line is the verdict: reproduced, or the worst of malformed,
      template-not-found, version-differs, template-changed, record-modified and model-modified; then all
      checks, one a line. Exit status 1 unless the model is reproduced. Of sensitive parameters the record
      holds digests; their values must be given.

      Example:
        flowtime-sim verify model.yaml --provenance provenance.json
      """,
    run: runVerify)
}

private func runVerify(_ invocation: Invocation) throws(Stop) {
  guard let path = invocation.operands.first else { throw .usage("verify: name a model") }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  guard path != "-" || invocation[.proofRecord] != "-" else {
    throw .usage("verify: '-' is stdin, once")
  }
  let model = try Disk.text(path)
  var params: JSONObject = ["model": .string(model.string)]
  // The text itself: whatever is wrong with it is part of the verdict.
  let record = try invocation[.proofRecord].map { path throws(Stop) in try Disk.text(path) }
  if let record { params["provenance"] = .string(record.string) }
  let client = try Client(invocation)
  let template = try invocation[.proofTemplate].map { name throws(Stop) in
    try TemplateOperand(name, client)
  }
  if let template {
    for member in template.params.members { params[member.name] = member.value }
  }
  if let values = try sealedValues(
    invocation, template, record: record ?? model, isModel: record == nil, client)
  {
    params["parameters"] = .object(values)
  }
  func mistake() -> Stop? {
    let proper = record.map { DocumentKind($0) } == .model ? invocation[.proofRecord] : nil
    return wrongKind(
      path, model, wanted: .model,
      advice: DocumentKind(model) == .record
        ? "'flowtime-sim verify \(proper ?? "MODEL") --provenance \(path)' proves its model" : nil)
      ?? record.flatMap { wrongKind(invocation[.proofRecord] ?? "", $0, wanted: .record) }
      ?? template?.mistake
  }
  switch try client.call(VerifyProvenanceMethod.name, params) {
  case .failure(let error):
    if format == "json", !error.data.members.isEmpty {
      try Terminal.output(JSONValue.object(error.data).text(.pretty) + "\n")
    } else {
      let checks = ProofText(color: Terminal.hasColor).checks(error.data["checks"])
      if !checks.isEmpty { Terminal.notice(String(checks.dropLast())) }
    }
    if let mistake = mistake() { throw mistake }
    throw try rejected(error, name: invocation[.proofRecord] ?? path, text: record ?? model)
  case .success(let result):
    let members = result.objectValue ?? JSONObject()
    try Terminal.output(
      format == "json"
        ? result.text(.pretty) + "\n"
        : ProofText(color: Terminal.hasColor(.output)).text(of: members))
    if members["verdict"]?.stringValue != Verdict.reproduced.rawValue {
      throw mistake() ?? .reported
    }
  }
}

/// A proof for people: the verdict, then a line for each check and what differs below it.
///
/// Source: docs/reference/cli.md, "verify".
struct ProofText {
  let color: Bool

  func text(of proof: JSONObject) -> String {
    (proof["verdict"]?.stringValue ?? "") + "\n" + checks(proof["checks"])
  }

  func checks(_ checks: JSONValue?) -> String {
    (checks?.arrayValue ?? []).compactMap(\.objectValue).reduce(into: "") { $0 += lines($1) }
  }

  private func lines(_ check: JSONObject) -> String {
    let state = check["state"]?.stringValue ?? ""
    var text =
      "\(state)\(spaces(8 - state.count)) \(check["name"]?.stringValue ?? ""): "
      + "\(check["message"]?.stringValue ?? "")"
    var below: [JSONValue] = []
    if let difference = check["difference"]?.objectValue {
      let place = difference["in"]?.stringValue ?? ""
      text += "; in the \(place), expected -> found:"
      below.append(change(difference, check["range"]))
    } else if let line = check["range"]?.objectValue?["start"]?.objectValue?["line"]?.numberValue {
      text += " (line \((line.integer ?? 0).oneBased))"
    }
    let diff = DiffText(old: "", new: "", color: color)
    text += "\n" + indented(diff.lines(below))
    if let changes = check["changes"]?.arrayValue, !changes.isEmpty {
      text += "  from the model to what the template makes now:\n" + indented(diff.lines(changes))
    }
    return text
  }

  /// As `diff` tells changes.
  private func change(_ difference: JSONObject, _ range: JSONValue?) -> JSONValue {
    let (expected, found) = (difference["expected"], difference["found"])
    return JSONObject.present([
      ("path", difference["path"]),
      ("kind", expected == nil ? "added" : found == nil ? "removed" : "changed"),
      ("old", expected), ("new", found), ("newRange", range),
    ])
  }

  private func indented(_ lines: String) -> String {
    lines.split(separator: "\n").reduce(into: "") { $0 += "  \($1)\n" }
  }
}
