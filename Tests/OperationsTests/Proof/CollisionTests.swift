import FlowModel
import JSON
import Operations
import Source
import Testing

/// Two values whose models have the same 8 digits: the first pair among those from 0 on.
private let pair = (6601, 52_504)
private let digits = "6261725d"

private func values(_ number: Int) -> JSONObject { ["n": .number(JSONNumber(number))] }

private let demo = """
  metadata: {id: demo}
  parameters: [{name: n, type: integer, default: 0}]
  grid: {bins: 1, binSize: 1, binUnit: days}
  nodes: [{id: echo, kind: const, values: ["${n}"]}]
  outputs: [{series: echo, as: echo.csv}]

  """

@Test func `the first two values that share their 8 digits are found by search`() throws {
  var seen: [String: Int] = [:]
  for number in 0...pair.1 {
    let hash = try ModelIdentity.hash(templateID: "demo", parameters: values(number))
    guard let other = seen.updateValue(number, forKey: hash) else { continue }
    #expect((other, number) == pair)
    #expect(hash == digits)
    return
  }
  Issue.record("no two of them share their digits")
}

@Test func `values that share their 8 digits have two ids in one process`() throws {
  let snapshot = ProofCase.snapshot(demo)
  let issuer = UniqueIdentities { .epoch }
  let ids = try [pair.0, pair.1].map { number in
    try GenerateModel.run(
      GenerateModel.Request(template: .id("demo"), parameters: values(number)), in: snapshot,
      issuer: issuer
    ).provenance["model_id"]
  }
  #expect(
    ids
      == [
        "model_19700101T000000Z_\(digits)", "model_19700101T000000.000001Z_\(digits)",
      ].map { JSONValue.string($0) })
}

@Test func `values that share their 8 digits are told apart by the whole hashes`() throws {
  let one = try ProofCase(demo, values(pair.0))
  let two = try ProofCase(demo, values(pair.1))
  #expect(one.record["model_id"] == two.record["model_id"])
  #expect(one.record["model_hash"] != two.record["model_hash"])
  #expect(try one.proof().verdict == .reproduced)
  let exchanged = try one.proof(model: two.model)
  #expect(exchanged.verdict == .modelModified)
  #expect(try exchanged.check(.modelIDHash).state == .passed)
  // The id fits these values too; the model that they make does not fit the record.
  let forged = one.record(with: [("parameters", .object(values(pair.1)))])
  for model in [one.model, two.model] {
    let proof = try one.proof(model: model, record: forged)
    #expect(proof.verdict == .recordModified)
    #expect(try proof.check(.modelIDHash).state == .passed)
    #expect(try proof.check(.regenerated).state == .failed)
  }
}
