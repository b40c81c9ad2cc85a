import CommandLine
import EngineOperations
import FlowModel
import JSON
import RunStore
import Source

extension Option {
  static let templateID = Option(
    "--template-id", value: .required("ID"), help: "only runs of models of this template")
  static let modelID = Option(
    "--model-id", value: .required("ID"), help: "only runs of this model")
  static let source = Option(
    "--source", value: .required("NAME"),
    help: "only runs of models that this made, such as flowtime-sim")
  static let filter = Option(
    "--where", value: .required("NAME=VALUE"),
    help:
      "any other filter of GET /v1/artifacts, such as tags=nightly, metadata.templateVersion=2.0.0 or createdAfter=2025-09-25T00:00:00Z; may be repeated"
  )
  static let sort = Option(
    "--sort", value: .required("KEY"),
    help:
      "created, title, id, size or modified; a '+' before it is from the least on; default created")
  static let skip = Option("--skip", value: .required("N"), help: "leave out the first N")
  /// Another than the `--limit` of 'serve', which changes a bound.
  static let countMax = Option(
    "--limit", value: .required("N"), help: "show N at most; default 50, at most 1000")
}

extension Command {
  static let artifacts = Command(
    name: "artifacts", summary: "List stored runs.",
    usage: "list [--template-id ID] [--model-id ID] [--source NAME]", operandCountMax: 1,
    options: [
      .data, .templateID, .modelID, .source, .filter, .sort, .skip, .countMax, .listFormat,
    ],
    notes: """
      All filters must fit; texts are compared case-sensitively. Newest first unless --sort says otherwise.

      Example:
        flowtime-engine artifacts list --template-id it-system-microservices --where metadata.templateVersion=2.0.0
      """,
    run: runArtifacts)
}

private func runArtifacts(_ invocation: Invocation) throws(Stop) {
  guard let verb = invocation.operands.first else { throw .usage("artifacts: say 'list'") }
  guard verb == "list" else { throw .usage("artifacts: no '\(verb)'; there is 'list'") }
  let format = try invocation.choice(.listFormat, of: ["text", "json"], default: "text")
  var filters: [(name: String, value: String)] = []
  for (option, name) in [
    (Option.templateID, "templateId"), (.modelID, "modelId"), (.source, "source"),
    (.skip, "skip"), (.countMax, "limit"),
  ] {
    if let value = invocation[option] { filters.append((name, value)) }
  }
  for text in invocation.all(.filter) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw .usage("artifacts: --where takes NAME=VALUE, not '\(text)'")
    }
    filters.append((String(parts[0]), String(parts[1])))
  }
  if let key = invocation[.sort] {
    let isAscending = key.utf8.first == 0x2B
    filters.append(("sortBy", String(isAscending ? key.dropFirst() : key[...])))
    filters.append(("sortOrder", isAscending ? "asc" : "desc"))
  }
  let query: RunQuery
  do throws(EngineFailure) {
    query = try ListArtifacts.query(filters)
  } catch {
    guard case .parameterInvalid(let name, let why) = error else { throw Stop(error) }
    throw .usage("artifacts: \(typed(name)) \(why)")
  }
  let engine = try invocation.engine(makesDirectory: false)
  let answer = try Stop.wrapping { () throws(EngineFailure) in
    try ListArtifacts.run(query, in: engine)
  }
  if format == "json" {
    let value: JSONValue = [
      "artifacts": .array(answer.entries.map { .object($0.artifact) }),
      "total": .number(JSONNumber(answer.total)),
      "count": .number(JSONNumber(answer.entries.count)),
    ]
    return try Terminal.output(value.text(.pretty) + "\n")
  }
  guard !answer.entries.isEmpty else { return try Terminal.output("No artifacts found.\n") }
  let rows = answer.entries.map { entry in
    [
      entry.id, "run", shown(entry), entry.provenance?["templateId"]?.stringValue ?? "-",
      cut(entry.title),
    ]
  }
  try Terminal.output(
    table([["ID", "Type", "Created", "Template", "Title"]] + rows)
      + "\nTotal: \(answer.total) artifacts (showing \(answer.entries.count))\n")
}

/// What was typed for a filter: those that have no option of their own came with `--where`.
private func typed(_ filter: String) -> String {
  switch filter {
  case "skip", "limit": "--\(filter)"
  case "sortBy": "--sort"
  default: quoted(filter)
  }
}

/// `2025-09-25 12:00:00`.
private func shown(_ entry: RunEntry) -> String {
  String(entry.created.rfc3339.prefix(19)).split(separator: "T").joined(separator: " ")
}

private func cut(_ title: String) -> String {
  title.count <= 40 ? title : title.prefix(39) + "…"
}
