package import EngineOperations
package import HTTP
import JSON

/// An Engine over HTTP: requests in, answers out, one at a time or many at once.
///
/// It owns no descriptor and no thread. Source: docs/reference/http.md, "The Engine's paths".
package struct EngineDoor: Sendable {
  let engine: Engine

  package init(_ engine: Engine) {
    self.engine = engine
  }

  /// What a path is for.
  enum Action: CaseIterable, Sendable {
    case health, serviceHealth
    case run, graph
    case listRuns, getRun, getIndex, getModel, getSeries, getProvenance
    case listArtifacts, getArtifact, getFile, getRelationships
    case archive, bulkDelete, rebuild

    var route: (method: String, pattern: String) {
      switch self {
      case .health: ("GET", "/healthz")
      case .serviceHealth: ("GET", "/v1/healthz")
      case .run: ("POST", "/v1/run")
      case .graph: ("POST", "/v1/graph")
      case .listRuns: ("GET", "/v1/runs")
      case .getRun: ("GET", "/v1/runs/{id}")
      case .getIndex: ("GET", "/v1/runs/{id}/index")
      case .getModel: ("GET", "/v1/runs/{id}/model")
      case .getSeries: ("GET", "/v1/runs/{id}/series/{series}")
      case .getProvenance: ("GET", "/v1/runs/{id}/provenance.json")
      case .listArtifacts: ("GET", "/v1/artifacts")
      case .getArtifact: ("GET", "/v1/artifacts/{id}")
      case .getFile: ("GET", "/v1/artifacts/{id}/files/{name}")
      case .getRelationships: ("GET", "/v1/artifacts/{id}/relationships")
      case .archive: ("POST", "/v1/artifacts/archive")
      case .bulkDelete: ("POST", "/v1/artifacts/bulk-delete")
      case .rebuild: ("POST", "/v1/artifacts/index")
      }
    }
  }

  /// All paths, as `GET /v1/runs`.
  package static let paths = Action.allCases.map { $0.route.method + " " + $0.route.pattern }

  private static let router = Router(
    Action.allCases.map { Route($0.route.method, $0.route.pattern, $0) })

  /// - Parameter goesOn: is told now and then how much of an evaluation is done, from 0 to 1; false ends it, and the answer
  ///   says so.
  package func respond(
    to request: Request, goesOn: (Double) -> Bool = { _ in true }
  ) -> Response {
    switch Self.router.route(request) {
    case .answered(let response): return response
    case .found(let match):
      do throws(EngineFailure) {
        return try answer(match.handler, match, request, goesOn)
      } catch {
        var response = Problem(error, request).response
        if case .busy = error { try? response.set("Retry-After", to: "1") }
        return response
      }
    }
  }

  private func answer(
    _ action: Action, _ match: Router<Action>.Match, _ request: Request,
    _ goesOn: (Double) -> Bool
  ) throws(EngineFailure) -> Response {
    let id = match["id"] ?? ""
    switch action {
    case .health: return .json(["status": "ok"])
    case .serviceHealth: return .json(serviceHealth)
    case .run: return try run(request, goesOn)
    case .graph: return try graph(request)
    case .listRuns: return try listRuns(request)
    case .getRun: return try getRun(id)
    case .getIndex: return try getIndex(id, request)
    case .getModel: return try getModel(id, request)
    case .getSeries: return try getSeries(match["series"] ?? "", of: id, request)
    case .getProvenance: return try getProvenance(id, request)
    case .listArtifacts: return try listArtifacts(request)
    case .getArtifact: return try getArtifact(id)
    case .getFile: return try getFile(match["name"] ?? "", of: id, request)
    case .getRelationships: return try getRelationships(id)
    case .archive:
      return try change(request, counting: "archived") { id throws(EngineFailure) in
        try ArchiveArtifact.run(id, in: engine)
      }
    case .bulkDelete:
      return try change(request, counting: "deleted") { id throws(EngineFailure) in
        try DeleteArtifact.run(id, in: engine)
      }
    case .rebuild: return try rebuild()
    }
  }

  /// Filters of a query. Names that begin with `_` are left to clients that want another target each time.
  func filters(of request: Request) -> [(name: String, value: String)] {
    request.target.query.filter { $0.name.utf8.first != UInt8(ascii: "_") }
      .map { ($0.name, $0.value) }
  }
}
