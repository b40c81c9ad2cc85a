import FlowModel
import JSON
import Operations
import Source
import Testing

/// What keeps two models from being compared; nil where they can be.
private func refusal(_ old: String, _ new: String) -> CompareModels.Failure? {
  do throws(CompareModels.Failure) {
    _ = try CompareModels.run(models: SourceText(old), SourceText(new))
    return nil
  } catch {
    return error
  }
}

@Test(arguments: [
  ("", "a: 1", CompareModels.Side.old, "model-empty"),
  ("a: 1", "- a", .new, "model-not-mapping"),
  ("a: 1", "a: 1\n---\nb: 1", .new, "yaml-document-several"),
  ("a: .nan", "a: 1", .old, "number-out-of-range"),
  ("a: 1", "a: !x 1", .new, "yaml-tag-unknown"),
  ("a: 1", "[a]: 1", .new, "yaml-key-not-scalar"),
])
func `a model that is no tree of known values is refused with its side`(
  old: String, new: String, side: CompareModels.Side, code: String
) throws {
  let failure = try #require(refusal(old, new))
  #expect(failure.side == side)
  guard case .modelInvalid(let text, let diagnostics) = failure.cause else {
    Issue.record("\(failure.cause)")
    return
  }
  #expect(text == SourceText(side == .old ? old : new))
  #expect(diagnostics.contains { $0.code.rawValue == code }, "\(diagnostics.map(\.code.rawValue))")
}

@Test(arguments: ["schemaVersion: 7", "nodes: [{id: 1}, {id: 1}]", "anything: {at: all}"])
func `a model that breaks rules can be compared`(model: String) {
  #expect(refusal(model, model) == nil)
}

@Test func `every bundled template is equal to itself, and other values are other models`() throws {
  let snapshot = try Bundle.snapshot()
  for entry in snapshot.catalog.entries {
    func compare(_ old: JSONObject, _ new: JSONObject) throws -> CompareModels.Generations {
      try CompareModels.run(.id(entry.id.text), parameters: old, new, in: snapshot)
    }
    let same = try compare([:], [:])
    #expect(same.models.isEqual && same.parameters.isEqual, "\(entry.id)")
    #expect(same.old == same.new)
    let other = try compare(["bins": 5], ["bins": 7])
    #expect(other.models.changes.contains { $0.path == "grid.bins" }, "\(entry.id)")
    #expect(other.parameters.changes.map(\.path) == ["bins"])
    #expect(other.old.modelHash != other.new.modelHash)
    #expect(other.old.modelIDHash != other.new.modelIDHash)
  }
}
