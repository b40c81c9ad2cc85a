import JSON
import Source
import Testing

/// The members of a text's outline as `name=value`; nil where it has none.
private func outlined(_ text: String, _ limits: JSONLimits = JSONLimits()) -> [String]? {
  var outline = JSONOutline()
  let bytes = Array(text.utf8)
  guard outline.read(bytes.span, limits: limits) else { return nil }
  return outline.members.map {
    let name = String(decoding: bytes[$0.name.start..<$0.name.end], as: UTF8.self)
    return name + "=" + String(decoding: bytes[$0.value.start..<$0.value.end], as: UTF8.self)
  }
}

@Test(
  arguments: [
    ("{}", []),
    (" { } ", []),
    (#"{"a":1}"#, ["a=1"]),
    (
      "\r\n{\t\"a\" : [ 1 , {\"b\" : { } } ] , \"\" : \"\"}\n",
      ["a=[ 1 , {\"b\" : { } } ]", "=\"\""]
    ),
    (
      #"{"a":"é\u00e9\n\"\\","b":-1.5e3,"c":true,"d":false,"e":null}"#,
      [#"a="é\u00e9\n\"\\""#, "b=-1.5e3", "c=true", "d=false", "e=null"]
    ),
    (#"{"ab":{"ab":1},"ba":{"ab":2}}"#, [#"ab={"ab":1}"#, #"ba={"ab":2}"#]),
  ] as [(String, [String])])
func `an outline has the members of the object and what their values span`(
  text: String, members: [String]
) {
  #expect(outlined(text) == members)
}

@Test(arguments: [
  // wrong
  "", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1}}", "{\"a\":1} x",
  "{a:1}",
  "{\"a\":tru}", "{\"a\":nulL}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":-}", "{\"a\":[1,]}",
  "{\"a\":[1 2]}",
  "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12G4\"}", "{\"a\":\"\n\"}", "{\"a\":\"",
  "{\"a\":\"\\",
  "\u{feff}{}",
  // no object
  "[]", "1", "\"a\"", "null",
  // names that come twice
  #"{"a":1,"a":2}"#, #"{"a":1,"b":2,"a":3}"#, #"{"x":{"a":1,"b":[],"a":2}}"#,
  #"{"x":[{"":1,"":2}]}"#,
  // rare
  #"{"\u0061":1}"#, #"{"a":"\ud83d\ude00"}"#,
])
func `a text that is wrong or rare has no outline`(text: String) {
  #expect(outlined(text) == nil)
}

@Test func `bytes that are no UTF-8 have no outline`() {
  var outline = JSONOutline()
  for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
    let text = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
    let isOutlined = outline.read(text.span, limits: JSONLimits())
    #expect(!isOutlined)
  }
}

@Test func `a limit that is passed leaves no outline`() {
  var limits = JSONLimits()
  limits.depthMax = 2
  limits.valueCountMax = 4
  limits.textLengthMax = 16
  #expect(outlined(#"{"a":[1,2]}"#, limits) != nil)
  #expect(outlined(#"{"a":[1,2,3]}"#, limits) == nil)
  #expect(outlined(#"{"a":[[]]}"#, limits) == nil)
  #expect(outlined(#"{"a":       [1]}"#, limits) != nil)
  #expect(outlined(#"{"a":        [1]}"#, limits) == nil)
  let members = (1...65).map { "\"\($0)\":0" }
  #expect(outlined("{" + members.dropLast().joined(separator: ",") + "}") != nil)
  #expect(outlined("{" + members.joined(separator: ",") + "}") == nil)
  #expect(outlined("{\"a\":" + nested(63) + "}") != nil)
  #expect(outlined("{\"a\":" + nested(64) + "}") == nil)
}

private func nested(_ depth: Int) -> String {
  String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}

@Test func `the room of one text does not show in the next`() {
  var outline = JSONOutline()
  let texts = [#"{"a":1,"b":[{"c":1}]}"#, #"{"a":{"x":"#, #"{"b":2}"#]
  let results = texts.map { outline.read(Array($0.utf8).span, limits: JSONLimits()) }
  #expect(results == [true, false, true])
  #expect(outline.members.count == 1)
}
