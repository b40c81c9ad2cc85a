import EngineOperations
import FlowModel
import HTTP
import JSON
import RunStore
import Source

extension EngineDoor {
  /// The field in which a record comes beside a model. Of several the first counts.
  static let provenanceField = "X-Model-Provenance"

  func run(
    _ request: Request, _ goesOn: (Double) -> Bool
  ) throws(EngineFailure) -> Response {
    let result = try RunModel.run(
      RunModel.Request(
        model: SourceText(request.body), provenance: request.fields[Self.provenanceField]),
      in: engine, goesOn: goesOn)
    let places = TextPlaces(result.text)
    let members: [(String, JSONValue?)] = [
      (
        "grid",
        [
          "bins": .number(result.run.grid.bins), "binSize": .number(result.run.grid.binSize),
          "binUnit": .string(result.run.grid.binUnit.lowercased()),
        ]
      ),
      ("order", .array(result.order.map(JSONValue.string))),
      (
        "series",
        .object(JSONObject(result.nodes.map { JSONMember($0.id, .series($0.values)) }))
      ),
      ("runId", .text(result.stored?.id)), ("artifactsPath", .text(result.stored?.directory)),
      ("modelHash", .text(result.stored?.scenarioHash)),
      ("warnings", .array(result.run.warnings.map(Self.json))),
      ("provenanceWarnings", .array(result.provenanceWarnings.map(JSONValue.string))),
      ("diagnostics", .array(result.diagnostics.map { places.json(of: $0) })),
    ]
    var response = Response.json(JSONObject.present(members))
    response.keeps = result.shares
    return response
  }

  private static func json(_ warning: FinishedRun.Warning) -> JSONValue {
    [
      "nodeId": .string(warning.nodeID), "code": .string(warning.code),
      "message": .string(warning.message), "severity": .string(warning.severity),
    ]
  }

  func graph(_ request: Request) throws(EngineFailure) -> Response {
    let graph = try GraphModel.run(SourceText(request.body), in: engine)
    return .json([
      "nodes": .array(graph.nodes.map(JSONValue.string)),
      "order": .array(graph.order.map(JSONValue.string)),
      "edges": .array(
        zip(graph.nodes, graph.inputs).map {
          ["id": .string($0), "inputs": .array($1.map(JSONValue.string))]
        }),
    ])
  }

  // MARK: Stored runs

  func listRuns(_ request: Request) throws(EngineFailure) -> Response {
    let query = try ListRuns.Request(filters(of: request))
    let found = try ListRuns.run(query, in: engine)
    return .json([
      "items": .array(
        found.items.map { item in
          let rng = (item.entry.metadata["rng"]?.stringValue).flatMap {
            try? JSONDocument.parse(Array($0.utf8)).root
          }
          return .object(
            Self.summary(
              item.entry.id, created: item.entry.created.rfc3339,
              record: item.entry.provenance, rng: rng, warningCount: item.warningCount))
        }),
      "totalCount": .number(found.totalCount), "page": .number(query.page),
      "pageSize": .number(query.pageSize),
    ])
  }

  /// - Parameter record: as a manifest has it, in camel case.
  private static func summary(
    _ id: String, created: String?, record: JSONObject?, rng: JSONValue?, warningCount: Int
  ) -> JSONObject {
    func text(_ name: String) -> String? { record?[name]?.stringValue }
    let templateID = text("templateId")
    // A model that is of no template has the usual names.
    func usual(_ value: String) -> String? { templateID == nil ? value : nil }
    return JSONObject([
      JSONMember("runId", .string(id)),
      JSONMember("templateId", .string(templateID ?? "adhoc-model")),
      JSONMember("templateTitle", .text(text("templateTitle") ?? usual("Ad Hoc Model"))),
      JSONMember("templateNarrative", .text(text("templateNarrative"))),
      JSONMember("templateVersion", .text(text("templateVersion") ?? usual("0.0.0"))),
      JSONMember("mode", .string(text("mode") ?? "simulation")),
      JSONMember("createdUtc", .text(created)),
      JSONMember("warningCount", .number(warningCount)),
      JSONMember("telemetry", .null), JSONMember("rng", rng ?? .null),
      JSONMember("inputHash", .text(text("inputHash"))),
    ])
  }

  func getRun(_ id: String) throws(EngineFailure) -> Response {
    let run = try GetRun.run(id, in: engine)
    let warnings = run.record["warnings"]?.arrayValue ?? []
    var metadata = Self.summary(
      id, created: run.record["createdUtc"]?.stringValue,
      record: run.manifest["provenance"]?.objectValue, rng: run.manifest["rng"],
      warningCount: warnings.count)
    for name in ["modelHash", "scenarioHash", "grid", "classes", "series"] {
      if let value = run.record[name] { metadata[name] = value }
    }
    metadata["provenance"] = run.manifest["provenance"] ?? .null
    return .json([
      "isDryRun": false, "metadata": .object(metadata), "warnings": .array(warnings),
      "canReplay": true, "telemetry": .null,
    ])
  }

  func getIndex(_ id: String, _ request: Request) throws(EngineFailure) -> Response {
    let index = try GetSeriesIndex.run(id, in: engine)
    return .stored(.json, StoredFile(JSONValue.object(index).serialized()), for: request)
  }

  func getModel(_ id: String, _ request: Request) throws(EngineFailure) -> Response {
    .stored(.textYAML, try GetModel.run(id, in: engine), for: request)
  }

  func getProvenance(_ id: String, _ request: Request) throws(EngineFailure) -> Response {
    let record = try GetProvenance.run(id, in: engine)
    return .stored(
      .json, StoredFile(JSONValue.object(record).serialized(.pretty)), for: request)
  }

  func getSeries(
    _ name: String, of id: String, _ request: Request
  ) throws(EngineFailure) -> Response {
    let series = try GetSeries.run(name, of: id, in: engine)
    // The first line is another than that of the stored file, and so is the tag.
    return .stored(.bareCSV, series.table, tagged: series.hash + ":t", for: request)
  }
}
