import JSON
import Testing

private func canonical(_ text: String) throws -> String {
  let root = try JSONDocument.parse(Array(text.utf8)).root
  return String(decoding: try CanonicalJSON.bytes(of: root), as: UTF8.self)
}

@Test(arguments: [
  (#"{ "b" : 1.0, "a" : [ 1e2 , -0 ] }"#, #"{"a":[100,0],"b":1}"#),
  (#"{"rate":1.50}"#, #"{"rate":1.5}"#), ("{}", "{}"), (#""\u0041\/""#, #""A/""#),
  // U+FB33 comes before U+1F600 as a code point, and behind its surrogates as UTF-16.
  ("{\"\u{fb33}\":1,\"\u{1f600}\":2}", "{\"\u{1f600}\":2,\"\u{fb33}\":1}"),
  ("{\"\u{e9}\":1,\"e\u{301}\":2,\"f\":3}", "{\"e\u{301}\":2,\"f\":3,\"\u{e9}\":1}"),
  ("1e-999", "0"), ("true", "true"), ("9007199254740993", "9007199254740992"),
])
func `equal values have one text`(text: String, expected: String) throws {
  let output = try canonical(text)
  #expect(output.utf8.elementsEqual(expected.utf8), "\(output)")
}

@Test func `a number beyond every double has no canonical form`() {
  #expect(throws: CanonicalFailure.numberTooLarge("-1e400")) {
    try canonical(#"{"a":[-1e400]}"#)
  }
}

@Test func `names are in the order of their UTF-16 code units`() throws {
  let scalars: [Unicode.Scalar] = [
    "\u{0}", "a", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}", "\u{fb33}",
    "\u{ffff}", "\u{10000}", "\u{10001}", "\u{1f600}", "\u{10ffff}",
  ]
  var names = scalars.map { String($0) }
  names += names.flatMap { first in scalars.map { first + String($0) } }
  names.append("")
  let object = JSONObject(names.map { JSONMember($0, 1) })
  let output = try CanonicalJSON.bytes(of: .object(object))
  let ordered = try JSONDocument.parse(output).root.objectValue?.members.map(\.name)
  let expected = names.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
  #expect(ordered?.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
}
