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

@Test(arguments: Bundle.ids)
func `every parameter of a bundled template works at both of its bounds`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let entry = try #require(snapshot.catalog[id])
  for definition in entry.document.definitions {
    for bound in [definition.minimum, definition.maximum] {
      guard let bound else { continue }
      let number = JSONValue.number(bound.json)
      let value = definition.type == .array ? .array([number]) : number
      let result = try GenerateModel.run(
        GenerateModel.Request(
          template: .id(id), parameters: JSONObject([JSONMember(definition.name.text, value)])),
        in: snapshot, issuer: Bundle.noon)
      #expect(ValidateModel.run(result.model) == [], "\(definition.name) = \(bound.spelling)")
    }
  }
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
