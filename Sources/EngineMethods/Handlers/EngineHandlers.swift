import EngineOperations
import JSON
import JSONRPC
import Server
import Source
import Wire

/// Answers an Engine's methods: one function for each, from wire types to operations and back.
struct EngineHandlers: MethodHandlers {
  let methods: EngineMethods
  /// Agreed at `initialize`; LSP's default until then.
  var encoding = PositionEncoding.utf16
  /// Who waits for the answer; nil where it is given on the spot.
  private(set) var watch: WorkWatch?

  init(_ methods: EngineMethods) {
    self.methods = methods
  }

  var engine: Engine { methods.engine }

  mutating func initialize(_ params: InitializeMethod.Params) -> InitializeMethod.Capabilities {
    encoding = params.positionEncodings.first ?? .utf16
    var capabilities = InitializeMethod.Capabilities()
    capabilities.positionEncoding = encoding
    return capabilities
  }

  func writes(_ method: String, _ params: JSONValue?) -> Bool {
    method != RunMethod.name || RunMethod.stores(params)
  }

  func answer(_ method: String, _ params: JSONValue?, watchedBy watch: WorkWatch)
    throws(RPCError) -> JSONValue
  {
    var handlers = self
    handlers.watch = watch
    return try handlers.answer(method, params)
  }

  func answer(_ method: String, _ params: JSONValue?) throws(RPCError) -> JSONValue {
    switch method {
    case RunMethod.name: try RunMethod.answer(params, run)
    case RunGroupMethod.name: try RunGroupMethod.answer(params, runGroup)
    case GraphMethod.name: try GraphMethod.answer(params, graph)
    case ListArtifactsMethod.name: try ListArtifactsMethod.answer(params, listArtifacts)
    case GetArtifactMethod.name: try GetArtifactMethod.answer(params, getArtifact)
    case GetRelatedArtifactsMethod.name:
      try GetRelatedArtifactsMethod.answer(params, getRelatedArtifacts)
    case GetFileMethod.name: try GetFileMethod.answer(params, getFile)
    case ListRunsMethod.name: try ListRunsMethod.answer(params, listRuns)
    case GetRunMethod.name: try GetRunMethod.answer(params, getRun)
    case GetModelMethod.name: try GetModelMethod.answer(params, getModel)
    case GetProvenanceMethod.name: try GetProvenanceMethod.answer(params, getProvenance)
    case GetSeriesIndexMethod.name: try GetSeriesIndexMethod.answer(params, getSeriesIndex)
    case GetSeriesMethod.name: try GetSeriesMethod.answer(params, getSeries)
    case TraceRunMethod.name: try TraceRunMethod.answer(params, trace)
    case ChangeTagsMethod.name: try ChangeTagsMethod.answer(params, changeTags)
    case ArchiveArtifactsMethod.name: try ArchiveArtifactsMethod.answer(params, archive)
    case DeleteArtifactsMethod.name: try DeleteArtifactsMethod.answer(params, delete)
    case RebuildIndexMethod.name: try RebuildIndexMethod.answer(params, rebuildIndex)
    default: throw .methodNotFound(method)
    }
  }

  /// Runs an operation; its failure becomes the error that answers the request.
  func perform<Outcome>(
    _ operation: () throws(EngineFailure) -> Outcome
  ) throws(RPCError) -> Outcome {
    do throws(EngineFailure) { return try operation() } catch { throw RPCError(error, encoding) }
  }

  /// - Throws: `requestCancelled` where nobody waits any more.
  func checkWanted() throws(RPCError) {
    if watch?.isStopped() ?? false { throw .requestCancelled }
  }

  // MARK: How long

  /// What waits for the disk, or reads files of a length that is not known, is always long; what only evaluates is as long
  /// as its model.
  func length(of method: String, _ params: JSONValue?) -> Int {
    let inlineLengthMax = methods.engineLimits.server.inlineLengthMax
    let members = params?.objectValue
    switch method {
    case RunMethod.name:
      let length = self.length(ofModel: members)
      return RunMethod.stores(params) ? max(length, inlineLengthMax &+ 1) : length
    case GraphMethod.name: return members?["model"]?.stringValue?.utf8.count ?? 0
    case RunGroupMethod.name:
      let runs = members?["runs"]?.arrayValue ?? []
      let length = runs.reduce(0) { sum, run in
        let (total, isBeyond) = sum.addingReportingOverflow(self.length(ofModel: run.objectValue))
        return isBeyond ? .max : total
      }
      return max(length, inlineLengthMax &+ 1)
    case GetArtifactMethod.name, GetRelatedArtifactsMethod.name: return 0
    case ListArtifactsMethod.name, GetFileMethod.name, ListRunsMethod.name, GetRunMethod.name,
      GetModelMethod.name, GetProvenanceMethod.name, GetSeriesIndexMethod.name,
      GetSeriesMethod.name, TraceRunMethod.name, ChangeTagsMethod.name,
      ArchiveArtifactsMethod.name, DeleteArtifactsMethod.name, RebuildIndexMethod.name:
      return inlineLengthMax &+ 1
    default: return 0
    }
  }

  private func length(ofModel members: JSONObject?) -> Int {
    guard let model = members?["model"]?.stringValue else { return 0 }
    // More than a connection may have under way would keep the next message waiting for nothing.
    return min(
      ModelScale(model, binCountMax: engine.limits.binCountMax).length,
      methods.engineLimits.server.longRequestLengthMax)
  }

  /// What an evaluation tells how far it is, from 0 to 1, in steps of a tenth; false ends it.
  func progress(_ doing: String) -> (Double) -> Bool {
    guard let watch else { return { _ in true } }
    var told = 0
    return { fraction in
      let tenths = fraction > 0 ? Int(min(fraction, 1) * 10) : 0
      if tenths > told {
        told = tenths
        watch.tell("\(doing): \(tenths * 10) %")
      }
      return !watch.isStopped()
    }
  }
}
