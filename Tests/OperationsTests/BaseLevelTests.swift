import JSON
import Operations
import Source
import TestSupport
import Testing

@Test(arguments: [
  (
    "it-system-microservices",
    #"{"bins": 12, "binSize": 1, "binUnit": "hours", "loadBalancerCapacity": 300}"#
  ),
  ("manufacturing-line", #"{"bins": 8}"#),
  ("network-reliability", #"{"bins": 14, "rngSeed": 7, "retryShare": 0.25}"#),
  ("supply-chain-multi-tier", #"{"bins": 6}"#),
  ("transportation-basic", #"{"bins": 3}"#),
])
func `a template of the base level gives the model and the record it always gave`(
  id: String, parameters: String
) throws {
  let result = try GenerateModel.run(
    GenerateModel.Request(template: .id(id), parameters: try Bundle.json(parameters)),
    in: try Bundle.baseSnapshot(), issuer: Bundle.noon)
  #expect(result.diagnostics == [])
  #expect(Golden.difference(result.model.bytes, "base/\(id).model.yaml") == nil)
  let record = JSONValue.object(result.provenance).serialized(.pretty) + [0x0A]
  #expect(Golden.difference(record, "base/\(id).provenance.json") == nil)
}

@Test(arguments: Bundle.baseIDs, [nil, 1, 7, 48, 10_000])
func `a template of the base level runs with any number of bins`(id: String, bins: Int?) throws {
  var request = GenerateModel.Request(template: .id(id))
  if let bins { request.parameters = ["bins": .number(JSONNumber(bins))] }
  let result = try GenerateModel.run(
    request, in: try Bundle.baseSnapshot(), issuer: Bundle.noon)
  #expect(result.diagnostics == [])
  #expect(ValidateModel.run(result.model) == [])
}
