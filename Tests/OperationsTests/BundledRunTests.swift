import Engine
import FlowModel
import JSON
import Operations
import Source
import Templates
import Testing

/// Defaults, and each parameter at its bounds and in the middle, or at each of its allowed values.
@Test(arguments: Bundle.ids)
func `what a bundled template makes runs`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let definitions = try #require(snapshot.catalog[id]).document.definitions
  var requests = [GenerateModel.Request(template: .id(id))]
  for definition in definitions {
    for value in ParameterSamples(definition: definition).corners {
      var request = GenerateModel.Request(template: .id(id))
      request.parameters = [definition.name.text: value]
      requests.append(request)
    }
  }
  for request in requests {
    let result = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    let (plan, findings) = Plan.compile(ModelDocument(result.model))
    #expect(findings == [], "\(request.parameters)")
    let run = try #require(plan?.evaluate(), "\(request.parameters)")
    #expect(!run.series.isEmpty)
    #expect(run.series.allSatisfy { $0.values.allSatisfy(\.isFinite) }, "\(request.parameters)")
  }
}
