import Foundation
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing

/// How many random values each parameter gets besides its bounds and the middle.
private let sampleCount =
  ProcessInfo.processInfo.environment["FLOWTIME_PARAMETER_SAMPLES"].flatMap { Int($0) } ?? 12

@Test(arguments: Bundle.ids)
func `any one parameter may take any value that it allows`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let definitions = try #require(snapshot.catalog[id]).document.definitions
  for (index, definition) in definitions.enumerated() {
    let seed = UInt64(index)
    var random = SplitMix64(seed: seed)
    let samples = ParameterSamples(definition: definition)
    var values = samples.corners
    for _ in 0..<sampleCount {
      guard let value = samples.sample(&random) else { continue }
      // Every bin costs time, and the largest grids are among the corners.
      let bins = definition.name == "bins" ? value.numberValue?.integer : nil
      values.append(bins.map { .number(JSONNumber(1 + $0 % 500)) } ?? value)
    }
    #expect(values.count >= sampleCount + 2, "\(definition.name)")
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
