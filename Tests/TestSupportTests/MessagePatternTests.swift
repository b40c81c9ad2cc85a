import JSON
import JSONRPC
import TestSupport
import Testing

/// Holds one message against a pattern.
private func mismatch(_ pattern: String, _ message: String) throws -> String? {
  try MessagePattern(pattern).mismatch(try JSONDocument.parse(Array(message.utf8)).root)
}

@Test(arguments: [
  (#"{"a":1,"b":[true,null]}"#, #"{"a":1,"b":[true,null]}"#),
  (#"{"a":1, …}"#, #"{"a":1}"#),
  (#"{"a":1, …}"#, #"{"z":0,"a":1,"b":2}"#),
  ("{…}", "{}"),
  (#"{"a": …}"#, #"{"a":{"b":[]}}"#),
  ("[1, …]", "[1]"),
  ("[1, …]", "[1,2,3]"),
  ("[…, 2]", "[{},2]"),
  (#""…""#, #""""#),
  (#""a…c…e""#, #""abcde""#),
  (#""…é""#, #""aéé""#),
  (#"{"a":"\"{…"}"#, #"{"a":"\"{x"}"#),
])
func `a message fits its pattern`(pattern: String, message: String) throws {
  let found = try mismatch(pattern, message)
  #expect(found == nil)
}

@Test(arguments: [
  (#"{"a":1}"#, #"{"a":2}"#, "message.a is 2, not 1"),
  (#"{"a":1}"#, #"{"a":1,"b":2}"#, "message has a member 'b' too many"),
  (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, "message has no member 'a' in its place"),
  (#"{"a":1,"b":2,…}"#, #"{"b":2,"a":1}"#, "message has no member 'b' in its place"),
  ("[1,2]", "[1]", "message has 1 items, not 2"),
  ("[1,2,…]", "[1]", "message has 1 items, not 2 or more"),
  ("[1,[2]]", "[1,[3]]", "message[1][0] is 3, not 2"),
  ("1", "1.0", "message is 1.0, not 1"),
  (#""…""#, "1", #"message is 1, not "…""#),
  (#""a…c""#, #""ab""#, #"message is "ab", not "a…c""#),
  (#""a…a""#, #""a""#, #"message is "a", not "a…a""#),
])
func `a message that does not fit is told why`(
  pattern: String, message: String, expected: String
) throws {
  let found = try mismatch(pattern, message)
  #expect(found == expected)
}

@Test(arguments: [
  #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":1}"#, #"[{"b":{"a":1,"a":2}}]"#, #"{…,"a":1,…}"#,
])
func `a pattern that has a member twice is none`(pattern: String) {
  #expect(throws: MessagePattern.Malformed.self) { try MessagePattern(pattern) }
}

@Test func `a transcript is read with its limits, framing, turns and ending`() throws {
  let transcript = try Transcript(
    name: "t",
    """
    # About it.
    ! framing line
    ! depthMax=4

    > {"a":
        1}
    < {"b": …}
    < 2
    > 3
    = exit 1
    """)
  #expect(transcript.framing == .line)
  #expect(transcript.limits.map(\.name) == ["depthMax"])
  #expect(transcript.limits.map(\.value) == [4])
  #expect(transcript.turns.map(\.message) == [#"{"a": 1}"#, "3"])
  #expect(transcript.turns.map { $0.replies.map(\.line) } == [[7, 8], []])
  #expect(transcript.ending == .exit(status: 1))
  let received: [JSONValue] = [["b": 1], 3, 4]
  #expect(
    transcript.differences(from: received) == [
      "t: reply in line 8: message is 3, not 2", "t: 3 messages, not 2 4",
    ])
}

@Test(arguments: ["* what", "< 1", "= exit 2", "! depthMax"])
func `a transcript that cannot be read says where`(text: String) throws {
  #expect(throws: Transcript.Malformed.self) { try Transcript(name: "t", text) }
}
