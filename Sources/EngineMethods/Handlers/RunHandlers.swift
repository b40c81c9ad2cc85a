import EngineOperations
import JSON
import JSONRPC
import RunStore
import Server
import Source
import Wire

extension EngineHandlers {
  /// The member of the params.
  private static let provenancePlace = "'provenance'"

  func run(_ params: RunMethod.Params) throws(RPCError) -> RunMethod.Result {
    let evaluated = try perform { () throws(EngineFailure) in
      try RunModel.evaluate(
        RunModel.Request(
          model: SourceText(params.model), provenance: params.provenance,
          provenancePlace: Self.provenancePlace, stores: params.stores),
        in: engine.workspace, goesOn: progress("evaluating"))
    }
    // What was not asked for rightly is not stored.
    let series = try series(params.series, of: evaluated)
    var result = evaluated
    if params.stores {
      watch?.tell("storing")
      result = try perform { () throws(EngineFailure) in
        try RunModel.store([evaluated], in: engine).first ?? evaluated
      }
    }
    methods.countRun(isStored: params.stores)
    return RunMethod.Result(result, series: series, encoding)
  }

  private func series(
    _ names: [String]?, of result: RunModel.Result
  ) throws(RPCError) -> [(name: String, values: WireSeries)]? {
    guard let names else { return nil }
    let nodes = Dictionary(
      result.nodes.map { (ExactString($0.id), $0.values) }, uniquingKeysWith: { first, _ in first })
    let stored = Dictionary(
      result.run.series.map { (ExactString($0.id), $0.csv) },
      uniquingKeysWith: { first, _ in first })
    var series: [(name: String, values: WireSeries)] = []
    // A name that comes again would be another member of that name, with all its numbers again.
    var seen: Set<ExactString> = []
    for (place, name) in names.enumerated() where seen.insert(ExactString(name)).inserted {
      let key = ExactString(name)
      if let values = nodes[key] {
        series.append((name, WireSeries(values)))
      } else if let csv = stored[key] {
        series.append((name, WireSeries(SeriesTable.values(csv))))
      } else {
        throw .invalidParams("params.series[\(place)]: the run has no \(quoted(name))")
      }
    }
    return series
  }

  func runGroup(_ params: RunGroupMethod.Params) throws(RPCError) -> RunGroupMethod.Result {
    let bound = methods.engineLimits.groupRunCountMax
    guard params.runs.count <= bound else {
      throw .limitExceeded(
        "groupRunCountMax", value: bound,
        "a group has at most \(bound) runs, and there are \(params.runs.count)")
    }
    let requests = params.runs.map {
      RunModel.Request(
        model: SourceText($0.model), provenance: $0.provenance,
        provenancePlace: Self.provenancePlace)
    }
    let outcomes = try perform { () throws(EngineFailure) in
      try RunGroup.run(requests, in: engine, goesOn: progress("running")) { outcome in
        switch outcome {
        case .success(let result):
          methods.countRun(isStored: true)
          return RunGroupMethod.Outcome.stored(RunMethod.Summary(result, encoding))
        case .failure(let failure): return .refused(RPCError(failure, encoding).json)
        }
      }
    }
    return RunGroupMethod.Result(runs: outcomes)
  }

  func graph(_ params: GraphMethod.Params) throws(RPCError) -> GraphMethod.Result {
    let graph = try perform { () throws(EngineFailure) in
      try GraphModel.run(SourceText(params.model), in: engine)
    }
    return GraphMethod.Result(
      nodes: zip(graph.nodes, graph.inputs).map { ($0, $1) }, order: graph.order)
  }
}
