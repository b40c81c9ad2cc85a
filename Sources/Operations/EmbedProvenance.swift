import FlowModel
package import JSON
package import Source

/// A model and a record in; the model with the record in it out, every other byte as it was.
package enum EmbedProvenance {
  /// - Parameter replacing: whether a block that is there gives way.
  package static func run(
    _ record: JSONObject, in model: SourceText, replacing: Bool = false
  ) throws(OperationFailure) -> SourceText {
    let problems = Provenance.problems(in: record)
    guard problems.isEmpty else { throw .provenanceInvalid(problems.map(\.message)) }
    do throws(ProvenanceBlock.Failure) {
      return try ProvenanceBlock.embed(record, in: model, replacing: replacing)
    } catch {
      throw OperationFailure(error, in: model)
    }
  }
}

extension OperationFailure {
  init(_ failure: ProvenanceBlock.Failure, in model: SourceText) {
    switch failure {
    case .model(let diagnostics): self = .modelInvalid(model, diagnostics)
    case .exists(let range): self = .provenanceExists(model, range)
    case .record(let message): self = .provenanceInvalid([message])
    }
  }
}
