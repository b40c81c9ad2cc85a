import JSON
import Testing

@Test func `every public parsing case is accepted or refused as its name says`() throws {
  var counts: [Character: Int] = [:]
  for name in try ConformanceData.names(in: "json/test_parsing") {
    let bytes = try ConformanceData.bytes("json/test_parsing/" + name)
    let document = try? JSONDocument.parse(bytes)
    switch name.first {
    case "y": #expect(document != nil, "\(name)")
    case "n": #expect(document == nil, "\(name)")
    default: #expect((document != nil) == accepted.contains(name), "\(name)")
    }
    if let document {
      let written = document.root.serialized()
      #expect(String(validating: written, as: UTF8.self) != nil, "\(name)")
      #expect(try JSONDocument.parse(written).root == document.root, "\(name)")
    }
    counts[name.first ?? "-", default: 0] += 1
  }
  if ConformanceData.isPresent { #expect(counts == ["y": 71, "n": 140, "i": 27]) }
}

/// Of the cases that a parser may decide: numbers keep their digits, whatever their size; text that is not UTF-8, and
/// half surrogate pairs, are refused.
private let accepted: Set = [
  "i_number_huge_exp.json", "i_number_neg_int_huge_exp.json", "i_number_pos_double_huge_exp.json",
  "i_number_real_neg_overflow.json", "i_number_real_pos_overflow.json",
  "i_number_real_underflow.json", "i_number_too_big_pos_int.json",
]

@Test(arguments: [
  ("number_-9223372036854775809", "[-9223372036854775809]"),
  ("number_1.0", "[1.0]"),
  ("number_1000000000000000", "[1000000000000000]"),
  ("number_10000000000000000999", "[10000000000000000999]"),
  ("number_1e-999", "[1E-999]"),
  ("number_1e6", "[1E6]"),
  ("number_9223372036854775807", "[9223372036854775807]"),
  ("number_9223372036854775808", "[9223372036854775808]"),
  ("object_key_nfd_nfc", "{\"e\u{301}\":\"NFD\",\"\u{e9}\":\"NFC\"}"),
  ("object_same_key_different_values", #"{"a":2}"#),
  ("string_1_escaped_invalid_codepoint", "half a surrogate pair is no character at byte 2"),
  ("string_2_escaped_invalid_codepoints", "half a surrogate pair is no character at byte 2"),
  ("string_2_invalid_codepoints", "invalid UTF-8 at byte 2"),
  ("string_with_escaped_NULL", #"["A\u0000B"]"#),
])
func `a borderline text comes out the same for ever`(name: String, expected: String) throws {
  guard ConformanceData.isPresent else { return }
  let bytes = try ConformanceData.bytes("json/test_transform/\(name).json")
  let outcome: [UInt8]
  do {
    outcome = try JSONDocument.parse(bytes).root.serialized()
  } catch {
    outcome = Array(error.message.utf8)
  }
  #expect(outcome == Array(expected.utf8), "\(String(decoding: outcome, as: UTF8.self))")
}

@Test func `every public transform case has a row above`() throws {
  guard ConformanceData.isPresent else { return }
  #expect(try ConformanceData.names(in: "json/test_transform").count == 14)
}
