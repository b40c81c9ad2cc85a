import FlowModel
import JSON
import Operations
import Source
import Templates

/// Models proved by their records, with the templates loaded, each beside its generation: a proof is to take three times
/// as long at most. Values change from call to call, so that no model is one that is still known.
func proofMeasurements(_ inputs: Inputs) -> [Measurement] {
  let issuer = FixedIdentities(at: .epoch)
  func measure(_ id: String, in snapshot: Snapshot) -> [Measurement] {
    guard let document = snapshot.catalog[id]?.document else { return [] }
    let generation = WarmGeneration(of: id, document, in: snapshot)
    // Large models are never kept, and a few more than are kept drive out those before them.
    let count = document.text.count > 1 << 18 ? 1 : RecentModels.Bounds().countMax + 8
    let models = WarmGeneration.values(for: document).prefix(count).compactMap { values in
      let request = GenerateModel.Request(template: .id(id), parameters: values)
      return try? GenerateModel.run(request, in: snapshot, issuer: issuer)
    }
    guard let size = models.first?.model.count else { return [] }
    var next = 0
    return [
      Measurement("proof, generate, \(id)", size: size, run: generation.runChanged),
      Measurement("proof, verify, \(id)", size: size) {
        next = (next + 1) % models.count
        let made = models[next]
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
