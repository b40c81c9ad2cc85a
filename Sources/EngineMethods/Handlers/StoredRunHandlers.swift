import EngineOperations
import FlowModel
import JSON
import JSONRPC
import RunStore
import Server
import Wire

/// What stored runs say of themselves.
extension EngineHandlers {
  func listRuns(_ params: ListRunsMethod.Params) throws(RPCError) -> ListRunsMethod.Result {
    let (request, found) = try perform { () throws(EngineFailure) in
      let request = try ListRuns.Request(params.filters)
      return (request, try ListRuns.run(request, in: engine))
    }
    return ListRunsMethod.Result(
      runs: found.items.map { item in
        let entry = item.entry
        return ListRunsMethod.Item(
          runID: entry.id, created: entry.created.rfc3339,
          mode: entry.provenanceText("mode") ?? "simulation",
          templateID: entry.provenanceText("templateId") ?? "adhoc-model",
          templateTitle: entry.provenanceText("templateTitle"),
          templateVersion: entry.provenanceText("templateVersion"),
          modelID: entry.provenanceText("modelId"), warningCount: item.warningCount)
      },
      total: found.totalCount, page: request.page, pageSize: request.pageSize)
  }

  func getRun(_ params: RunReference) throws(RPCError) -> GetRunMethod.Result {
    let run = try perform { () throws(EngineFailure) in
      try GetRun.run(params.runID, in: engine)
    }
    return GetRunMethod.Result(run: run.record, manifest: run.manifest)
  }

  func getModel(_ params: RunReference) throws(RPCError) -> GetModelMethod.Result {
    let file = try perform { () throws(EngineFailure) in
      try GetModel.run(params.runID, in: engine)
    }
    return GetModelMethod.Result(
      model: String(decoding: file.bytes, as: UTF8.self), hash: file.hash)
  }

  func getProvenance(_ params: RunReference) throws(RPCError) -> GetProvenanceMethod.Result {
    try perform { () throws(EngineFailure) in
      GetProvenanceMethod.Result(provenance: try GetProvenance.run(params.runID, in: engine))
    }
  }

  func getSeriesIndex(_ params: RunReference) throws(RPCError) -> GetSeriesIndexMethod.Result {
    try perform { () throws(EngineFailure) in
      GetSeriesIndexMethod.Result(index: try GetSeriesIndex.run(params.runID, in: engine))
    }
  }

  func getSeries(_ params: GetSeriesMethod.Params) throws(RPCError) -> GetSeriesMethod.Result {
    let series = try perform { () throws(EngineFailure) in
      try GetSeries.run(params.series, of: params.runID, in: engine)
    }
    let values: GetSeriesMethod.Result.Values =
      switch params.form {
      case .values: .values(WireSeries(SeriesTable.values(series.csv)))
      case .csv: .csv(String(decoding: series.csv, as: UTF8.self))
      }
    return GetSeriesMethod.Result(entry: series.entry, hash: series.hash, values: values)
  }

  func trace(_ params: RunReference) throws(RPCError) -> TraceRunMethod.Result {
    let found = try perform { () throws(EngineFailure) in
      try TraceRun.run(params.runID, in: engine)
    }
    return TraceRunMethod.Result(
      texts: [
        ("runId", found.run), ("createdUtc", found.created), ("source", found.source),
        ("modelId", found.modelID), ("templateId", found.templateID),
        ("templateVersion", found.templateVersion), ("templateHash", found.templateHash),
        ("modelHash", found.modelHash), ("textHash", found.textHash),
        ("verifyCommand", found.verifyCommand),
      ],
      parameters: found.parameters, provenance: found.provenance)
  }
}
