import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import Source
import Wire

extension Handlers {
  func diff(_ params: DiffMethod.Params) throws(RPCError) -> DiffMethod.Result {
    switch params.subject {
    case .models(let old, let new):
      let old = SourceText(old)
      let new = SourceText(new)
      let comparison = try compare { () throws(CompareModels.Failure) in
        try CompareModels.run(models: old, new, monitor)
      }
      return DiffMethod.Result(
        comparison,
        DiffMethod.Change.all(
          comparison, old: Positions(old, encoding), new: Positions(new, encoding)))
    case .provenances(let old, let new):
      let (old, new) = try records(old, new)
      let comparison = try compare { () throws(CompareModels.Failure) in
        try CompareModels.run(provenances: old, new)
      }
      return DiffMethod.Result(comparison, DiffMethod.Change.all(comparison))
    case .template(let template, let old, let new):
      let (choice, uri) = try choice(template)
      let result = try compare(uri: uri) { () throws(CompareModels.Failure) in
        try CompareModels.run(choice, parameters: old, new, in: snapshot, monitor)
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

  private func records(_ old: JSONValue, _ new: JSONValue) throws(RPCError) -> (
    JSONObject, JSONObject
  ) {
    func error(_ value: JSONValue, _ side: CompareModels.Side) -> RPCError {
      let problem = "provenance must be an object, not \(value.kindName)"
      return RPCError(OperationFailure.provenanceInvalid([problem]), encoding).blaming(side)
    }
    switch (old.objectValue, new.objectValue) {
    case (let old?, let new?): return (old, new)
    case (nil, .some): throw error(old, .old)
    case (.some, nil): throw error(new, .new)
    case (nil, nil): throw error(old, .old).followed(by: error(new, .new))
    }
  }

  private func compare<Outcome>(
    uri: String? = nil, _ operation: () throws(CompareModels.Failure) -> Outcome
  ) throws(RPCError) -> Outcome {
    do throws(CompareModels.Failure) {
      return try operation()
    } catch {
      let cause = RPCError(error.cause, encoding, uri: uri).blaming(error.side)
      guard let newCause = error.newCause else { throw cause }
      throw cause.followed(by: RPCError(newCause, encoding, uri: uri).blaming(.new))
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

  /// This error with the other side's as `data.other`, which has its `code` and `message` too.
  fileprivate func followed(by other: RPCError) -> RPCError {
    var data = data?.objectValue ?? JSONObject()
    var members = [
      JSONMember("code", .number(JSONNumber(other.code))),
      JSONMember("message", .string(other.message)),
    ]
    if let more = other.data?.objectValue?.members { members += more }
    data["other"] = .object(JSONObject(members))
    return RPCError(code: code, message: message, data: .object(data))
  }
}
