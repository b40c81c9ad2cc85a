import FlowModel
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing
import YAML

@Test func `the bundle has the templates that users know, under their ids`() throws {
  let catalog = try Bundle.snapshot().catalog
  #expect(catalog.entries.map(\.id.text) == Bundle.ids)
  #expect(catalog.shadowed.isEmpty)
  for entry in catalog.entries { #expect(entry.path == entry.id.text + ".yaml") }
}

// So much is answered on the spot: `inlineLengthMax`, with room for the request itself.
@Test(arguments: Bundle.ids)
func `a model of a bundled template is made without a detour`(id: String) throws {
  let entry = try #require(try Bundle.snapshot().catalog[id])
  #expect(entry.document.text.count + entry.scale.length { _ in nil } < 15 << 10)
  #expect(entry.scale.length { _ in 10_000 } > 16 << 10)
}

@Test(arguments: Bundle.ids)
func `a bundled template is lossless and without diagnostics`(id: String) throws {
  let entry = try #require(try Bundle.snapshot().catalog[id])
  #expect(entry.diagnostics == [])
  let text = entry.document.text
  let bytes = YAMLTree(parsing: text).tokens.flatMap { token in
    text.bytes[token.range.start..<token.range.end]
  }
  #expect(bytes == text.bytes)
  #expect(entry.document.definitions.count >= 5)
  for definition in entry.document.definitions {
    let isNumeric =
      definition.type == .integer || definition.type == .number || definition.type == .array
    #expect(definition.defaultValue != nil, "\(definition.name)")
    #expect(definition.title != nil && definition.description != nil, "\(definition.name)")
    #expect(
      isNumeric
        ? definition.minimum != nil && definition.maximum != nil : definition.allowed != nil,
      "\(definition.name)")
  }
}

@Test(arguments: Bundle.ids, [nil, 1, 7, 48, 10_000])
func `a bundled template runs with any number of bins`(id: String, bins: Int?) throws {
  let snapshot = try Bundle.snapshot()
  var request = GenerateModel.Request(template: .id(id))
  if let bins { request.parameters = ["bins": .number(JSONNumber(bins))] }
  let result = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
  #expect(result.diagnostics == [])
  #expect(ValidateModel.run(result.model) == [])
  let data = try #require(ModelReading(result.model).data)
  let record = try #require(result.provenance["parameters"]?.objectValue)
  let used = record["bins"]?.numberValue?.integer
  #expect(data["grid"]?["bins"]?.number?.integer == used)
  #expect(bins == nil || used == bins)
  #expect(result.provenance["model_hash"]?.stringValue == ModelHash.of(data))
}

/// Three sets of values for each template: its defaults, another grid, and another scenario.
private let pinned: [(id: String, name: String, parameters: String)] = [
  ("call-center", "defaults", "{}"),
  ("call-center", "short", #"{"bins": 6, "callCurve": [1, 2, 3], "agentPattern": [12, 20]}"#),
  ("call-center", "patient", #"{"bins": 8, "callsPerBin": 110.5, "hangUpShare": 0}"#),
  ("document-processing", "defaults", "{}"),
  ("document-processing", "quarters", #"{"bins": 8, "binSize": 15, "invoiceRate": 12.5}"#),
  ("document-processing", "no-claims", #"{"bins": 6, "claimRate": 0, "questionShare": 0.5}"#),
  ("incident-retry", "defaults", "{}"),
  ("incident-retry", "one-attempt", #"{"bins": 8, "maxAttempts": 1, "outageBin": 3}"#),
  (
    "incident-retry", "no-retries",
    #"{"bins": 6, "retryFirst": 0, "retrySecond": 0, "retryThird": 0, "agentPattern": [2]}"#
  ),
  ("it-system-microservices", "defaults", "{}"),
  (
    "it-system-microservices", "known",
    #"{"bins": 12, "binSize": 1, "binUnit": "hours", "loadBalancerCapacity": 300}"#
  ),
  (
    "it-system-microservices", "days",
    #"{"bins": 5, "binUnit": "days", "backupShare": 0.25, "requestPattern": [1, 2.5, 300]}"#
  ),
  ("manufacturing-line", "defaults", "{}"),
  ("manufacturing-line", "shift", #"{"bins": 8}"#),
  ("manufacturing-line", "no-rework", #"{"bins": 6, "reworkShare": 0, "assemblyCapacity": [70]}"#),
  ("network-reliability", "defaults", "{}"),
  ("network-reliability", "seeded", #"{"bins": 14, "rngSeed": 7, "retryShare": 0.25}"#),
  ("network-reliability", "impatient", #"{"bins": 6, "patience": 0, "serverBaseCapacity": 500}"#),
  ("shared-database", "defaults", "{}"),
  ("shared-database", "small", #"{"bins": 6, "databaseCapacity": 90.5, "reportQueueLimit": 0}"#),
  ("shared-database", "no-night", #"{"bins": 12, "nightPattern": [0], "webQueueLimit": 40}"#),
  ("supply-chain-multi-tier", "defaults", "{}"),
  ("supply-chain-multi-tier", "week", #"{"bins": 7, "leadTime": 4, "openingStock": 0}"#),
  (
    "supply-chain-multi-tier", "returns",
    #"{"bins": 10, "returnShare": 0.3, "refurbishWeight": 1, "scrapWeight": 2.5}"#
  ),
  ("transportation-basic", "defaults", "{}"),
  ("transportation-basic", "morning", #"{"bins": 3}"#),
  ("transportation-basic", "patient", #"{"bins": 6, "giveUpShare": 0, "demandPattern": [250]}"#),
  ("warehouse-picker-waves", "defaults", "{}"),
  ("warehouse-picker-waves", "hourly", #"{"bins": 6, "wavePeriodBins": 1, "wavePhaseOffset": 0}"#),
  ("warehouse-picker-waves", "crowded", #"{"bins": 9, "stagingSpace": 120, "shortShare": 0.1}"#),
]

@Test func `every bundled template is pinned with three sets of values`() {
  #expect(pinned.map(\.id) == Bundle.ids.flatMap { [$0, $0, $0] })
  #expect(Set(pinned.map { "\($0.id) \($0.name)" }).count == pinned.count)
}

@Test(arguments: pinned)
func `a bundled template gives the model it always gave`(
  id: String, name: String, parameters: String
) throws {
  let result = try GenerateModel.run(
    GenerateModel.Request(template: .id(id), parameters: try Bundle.json(parameters)),
    in: try Bundle.snapshot(), issuer: Bundle.noon)
  #expect(result.diagnostics == [])
  #expect(ValidateModel.run(result.model) == [])
  #expect(Golden.difference(result.model.bytes, "bundle/\(id).\(name).model.yaml") == nil)
}

@Test(arguments: Bundle.ids)
func `embedding is generating and then embedding`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  var request = GenerateModel.Request(template: .id(id))
  let bare = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
  request.embedsProvenance = true
  for naming in Provenance.Naming.allCases {
    request.naming = naming
    let whole = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    #expect(whole.model.string.hasPrefix("schemaVersion: 1\nprovenance:\n  source: flowtime-sim\n"))
    #expect(ValidateModel.run(whole.model) == [])
    #expect(whole.model == (try EmbedProvenance.run(whole.provenance, in: bare.model)))
    let extraction = try ExtractProvenance.run(whole.model)
    #expect(extraction.model == bare.model)
    #expect(extraction.record == whole.provenance)
    #expect(
      ModelReading(whole.model).data.flatMap { ModelHash.of($0) }
        == bare.provenance["model_hash"]?.stringValue)
  }
}
