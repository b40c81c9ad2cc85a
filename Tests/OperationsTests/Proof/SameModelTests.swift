import FlowModel
import JSON
import Operations
import Source
import Testing

/// The value with the keys of every mapping the other way round.
private func turned(_ value: JSONValue) -> JSONValue {
  switch value {
  case .array(let items): .array(items.map(turned))
  case .object(let object):
    .object(JSONObject(object.members.reversed().map { JSONMember($0.name, turned($0.value)) }))
  default: value
  }
}

@Test(arguments: Bundle.ids)
func `a bundled model written in another way is still the same`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  let made = try GenerateModel.run(
    GenerateModel.Request(template: .id(id)), in: snapshot, issuer: Bundle.noon)
  let text = made.model.string
  let value = try #require(ModelReading(made.model).data?.json)
  let commented = text.split(separator: "\n").reduce(into: "# mine\n") {
    $0 += "\($1) # said\n\n"
  }
  let ways: [(name: String, text: String, isSameBytes: Bool)] = [
    ("as it is", text, true), ("line ends", text.replacing("\n", with: "\r\n"), false),
    ("comments", commented, false), ("no final line end", String(text.dropLast()), false),
    ("a byte order mark", "\u{FEFF}" + text, false),
    ("one line", value.text() + "\n", false), ("many lines", value.text(.pretty), false),
    ("order of keys", turned(value).text(), false), ("explicit", "---\n\(text)...\n", false),
  ]
  for way in ways {
    let model = SourceText(way.text)
    func check(_ proof: Proof, _ delivery: String) {
      #expect(proof.verdict == .reproduced, "\(way.name), \(delivery): \(proof.checks)")
      #expect(proof.hasSameBytes == way.isSameBytes, "\(way.name), \(delivery)")
    }
    check(
      try VerifyProvenance.run(model, record: .value(.object(made.provenance)), in: snapshot),
      "beside")
    let embedded = try EmbedProvenance.run(made.provenance, in: model)
    check(try VerifyProvenance.run(embedded, record: .embedded, in: snapshot), "embedded")
  }
}
