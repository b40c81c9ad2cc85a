import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing

/// How many random values the parameters of one template get together.
private let sampleCount = 200

@Test(arguments: Bundle.ids)
func `any one parameter may take any value that it allows`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let definitions = try #require(snapshot.catalog[id]).document.definitions
  for (index, definition) in definitions.enumerated() {
    let seed = UInt64(index)
    var random = SplitMix64(seed: seed)
    let samples = ParameterSamples(definition: definition)
    var values = samples.corners
    let share = sampleCount / definitions.count + (index < sampleCount % definitions.count ? 1 : 0)
    for _ in 0..<share {
      guard let value = samples.sample(&random) else { continue }
      // Every bin costs time, and the largest grids are among the corners.
      let bins = definition.name == "bins" ? value.numberValue?.integer : nil
      values.append(bins.map { .number(JSONNumber(1 + $0 % 500)) } ?? value)
    }
    #expect(values.count >= share + 2, "\(definition.name)")
    for value in values {
      let place: Comment = "\(definition.name), seed \(seed): \(value.text())"
      let result = try GenerateModel.run(
        GenerateModel.Request(
          template: .id(id), parameters: JSONObject([JSONMember(definition.name.text, value)])),
        in: snapshot, issuer: Bundle.noon)
      #expect(result.diagnostics == [], place)
      #expect(ValidateModel.run(result.model) == [], place)
    }
  }
}
