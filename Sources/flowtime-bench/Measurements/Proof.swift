import FlowModel
import JSON
import Operations
import Source

/// Models proved by their records, with the templates loaded: the bundled ones, and models of 1 and 10 MB beside the time
/// that their generation takes.
func proofMeasurements(_ inputs: Inputs) -> [Measurement] {
  let issuer = FixedIdentities(at: .epoch)
  func verify(_ id: String, in snapshot: Snapshot) -> [Measurement] {
    let request = GenerateModel.Request(template: .id(id))
    guard let made = try? GenerateModel.run(request, in: snapshot, issuer: issuer) else {
      return []
    }
    return [
      Measurement("verify, \(id)", size: made.model.count) {
        let proof = VerifyProvenance.run(
          made.model, record: .value(.object(made.provenance)), in: snapshot)
        return proof.verdict == .reproduced ? proof.checks.count : -1
      }
    ]
  }
  let large = [2_300, 23_000].flatMap { nodeCount -> [Measurement] in
    let id = "\(nodeCount) nodes"
    let text = Inputs.template(id: id, nodeCount: nodeCount, binCount: 100)
    let snapshot = Snapshot(
      catalog: TemplateCatalog([TemplateCatalog.Entry(path: id, text: SourceText(text))]))
    let generation = Measurement("generate for verify, \(id)", size: text.utf8.count) {
      let request = GenerateModel.Request(template: .id(id))
      return (try? GenerateModel.run(request, in: snapshot, issuer: issuer))?.model.count ?? 0
    }
    return [generation] + verify(id, in: snapshot)
  }
  return inputs.bundled.flatMap { verify($0.id, in: inputs.snapshot) } + large
}
