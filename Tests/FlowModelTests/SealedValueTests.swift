import FlowModel
import JSON
import Testing

@Test func `a sealed value is what other tools reckon it to be`() throws {
  // printf '%s' '["demo","pin"]' | sha256sum | cut -c1-32
  let salt = try #require(
    SealedValue.salt(templateID: "demo", parameter: "pin"))
  #expect(salt == "bc5369f105fce7e14d8abbeceea398cf")
  // printf '%s:%s' bc5369f105fce7e14d8abbeceea398cf '"0042"' | sha256sum
  let sealed = try #require(SealedValue("0042", salt: salt))
  #expect(sealed.sha256 == "65a9d7d4aaf9506d89e6c8dca38fbccf69bae116a15618cfe26febb211ebd165")
  #expect(SealedValue(json: sealed.json) == sealed)
  #expect(sealed.seals("0042"))
  #expect(!sealed.seals("42"))
  #expect(!sealed.seals(42))
}

@Test func `every parameter of every template has a salt of its own`() {
  let salts = [
    SealedValue.salt(templateID: "demo", parameter: "pin"),
    SealedValue.salt(templateID: "demo", parameter: "pim"),
    SealedValue.salt(templateID: "demp", parameter: "in"),
  ]
  #expect(Set(salts).count == salts.count)
  #expect(!salts.contains(nil))
}

private let salt = String(repeating: "0", count: 32)
private let digest = String(repeating: "a", count: 64)

@Test(
  arguments: [
    "text", 1, [1, 2], [:], ["salt": .string(salt)],
    ["salt": .string(salt), "sha256": .string(digest), "more": 1],
    ["salt": .string(salt), "sha256": .string(digest.uppercased())],
    ["salt": .string(salt + "0"), "sha256": .string(digest)],
    ["salt": .string(String(repeating: "g", count: 32)), "sha256": .string(digest)],
    ["salt": 1, "sha256": .string(digest)],
  ] as [JSONValue])
func `what has another form is not sealed`(value: JSONValue) {
  #expect(SealedValue(json: value) == nil)
}
