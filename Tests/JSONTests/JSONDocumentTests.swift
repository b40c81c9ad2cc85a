import JSON
import Source
import Testing

@Test func `a text becomes its value`() throws {
  let text = " { \"a\" : [ 1 , -2.5e3,\ttrue,false , null ] ,\r\n \"b\":{},\"c\":[],\"d\":\"\" } "
  let root = try JSONDocument.parse(Array(text.utf8)).root
  let large = try #require(JSONNumber(spelling: "-2.5e3"))
  #expect(root == ["a": [1, .number(large), true, false, .null], "b": [:], "c": [], "d": ""])
}

@Test(arguments: [
  (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
  (#""a\u0000b""#, "a\u{0}b"), (#""\u00e9\u00E9é""#, "ééé"), (#""\ud83d\ude00😀""#, "😀😀"),
  (#""\uFFFF""#, "\u{FFFF}"), (#""é\n""#, "é\n"), (#""e\u0301""#, "e\u{301}"),
  ("\"\u{7f}\u{2028}\"", "\u{7f}\u{2028}"),
])
func `an escape stands for its character`(text: String, expected: String) throws {
  let value = try JSONDocument.parse(Array(text.utf8)).root
  #expect(value == .string(expected))
}

@Test(arguments: [
  ("", "unexpected end of text at byte 0"),
  ("  ", "unexpected end of text at byte 2"),
  ("{\"a\":1", "unexpected end of text at byte 6"),
  ("{\"a\"", "unexpected end of text at byte 4"),
  ("{\"a", "unexpected end of text at byte 3"),
  ("\"\\", "unexpected end of text at byte 2"),
  ("\"\\u12", "unexpected end of text at byte 5"),
  ("tru", "unexpected end of text at byte 3"),
  ("-", "unexpected end of text at byte 1"),
  ("[1,]", "expected a value at byte 3"),
  ("[tree]", "expected a value at byte 1"),
  ("[NaN]", "expected a value at byte 1"),
  ("[1 2]", "expected ',' or ']' at byte 3"),
  ("{\"a\":1;}", "expected ',' or '}' at byte 6"),
  ("{\"a\":1,}", "expected a member name in double quotes at byte 7"),
  ("{a:1}", "expected a member name in double quotes at byte 1"),
  ("{\"a\" 1}", "expected ':' at byte 5"),
  ("1 x", "expected the end of the text at byte 2"),
  ("{}{}", "expected the end of the text at byte 2"),
  ("\u{feff}{}", "remove the byte order mark at byte 0"),
  ("01", "malformed number at byte 1"),
  ("1.x", "malformed number at byte 2"),
  ("\"a\nb\"", "a control character in a string must be escaped at byte 2"),
  ("\"\\n\u{1}\"", "a control character in a string must be escaped at byte 3"),
  ("\"\\x\"", "unknown escape at byte 1"),
  ("\"\\u12G4\"", "expected four hexadecimal digits at byte 5"),
  ("\"\\ud800\"", "half a surrogate pair is no character at byte 1"),
  ("\"\\ud800\\n\"", "half a surrogate pair is no character at byte 1"),
  ("\"\\ud800\\ud800\"", "half a surrogate pair is no character at byte 1"),
  ("\"\\udc00\"", "half a surrogate pair is no character at byte 1"),
])
func `a refusal names the byte and what is wrong there`(text: String, message: String) {
  let failure = #expect(throws: JSONFailure.self) { try JSONDocument.parse(Array(text.utf8)) }
  #expect(failure?.message == message)
}

@Test(
  arguments: [
    ([0x22, 0xC3, 0x22], 1), ([0x22, 0x61, 0xFF, 0x22], 2), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
    ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
    ([0x22, 0x5C, 0x6E, 0xFF, 0x22], 3), ([0x22, 0xE2, 0x82], 1),
  ] as [([UInt8], Int)])
func `invalid UTF-8 is refused where it begins`(bytes: [UInt8], offset: Int) {
  #expect(throws: JSONFailure(.utf8Invalid, at: offset)) { try JSONDocument.parse(bytes) }
}

@Test func `a repeated name keeps the first place and the last value, and is reported`() throws {
  let text = #"{"a":1,"b":{"x":1,"x":2},"\u0061":3,"a":4}"#
  let document = try JSONDocument.parse(Array(text.utf8))
  #expect(document.root == ["a": 4, "b": ["x": 2]])
  #expect(document.duplicateNames == [ByteRange(18, 21), ByteRange(25, 33), ByteRange(36, 39)])
}

@Test func `a name that differs by its bytes alone is no repetition`() throws {
  let document = try JSONDocument.parse(Array("{\"e\u{301}\":1,\"\u{e9}\":2}".utf8))
  #expect(document.duplicateNames.isEmpty)
  #expect(document.root.objectValue?.members.count == 2)
}

@Test func `names are found again among many`() throws {
  let names = (0..<1_000).map { "\"n\($0)\":\($0)" }
  let text = "{" + (names + names).joined(separator: ",") + "}"
  let document = try JSONDocument.parse(Array(text.utf8))
  #expect(document.root.objectValue?.members.count == 1_000)
  #expect(document.duplicateNames.count == 1_000)
}

@Test(arguments: [
  (#"{"a":1,"b":2}"#, #"{"a":3,"b":4}"#, 0), (#"{"a":1,"b":2}"#, #"{"a":3}"#, 0),
  (#"{"a":1}"#, #"{"a":3,"b":4}"#, 0), (#"{"a":1,"b":2}"#, #"{"b":3,"a":4}"#, 0),
  (#"{"a":1,"b":2}"#, #"{"a":3,"a":4,"b":5}"#, 1), (#"{"a":1,"a":2,"b":3}"#, #"{"a":4,"b":5}"#, 1),
  (#"{"a":1,"b":2,"c":3}"#, #"{"a":3,"x":4,"b":5,"c":6}"#, 0), (#"{"a":1}"#, "{}", 0),
  (#"{"ab":1}"#, #"{"a":2}"#, 0), (#"{"a":1,"b":2}"#, #"{"\u0061":3,"b":4,"a":5}"#, 1),
  ("{\"e\u{301}\":1}", "{\"\u{e9}\":2}", 0),
  (#"{"name of sixteen":1,"x":2}"#, #"{"name of sixteen" : 3 , "x":4}"#, 0),
  (#"{"name of sixteen":1}"#, #"{"name of sixtees":2}"#, 0),
  (#"{"a":{"a":1,"b":2},"b":3}"#, #"{"a":{"a":4,"b":5},"b":6}"#, 0),
])
func `an object reads as it does alone, whatever the one before it was`(
  before: String, text: String, repetitions: Int
) throws {
  for end in ["]", "        ]"] {
    let list = try JSONDocument.parse(Array("[\(before),\(text)\(end)".utf8))
    let expected = try [before, text].map { try JSONDocument.parse(Array($0.utf8)).root }
    #expect(list.root == .array(expected))
    #expect(list.duplicateNames.count == repetitions)
  }
}

@Test(arguments: [
  "0", "7", "12", "1234567", "12345678", "123456789012345678", "1.5", "12345678.25", "-3", "1e3",
])
func `a number reads alike wherever it stands`(spelling: String) throws {
  let number = try #require(JSONNumber(spelling: spelling))
  for text in [
    "[\(spelling)]", "[\(spelling),\(spelling)]", "[\(spelling) , \(spelling)        ]",
    "[1,\(spelling),23,\(spelling),        456]",
  ] {
    let elements = try #require(JSONDocument.parse(Array(text.utf8)).root.arrayValue)
    let digits = text.split { "[], ".contains($0) }.map(String.init)
    #expect(elements.compactMap { $0.numberValue?.spelling } == digits)
    #expect(elements.contains(.number(number)))
  }
}

@Test(arguments: [
  "[00,        1]", "[1,02,        1]", "[1,2        3]", "[1,        ]", "[1.,        1]",
])
func `what is no list of numbers is refused though it begins like one`(text: String) {
  #expect(throws: JSONFailure.self) { try JSONDocument.parse(Array(text.utf8)) }
}

@Test(arguments: [(1, true), (2, true), (3, false)])
func `depth is bounded`(depth: Int, accepted: Bool) {
  var limits = JSONLimits()
  limits.depthMax = 2
  for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
    let text =
      String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
    #expect(((try? JSONDocument.parse(Array(text.utf8), limits: limits)) != nil) == accepted)
  }
}

@Test func `a hundred thousand brackets end at the limit, whatever it is set to`() {
  var limits = JSONLimits()
  for depthMax in [256, JSONLimits.depthCeiling, Int.max] {
    limits.depthMax = depthMax
    let reported = min(depthMax, JSONLimits.depthCeiling)
    #expect(throws: JSONFailure(.tooDeep(depthMax: reported), at: reported)) {
      try JSONDocument.parse([UInt8](repeating: 0x5B, count: 100_000), limits: limits)
    }
  }
}

@Test(arguments: [(5, true), (6, true), (7, false)])
func `length is bounded`(length: Int, accepted: Bool) {
  var limits = JSONLimits()
  limits.textLengthMax = 6
  let text = [UInt8](repeating: 0x31, count: length)
  #expect(((try? JSONDocument.parse(text, limits: limits)) != nil) == accepted)
}

@Test(arguments: [(1, true), (2, true), (3, false)])
func `the number of values is bounded`(elements: Int, accepted: Bool) throws {
  var limits = JSONLimits()
  limits.valueCountMax = 3
  let text = "[" + [String](repeating: "0", count: elements).joined(separator: ",") + "        ]"
  let document = try? JSONDocument.parse(Array(text.utf8), limits: limits)
  #expect((document != nil) == accepted)
}

@Test func `a limit has a name and a value`() {
  #expect(JSONFailure(.tooDeep(depthMax: 7), at: 0).limit?.name == "depthMax")
  #expect(JSONFailure(.tooLong(textLengthMax: 8), at: 0).limit?.value == 8)
  #expect(JSONFailure(.tooManyValues(valueCountMax: 9), at: 0).limit?.name == "valueCountMax")
  #expect(JSONFailure(.colonExpected, at: 0).limit == nil)
}
