import JSON
import Testing

private func check(
  _ value: JSONValue, _ style: JSONStyle, _ expected: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let bytes = value.serialized(style)
  #expect(bytes == Array(expected.utf8), sourceLocation: sourceLocation)
  #expect(try JSONDocument.parse(bytes).root == value, sourceLocation: sourceLocation)
  var appended: [UInt8] = [1]
  value.append(to: &appended, style)
  #expect(appended == [1] + bytes, sourceLocation: sourceLocation)
}

@Test func `a compact text has no spaces`() throws {
  try check(
    ["a": [1, true, .null, [:]], "b": [], "c": "x"], .compact,
    #"{"a":[1,true,null,{}],"b":[],"c":"x"}"#)
}

@Test func `a pretty text has one value a line`() throws {
  try check(
    ["a": [1, ["b": false]], "c": [], "d": [:]], .pretty,
    """
    {
      "a": [
        1,
        {
          "b": false
        }
      ],
      "c": [],
      "d": {}
    }
    """)
  try check([], .pretty, "[]")
}

@Test func `what must be escaped is, in its shortest form`() throws {
  try check(
    "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é😀", .compact,
    "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é😀\"")
}

@Test func `an ASCII text is safe in a header`() throws {
  try check(
    ["é\u{7f}": "\n\"😀\u{ffff}~"], .ascii,
    #"{"\u00e9\u007f":"\n\"\ud83d\ude00\uffff~"}"#)
  for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) {
    let bytes = JSONValue.string(String(scalar)).serialized(.ascii)
    #expect(bytes.allSatisfy { $0 >= 0x20 && $0 <= 0x7E })
  }
}

@Test(arguments: ["1.0", "1E6", "-0", "1e400", "123456789012345678901234567890"])
func `a number is written as it was kept`(spelling: String) throws {
  let number = try #require(JSONNumber(spelling: spelling))
  for style in [JSONStyle.compact, .pretty, .ascii] { try check(.number(number), style, spelling) }
}

@Test func `the text of a value is its bytes`() {
  #expect(JSONValue.string("é").text() == "\"é\"")
}

@Test func `a string is escaped wherever the character stands`() throws {
  for place in 0..<20 {
    for character in ["\"", "\\", "\n", "\u{1}", "é", "\u{7f}", "😀"] {
      let text =
        String(repeating: "x", count: place) + character + String(repeating: " ", count: 19 - place)
      for style in [JSONStyle.compact, .ascii] {
        let bytes = JSONValue.string(text).serialized(style)
        #expect(try JSONDocument.parse(bytes).root == .string(text))
        #expect(style == .compact || bytes.allSatisfy { $0 >= 0x20 && $0 <= 0x7E })
      }
    }
  }
}

@Test(arguments: ["\"", "\n", "\u{1}", "é", "😀", "\u{ffff}"], [1, 31, 1_000])
func `a text has room for all its escapes`(character: String, count: Int) throws {
  let string = JSONValue.string(String(repeating: character, count: count))
  for value in [string, [string, 1], ["n": [string, string], "m": 12]] {
    for style in [JSONStyle.compact, .pretty, .ascii] {
      #expect(try JSONDocument.parse(value.serialized(style)).root == value)
    }
  }
  var bytes: [UInt8] = [1]
  JSONWriter.append(string: String(repeating: character, count: count), to: &bytes)
  #expect(bytes == [1] + string.serialized())
}

@Test(arguments: [
  "0", "9", "10", "99", "100", "999", "1000", "-1", "-999", "-1000", "0.1", "-0.001", "12.50",
  "999999999999999999", "0.00000000000000000", "-0.10000000000000001",
])
func `a number has room for its spelling`(spelling: String) throws {
  let number = JSONValue.number(try #require(JSONNumber(spelling: spelling)))
  try check(number, .compact, spelling)
  try check([number, number], .compact, "[\(spelling),\(spelling)]")
  #expect(number.numberValue?.spelling == spelling)
}
