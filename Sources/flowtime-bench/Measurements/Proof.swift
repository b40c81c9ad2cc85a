import FlowModel
import JSON
import Operations
import Source

/// Models proved by their records, with the templates loaded, each beside its generation: a proof is to take three times
/// as long at most.
func proofMeasurements(_ inputs: Inputs) -> [Measurement] {
  let issuer = FixedIdentities(at: .epoch)
  func measure(_ id: String, in snapshot: Snapshot) -> [Measurement] {
    let request = GenerateModel.Request(template: .id(id))
    guard let made = try? GenerateModel.run(request, in: snapshot, issuer: issuer) else {
      return []
    }
    return [
      Measurement("proof, generate, \(id)", size: made.model.count) {
        (try? GenerateModel.run(request, in: snapshot, issuer: issuer))?.model.count ?? 0
      },
      Measurement("proof, verify, \(id)", size: made.model.count) {
        let proof = try? VerifyProvenance.run(
          made.model, record: .value(.object(made.provenance)), in: snapshot)
        return proof?.verdict == .reproduced ? proof?.checks.count ?? 0 : -1
      },
    ]
  }
  // Ten times the one is the other: time must be linear.
  let large = [1_600, 16_000].flatMap { nodeCount -> [Measurement] in
    let id = "\(nodeCount)-nodes"
    let text = Inputs.template(id: id, nodeCount: nodeCount, binCount: 100)
    return measure(
      id,
      in: Snapshot(
        catalog: TemplateCatalog([TemplateCatalog.Entry(path: id, text: SourceText(text))])))
  }
  return inputs.bundled.flatMap { measure($0.id, in: inputs.snapshot) } + large
}
