import Engine
import FlowModel
import JSON
import Operations
import Source
import Templates
import Testing

/// It sends classes of a series that is computed of several ones, each with arrivals of its own. The Engine knows the rates
/// of a series that has arrivals itself, and says so.
private let withDerivedClasses = "document-processing"

@Test func `classes of a series without arrivals of its own are refused`() throws {
  let result = try GenerateModel.run(
    GenerateModel.Request(template: .id(withDerivedClasses)), in: try Bundle.snapshot(),
    issuer: Bundle.noon)
  let (plan, findings) = Plan.compile(ModelDocument(result.model))
  #expect(plan == nil)
  #expect(findings.map(\.code.rawValue) == Array(repeating: "router-class-unknown", count: 3))
}

/// Defaults, and each parameter at its bounds and in the middle, or at each of its allowed values.
@Test(arguments: Bundle.ids.filter { $0 != withDerivedClasses })
func `what a bundled template makes runs`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let definitions = try #require(snapshot.catalog[id]).document.definitions
  var requests = [GenerateModel.Request(template: .id(id))]
  for definition in definitions {
    for value in ParameterSamples(definition: definition).corners {
      var request = GenerateModel.Request(template: .id(id))
      // Long grids take long, and are no different.
      if definition.name.text == "bins", value.numberValue?.integer ?? 0 > 1_000 { continue }
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
