package import FlowModel
package import JSON
package import Source
import Templates

/// A record in; the model that it tells of out, byte for byte.
package enum RegenerateModel {
  package struct Request: Sendable {
    /// A record alone, or a model that has one.
    package enum Subject: Sendable {
      case record(JSONValue)
      case model(SourceText)
    }

    package var subject: Subject
    /// Values that the record seals.
    package var values: JSONObject
    /// nil takes the one that the record names.
    package var template: TemplateChoice?
    /// Whether a template or a version that has changed is taken all the same, with a record of its own. A record that
    /// is not sound is refused with force too.
    package var isForced: Bool

    package init(
      _ subject: Subject, values: JSONObject = JSONObject(), template: TemplateChoice? = nil,
      isForced: Bool = false
    ) {
      self.subject = subject
      self.values = values
      self.template = template
      self.isForced = isForced
    }
  }

  /// - Parameter issuer: names the model where it is not the one of the record.
  /// - Throws: ``OperationFailure/notReproducible(_:)``, or ``OperationFailure/sensitiveValues(missing:wrong:checks:)``
  ///   where the record seals values that are not given. What a model at hand says does not matter, only its record does.
  package static func run(
    _ request: Request, in snapshot: Snapshot, issuer: some IdentityIssuer,
    _ monitor: WorkMonitor = .unwatched
  ) throws(OperationFailure) -> GenerateModel.Result {
    let claim: RecordInput
    let isEmbedded: Bool
    switch request.subject {
    case .record(let value):
      isEmbedded = false
      claim = .value(value)
    case .model(let text):
      isEmbedded = true
      do throws(RecordClaim.Malformed) {
        claim = .value(.object(try ModelClaim(text).record().object))
      } catch {
        throw .notReproducible(Proof(malformed: error.message))
      }
    }
    let proof = try Proof(
      claim, values: request.values, model: nil, template: request.template, in: snapshot, monitor)
    guard let told = proof.record, let template = proof.template, let rendered = proof.rendered
    else { throw .notReproducible(proof) }
    let record: JSONObject
    if proof.verdict == .reproduced {
      record = told.object
    } else if request.isForced, proof.canBeForced {
      record = rendered.record(
        issuer.issue(hash: rendered.identityHash), derivedFrom: told.modelID
      ).json(told.naming)
    } else {
      throw .notReproducible(proof)
    }
    try monitor.begin(.writing)
    return GenerateModel.Result(
      model: isEmbedded ? try EmbedProvenance.run(record, in: rendered.text) : rendered.text,
      provenance: record,
      template: template, sourceMap: nil, diagnostics: rendered.diagnostics)
  }
}
