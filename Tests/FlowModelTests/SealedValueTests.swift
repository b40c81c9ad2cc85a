import FlowModel
import JSON
import Testing

@Test func `a sealed value is what other tools reckon it to be`() throws {
  // printf '%s' '["demo","pin",{"bins":3}]' | sha256sum | cut -c1-32
  let salt = try #require(
    SealedValue.salt(templateID: "demo", parameter: "pin", others: ["bins": 3]))
  #expect(salt == "fb54e68aee817cb074b81fc71c8844f3")
  // printf '%s:%s' fb54e68aee817cb074b81fc71c8844f3 '"0042"' | sha256sum
  let sealed = try #require(SealedValue("0042", salt: salt))
  #expect(sealed.sha256 == "5b5d9ddd35eb370806e0375171b23eb97a2faac3d63f51962103dac638fe319d")
  #expect(SealedValue(json: sealed.json) == sealed)
  #expect(sealed.seals("0042"))
  #expect(!sealed.seals("42"))
  #expect(!sealed.seals(42))
}

@Test func `every template, parameter and set of values beside it has a salt of its own`() {
  let salts = [
    SealedValue.salt(templateID: "demo", parameter: "pin", others: ["bins": 3]),
    SealedValue.salt(templateID: "demo", parameter: "pin", others: ["bins": 4]),
    SealedValue.salt(templateID: "demo", parameter: "pin", others: [:]),
    SealedValue.salt(templateID: "demo", parameter: "pim", others: ["bins": 3]),
    SealedValue.salt(templateID: "demp", parameter: "in", others: ["bins": 3]),
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
