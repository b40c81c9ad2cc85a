import Engine
import FlowModel
import JSON
package import RunStore
package import Source
import YAML

/// A model and its provenance in; series and, where it is wanted, a stored run out.
package enum RunModel {
  package struct Request: Sendable {
    package var model: SourceText
    /// As it came beside the model; see ``HeaderProvenance``.
    package var provenance: String?
    /// What carries ``provenance``, as its sender knows it.
    package var provenancePlace: String
    package var strictness: CheckedModel.Strictness
    package var stores: Bool

    package init(
      model: SourceText, provenance: String? = nil, provenancePlace: String = "the header",
      strictness: CheckedModel.Strictness = .request, stores: Bool = true
    ) {
      self.model = model
      self.provenance = provenance
      self.provenancePlace = provenancePlace
      self.strictness = strictness
      self.stores = stores
    }
  }

  package struct Result: Sendable {
    /// The model's nodes, each behind those that it waits for.
    package let order: [String]
    /// What each node of the model gave, in the order of the model.
    package fileprivate(set) var nodes: [(id: String, values: ArraySlice<Double>)]
    /// What is stored, or would be.
    package let run: FinishedRun
    /// nil where nothing is stored.
    package fileprivate(set) var stored: RunStore.Stored?
    /// What is worth to be known about the provenance: what was passed over, and why.
    package let provenanceWarnings: [String]
    /// Warnings of the rules, with their places in the text that came.
    package let diagnostics: [Diagnostic]
    package let text: SourceText
    /// What this holds of the Engine's rooms, for as long as anybody holds this or a copy.
    package fileprivate(set) var shares: [Room.Share]

    /// The same with what is stored and told alone: series as bytes, not as numbers.
    func withoutNumbers() -> Result {
      var result = self
      result.nodes = []
      result.shares = []
      return result
    }
  }

  /// - Parameter goesOn: is told now and then how much of the evaluation is done, from 0 to 1; false ends it, or the wait
  ///   for others to let go of room.
  /// - Throws: ``EngineFailure``.
  package static func run(
    _ request: Request, in engine: Engine, goesOn: (Double) -> Bool = { _ in true }
  ) throws(EngineFailure) -> Result {
    let result = try evaluate(request, in: engine.workspace, goesOn: goesOn)
    guard request.stores else { return result }
    return try store([result], in: engine).first ?? result
  }

  /// Stores what was evaluated, all of it with one wait for the disk.
  ///
  /// - Returns: the same, in the same order, with where they are.
  package static func store(
    _ results: [Result], in engine: Engine
  ) throws(EngineFailure) -> [Result] {
    let stored = try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.store(results.map(\.run))
    }
    return zip(results, stored).map { result, place in
      var result = result
      result.stored = place
      return result
    }
  }

  /// Stores nothing, whatever the request says.
  package static func evaluate(
    _ request: Request, in workspace: Workspace, goesOn: (Double) -> Bool = { _ in true }
  ) throws(EngineFailure) -> Result {
    // A record that is refused keeps the model from being looked at.
    let header = try HeaderProvenance.read(
      request.provenance, of: request.provenancePlace)
    let limits = workspace.limits
    let text = try workspace.texts.share(request.model.count, within: limits.busyTimeMax) {
      goesOn(0)
    }
    let model = try CheckedModel(request.model, request.strictness, limits)
    let numbers = try workspace.numbers.share(
      model.plan.valueCount, within: limits.busyTimeMax
    ) { goesOn(0) }
    let (bare, embedded) = try extract(model.document)
    let (record, warnings) = choose(header, embedded, request.provenancePlace)
    if let length = record.map({ JSONValue.object($0).serialized().count }),
      length > limits.provenanceLengthMax
    {
      throw .limitExceeded(
        name: "provenanceLengthMax", value: limits.provenanceLengthMax, found: length)
    }
    guard let evaluation = model.plan.evaluate(goesOn: goesOn) else { throw .stopped }
    let run = FinishedRun(
      model: bare.bytes, evaluation, try stored(evaluation.series, limits), provenance: record,
      seed: model.data["rng"]?["seed"]?.number?.integer)
    return Result(
      order: ModelGraph(model.data).order, nodes: evaluation.nodes, run: run,
      stored: nil, provenanceWarnings: warnings, diagnostics: model.warnings,
      text: request.model, shares: [text, numbers])
  }

  /// Series as their files have them.
  private static func stored(
    _ series: [Series], _ limits: RunLimits
  ) throws(EngineFailure) -> [StoredSeries] {
    var length = 0
    var stored: [StoredSeries] = []
    for one in series {
      let csv = one.csv
      length += csv.count
      guard length <= limits.seriesLengthMax else {
        throw .limitExceeded(
          name: "seriesLengthMax", value: limits.seriesLengthMax, found: length)
      }
      stored.append(
        StoredSeries(
          id: one.id, kind: one.kind.rawValue, unit: one.unit, componentID: one.componentID,
          classID: one.classLabel, points: one.values.count, csv: csv))
    }
    return stored
  }

  private typealias Intake = (record: JSONObject?, warnings: [String])

  /// The model without its block, every other byte as it was, and the record in it.
  private static func extract(
    _ document: ModelDocument
  ) throws(EngineFailure) -> (model: SourceText, Intake) {
    let extraction: ProvenanceBlock.Extraction
    do throws(ProvenanceBlock.Failure) {
      extraction = try ProvenanceBlock.extract(from: document)
    } catch {
      switch error {
      case .model(let diagnostics): throw .modelInvalid(document.tree.text, diagnostics)
      case .exists, .record:
        throw .provenanceInvalid(ProvenanceFailure("the one in the model cannot be read"))
      }
    }
    guard let record = extraction.record else { return (extraction.model, (nil, [])) }
    return (extraction.model, try HeaderProvenance.checked(record, of: "the model"))
  }

  /// The record beside the model as a whole, else the one in it.
  private static func choose(_ header: Intake, _ embedded: Intake, _ place: String) -> Intake {
    var warnings = header.warnings + embedded.warnings
    guard let first = header.record else { return (embedded.record, warnings) }
    if let second = embedded.record {
      let ids = [first, second].map { quoted(HeaderProvenance.modelID(of: $0)) }
      warnings.append(
        "the provenance of \(ids[0]) in \(place) is stored, and that of \(ids[1]) in the model is not"
      )
    }
    return (first, warnings)
  }
}

extension FinishedRun {
  init(
    model: [UInt8], _ evaluation: Evaluation, _ series: [StoredSeries], provenance: JSONObject?,
    seed: Int?
  ) {
    self.init(
      model: model,
      grid: Grid(
        bins: evaluation.grid.bins, binSize: evaluation.grid.binSize,
        binUnit: evaluation.grid.binUnit),
      classes: evaluation.classes.map {
        Class(id: $0.id, displayName: $0.displayName, description: $0.description)
      },
      series: series,
      warnings: evaluation.warnings.map {
        Warning(nodeID: $0.nodeID, code: $0.code, message: $0.message, severity: $0.severity)
      }, provenance: provenance, seed: seed)
  }
}
