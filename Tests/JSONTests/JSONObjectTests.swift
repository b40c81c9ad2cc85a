import JSON
import Testing

private let nfc = "caf\u{e9}"
private let nfd = "cafe\u{301}"

@Test func `names are compared byte for byte`() {
  let object = JSONObject([JSONMember(nfc, 1), JSONMember(nfd, 2)])
  #expect(object.members.count == 2)
  #expect(object[nfc] == 1)
  #expect(object[nfd] == 2)
  #expect(object["K"] == nil)
  #expect(JSONObject([JSONMember("\u{212A}", 1)])["K"] == nil)
}

@Test func `strings, members and objects are equal byte for byte`() {
  #expect(JSONValue.string(nfc) != .string(nfd))
  #expect(JSONMember(nfc, 1) != JSONMember(nfd, 1))
  #expect(JSONValue.object([(nfc): 1]) != .object([(nfd): 1]))
  #expect(Set([JSONValue.string(nfc), .string(nfd), .string(nfc)]).count == 2)
}

@Test func `the members keep their order`() {
  let left: JSONObject = ["b": 1, "a": 2]
  let right: JSONObject = ["a": 2, "b": 1]
  #expect(left != right)
  #expect(left.members.map(\.name) == ["b", "a"])
}

@Test func `setting replaces in place, appends or removes`() {
  var object: JSONObject = ["a": 1, "b": 2]
  object["a"] = 3
  object["c"] = 4
  #expect(object == ["a": 3, "b": 2, "c": 4])
  object["b"] = nil
  object["absent"] = nil
  #expect(object == ["a": 3, "c": 4])
  object["c"] = .some(.null)
  #expect(object == ["a": 3, "c": .null])
}

@Test(arguments: [1, 16, 17, 40])
func `of members with one name the last value stands at the first place`(count: Int) {
  let members = (0..<3 * count).map { JSONMember("n\($0 % count)", .number(JSONNumber($0))) }
  let object = JSONObject(members)
  #expect(object.members.map(\.name) == (0..<count).map { "n\($0)" })
  #expect(object.members.map(\.value.numberValue?.integer) == (2 * count..<3 * count).map { $0 })
}

@Test func `accessors answer for their own kind alone`() {
  let values: [JSONValue] = [.null, true, 1, "s", [1], ["a": 1]]
  #expect(values.map(\.isNull) == [true, false, false, false, false, false])
  #expect(values.map { $0.boolValue != nil } == [false, true, false, false, false, false])
  #expect(values.map { $0.numberValue != nil } == [false, false, true, false, false, false])
  #expect(values.map { $0.stringValue != nil } == [false, false, false, true, false, false])
  #expect(values.map { $0.arrayValue != nil } == [false, false, false, false, true, false])
  #expect(values.map { $0.objectValue != nil } == [false, false, false, false, false, true])
}
