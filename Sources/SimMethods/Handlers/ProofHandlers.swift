import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import Source
import Templates
import Wire

extension Handlers {
  func verifyProvenance(_ params: VerifyProvenanceMethod.Params) throws(RPCError)
    -> VerifyProvenanceMethod.Result
  {
    let model = SourceText(params.model)
    let (choice, uri) = try choice(ifPresent: params.template)
    let proof = try perform(uri: uri) { () throws(OperationFailure) in
      try VerifyProvenance.run(
        model, record: params.provenance.map { .value($0) } ?? .embedded,
        values: params.parameters, template: choice, in: snapshot, monitor)
    }
    let hasPlaces = proof.checks.contains { $0.range != nil || $0.changes != nil }
    let positions = hasPlaces ? Positions(model, encoding) : nil
    return VerifyProvenanceMethod.Result(
      verdict: proof.verdict.rawValue, hasSameBytes: proof.hasSameBytes,
      checks: proof.checks.map { VerifyProvenanceMethod.Check($0, positions) })
  }

  func regenerate(_ params: RegenerateMethod.Params) throws(RPCError) -> RegenerateMethod.Result {
    let (choice, uri) = try choice(ifPresent: params.template)
    let subject: RegenerateModel.Request.Subject =
      switch params.subject {
      case .provenance(let record): .record(record)
      case .model(let text): .model(SourceText(text))
      }
    let request = RegenerateModel.Request(
      subject, values: params.parameters, template: choice, isForced: params.force)
    let result = try named(at: params.generatedAt, uri: uri) {
      (issuer) throws(OperationFailure) in
      try RegenerateModel.run(request, in: snapshot, issuer: issuer, monitor)
    }
    return RegenerateMethod.Result(
      model: result.model.string, provenance: result.provenance,
      diagnostics: wire(result.diagnostics, in: result.template.text, uri: uri))
  }
}

extension VerifyProvenanceMethod.Check {
  /// - Parameter model: positions in the model; nil where there is none.
  init(_ check: ProofCheck, _ model: Positions?) {
    self.init(
      name: check.name.rawValue, state: check.state.rawValue, message: check.message,
      difference: check.difference.map {
        VerifyProvenanceMethod.Difference(
          subject: $0.subject.rawValue, path: $0.path, expected: $0.expected, found: $0.found)
      },
      range: check.range.flatMap { range in model?.range(range) },
      changes: check.changes.map { DiffMethod.Change.all($0, old: model) })
  }
}
