import EngineOperations
import FlowModel
import HTTP
import JSON
import RunStore
import Source

extension EngineDoor {
  /// Most runs that one request changes.
  static let idCountMax = 1000

  func listArtifacts(_ request: Request) throws(EngineFailure) -> Response {
    let query = try ListArtifacts.query(filters(of: request))
    let found = try ListArtifacts.run(query, in: engine)
    return .json([
      "artifacts": .array(found.entries.map { .object($0.artifact) }),
      "total": .number(found.total),
      "count": .number(found.entries.count),
    ])
  }

  func getArtifact(_ id: String) throws(EngineFailure) -> Response {
    .json(.object(try GetArtifact.run(id, in: engine).artifact))
  }

  func getFile(
    _ name: String, of id: String, _ request: Request
  ) throws(EngineFailure) -> Response {
    .stored(.ofFile(name), try GetFile.run(name, of: id, in: engine), for: request)
  }

  func getRelationships(_ id: String) throws(EngineFailure) -> Response {
    let related = try RelatedArtifacts.run(id, in: engine)
    return .json([
      "artifactId": .string(id), "derivedFrom": [], "derivatives": [],
      "related": .array(
        related.map {
          [
            "id": .string($0.id), "type": "run", "title": .string($0.title),
            "created": .string($0.created.rfc3339), "relationshipType": "similar-run",
          ]
        }),
    ])
  }

  func rebuild() throws(EngineFailure) -> Response {
    let entries = try RebuildIndex.run(in: engine)
    return .json([
      "schemaVersion": 1, "lastUpdated": .string(engine.now().rfc3339),
      "artifacts": .array(entries.map { .object($0.artifact) }),
      "artifactCount": .number(entries.count),
    ])
  }

  /// Does the same to each run of a list, whatever becomes of the others.
  ///
  /// - Parameter name: the member that says for how many it was done.
  func change(
    _ request: Request, counting name: String, _ change: (String) throws(EngineFailure) -> Void
  ) throws(EngineFailure) -> Response {
    let ids = try ids(in: request.body)
    var results: [JSONValue] = []
    var count = 0
    engine.changingSeveral {
      for id in ids {
        do throws(EngineFailure) {
          try change(id)
          count += 1
          results.append(["id": .string(id), "success": true])
        } catch {
          results.append(
            ["id": .string(id), "success": false, "error": .string(error.message)])
        }
      }
    }
    return .json(
      .object(
        JSONObject([
          JSONMember("success", true), JSONMember("processed", .number(ids.count)),
          JSONMember(name, .number(count)), JSONMember("results", .array(results)),
        ])))
  }

  private func ids(in body: [UInt8]) throws(EngineFailure) -> [String] {
    let items: [JSONValue]?
    do { items = try JSONDocument.parse(body).root.arrayValue } catch {
      throw .parameterInvalid(name: "body", why: "must be a JSON array of ids: \(error.message)")
    }
    let ids = items?.compactMap(\.stringValue) ?? []
    guard let items, ids.count == items.count else {
      throw .parameterInvalid(name: "body", why: "must be a JSON array of ids")
    }
    guard ids.count <= Self.idCountMax else {
      throw .parameterInvalid(
        name: "body", why: "must have at most \(Self.idCountMax) ids (idCountMax)")
    }
    return ids
  }
}
