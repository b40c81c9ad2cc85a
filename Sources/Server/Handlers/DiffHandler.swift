import FlowModel
import JSON
import JSONRPC
import Operations
import Source
import Wire

extension Handlers {
  func diff(_ params: DiffMethod.Params) throws(RPCError) -> DiffMethod.Result {
    switch params.subject {
    case .models(let old, let new):
      let old = SourceText(old)
      let new = SourceText(new)
      let comparison = try compare { () throws(CompareModels.Failure) in
        try CompareModels.run(models: old, new)
      }
      return DiffMethod.Result(
        comparison,
        DiffMethod.Change.all(
          comparison, old: Positions(old, encoding), new: Positions(new, encoding)))
    case .provenances(let old, let new):
      let old = try record(old, .old)
      let new = try record(new, .new)
      let comparison = try compare { () throws(CompareModels.Failure) in
        try CompareModels.run(provenances: old, new)
      }
      return DiffMethod.Result(comparison, DiffMethod.Change.all(comparison))
    case .template(let template, let old, let new):
      let (choice, uri) = try choice(template)
      let result = try compare(uri: uri) { () throws(CompareModels.Failure) in
        try CompareModels.run(choice, parameters: old, new, in: service.snapshot)
      }
      let positions = Positions(result.template, encoding)
      return DiffMethod.Result(
        result.models, DiffMethod.Change.all(result.models, old: positions, new: positions),
        isTruncated: result.models.isTruncated || result.parameters.isTruncated,
        DiffMethod.Generations(
          parameters: DiffMethod.Change.all(result.parameters),
          old: DiffMethod.Generations.Name(result.old),
          new: DiffMethod.Generations.Name(result.new)))
    }
  }

  private func record(_ value: JSONValue, _ side: CompareModels.Side) throws(RPCError)
    -> JSONObject
  {
    guard let record = value.objectValue else {
      let cause = OperationFailure.provenanceInvalid([
        "provenance must be an object, not \(value.kindName)"
      ])
      throw RPCError(cause, encoding).blaming(side)
    }
    return record
  }

  private func compare<Outcome>(
    uri: String? = nil, _ operation: () throws(CompareModels.Failure) -> Outcome
  ) throws(RPCError) -> Outcome {
    do throws(CompareModels.Failure) {
      return try operation()
    } catch {
      throw RPCError(error.cause, encoding, uri: uri).blaming(error.side)
    }
  }
}

extension DiffMethod.Result {
  fileprivate init(
    _ comparison: Comparison, _ changes: [DiffMethod.Change], isTruncated: Bool? = nil,
    _ generations: DiffMethod.Generations? = nil
  ) {
    self.init(
      isEqual: comparison.isEqual, isTruncated: isTruncated ?? comparison.isTruncated,
      changes: changes,
      patch: comparison.patch?.map(\.json), generations: generations)
  }
}

extension DiffMethod.Generations.Name {
  fileprivate init(_ name: CompareModels.Generations.Name) {
    self.init(modelIDHash: name.modelIDHash, modelHash: name.modelHash)
  }
}

extension DiffMethod.Change {
  /// - Parameters:
  ///   - old: positions in the old text; nil where there is none.
  ///   - new: positions in the new text.
  static func all(_ comparison: Comparison, old: Positions? = nil, new: Positions? = nil)
    -> [DiffMethod.Change]
  {
    comparison.changes.map { change in
      let isMove = change.kind == .moved
      return DiffMethod.Change(
        path: change.path, pointer: change.pointer, kind: change.kind.rawValue,
        from: change.oldPointer, old: isMove ? nil : change.old?.json,
        new: isMove ? nil : change.new?.json,
        oldRange: change.oldRange.flatMap { range in old?.range(range) },
        newRange: change.newRange.flatMap { range in new?.range(range) })
    }
  }
}

extension RPCError {
  /// Says which of two is at fault, in the message and as `data.side`.
  fileprivate func blaming(_ side: CompareModels.Side?) -> RPCError {
    guard let side else { return self }
    var data = data?.objectValue ?? JSONObject()
    data["side"] = .string(side.rawValue)
    return RPCError(code: code, message: "\(side.rawValue): \(message)", data: .object(data))
  }
}
