import FlowModel
import JSON
import Operations
import Source

/// Models: rules, records, hashes.
func modelMeasurements(_ inputs: Inputs) -> [Measurement] {
  let issuer = FixedIdentities(at: .epoch)
  let request = GenerateModel.Request(
    template: .id("it-system-microservices"), embedsProvenance: true)
  let made = try? GenerateModel.run(request, in: inputs.snapshot, issuer: issuer)
  let record = made?.provenance ?? JSONObject()
  let embedded = made?.model ?? SourceText("")
  let bare = (try? ExtractProvenance.run(embedded))?.model ?? SourceText("")
  let largeEmbedded = (try? EmbedProvenance.run(record, in: inputs.largeModel)) ?? inputs.largeModel
  let data = ModelReading(bare).data
  let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  func validate(_ name: String, _ model: SourceText) -> Measurement {
    Measurement("validate model, \(name)", size: model.count) { ValidateModel.run(model).count }
  }
  func embed(_ name: String, _ model: SourceText) -> Measurement {
    Measurement("embed, \(name)", size: model.count) {
      (try? EmbedProvenance.run(record, in: model))?.count ?? 0
    }
  }
  func extract(_ name: String, _ model: SourceText) -> Measurement {
    Measurement("extract, \(name)", size: model.count) {
      (try? ExtractProvenance.run(model))?.model.count ?? 0
    }
  }
  return [
    validate("it-system-microservices", bare), validate("large", inputs.largeModel),
    embed("it-system-microservices", bare), embed("large", inputs.largeModel),
    extract("it-system-microservices", embedded), extract("large", largeEmbedded),
    Measurement("model hash, it-system-microservices", size: bare.count) {
      data.flatMap(ModelHash.of)?.utf8.count ?? 0
    },
    Measurement("sha256", size: bytes.count) {
      var sha = SHA256()
      sha.update(bytes.span)
      return Int(sha.finalize().first ?? 0)
    },
  ]
}
