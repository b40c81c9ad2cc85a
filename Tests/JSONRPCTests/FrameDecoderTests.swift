import JSONRPC
import Testing

/// All frames of a stream, and how it ends.
private struct Reading: Equatable, CustomStringConvertible {
  var frames: [String] = []
  var failure: FrameDecoder.Failure?
  var description: String { "\(frames) \(failure.map { "\($0)" } ?? "clean")" }

  init(_ frames: [String], _ failure: FrameDecoder.Failure? = nil) {
    self.frames = frames
    self.failure = failure
  }

  init(of stream: [UInt8], cuts: [Int], framing: Framing?, limits: RPCLimits) {
    var decoder = FrameDecoder(framing: framing, limits: limits)
    do throws(FrameDecoder.Failure) {
      for (start, end) in zip([0] + cuts, cuts + [stream.count]) {
        decoder.push(stream[start..<end])
        try take(&decoder)
      }
      decoder.finish()
      try take(&decoder)
    } catch {
      failure = error
    }
  }

  private mutating func take(_ decoder: inout FrameDecoder) throws(FrameDecoder.Failure) {
    while let frame = try decoder.next() {
      switch frame {
      case .body(let body): frames.append(String(decoding: body, as: UTF8.self))
      case .refused(let refusal): frames.append("<\(refusal)>")
      }
    }
  }
}

/// Reads a stream whole, cut in two at every byte, and byte by byte: the outcome must be the same.
private func check(
  _ stream: String, framing: Framing? = nil, limits: RPCLimits = RPCLimits(), _ expected: Reading,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let bytes = Array(stream.utf8)
  let cuts = (0...bytes.count).map { [$0] } + [[], Array(0...bytes.count)]
  for cut in cuts {
    let reading = Reading(of: bytes, cuts: cut, framing: framing, limits: limits)
    #expect(reading == expected, "cut at \(cut)", sourceLocation: sourceLocation)
  }
}

@Test(arguments: ["Content-Length: 2\r\n\r\n{}", "content-length:2\r\n\r\n{}"])
func `a frame is the same however its bytes arrive`(stream: String) {
  check(stream, Reading(["{}"]))
  check(stream + stream, Reading(["{}", "{}"]))
}

@Test(arguments: [
  ("{}\n[]\n", ["{}", "[]"]), ("{}\r\n\r\n \n\t{}\n", ["{}", "\t{}"]), ("{}", ["{}"]),
  ("{}\n1", ["{}", "1"]), (" \r\n\n {}\n", ["{}"]), ("[\n{\n", ["[", "{"]), ("{\r}\n", ["{\r}"]),
  ("{}\nContent-Length: 2\n", ["{}", "Content-Length: 2"]), ("{}\n\r", ["{}"]), ("{}\r", ["{}"]),
  ("", []), (" \n ", []),
])
func `JSON at the start means one message a line`(stream: String, frames: [String]) {
  check(stream, Reading(frames))
}

@Test(arguments: [
  (" Content-Length: 2\r\n\r\n{}", FrameDecoder.Failure.whiteSpaceBeforeHeader),
  ("\r\nContent-Length: 2\r\n\r\n{}", .whiteSpaceBeforeHeader),
  ("\u{feff}{}", .fieldMalformed), ("x{}", .fieldMalformed), ("\"x\"\n", .fieldMalformed),
])
func `anything else at the start means headers`(
  stream: String, failure: FrameDecoder.Failure
) {
  check(stream, Reading([], failure))
}

@Test(arguments: [
  ("\r\n", FrameDecoder.Failure.lengthMissing), (" {}", .fieldMalformed), ("{}", .fieldMalformed),
  (": 2\r\n", .fieldMalformed), ("Content-Length\r\n", .fieldMalformed),
  ("Content-Length: 2\rx", .carriageReturnAlone), ("a: \u{1}", .fieldMalformed),
  ("a: é", .fieldMalformed), ("Content-Length: 1 2\r\n", .lengthMalformed),
  ("Content-Length: 2\r\ncontent-length: 3\r\n", .lengthsDiffer),
  ("Content-Length: 2", .endedInHeader), ("Content-Length: 2\r\n\r", .endedInHeader),
  ("Content-Length: 2\r\n\r\n", .endedInBody(received: 0, length: 2)),
  ("Content-Length: 2\r\n\r\n{", .endedInBody(received: 1, length: 2)),
  (
    "Content-Type: a;charset=latin1\r\nContent-Length: 2\r\n\r\n{",
    .endedInBody(received: 1, length: 2)
  ),
])
func `what is no frame is named`(stream: String, failure: FrameDecoder.Failure) {
  check(stream, framing: .header, Reading([], failure))
  let second = "Content-Length: 1\r\n\r\n1" + stream
  check(second, framing: .header, Reading(["1"], failure))
}

@Test(
  arguments: [
    ("application/vscode-jsonrpc; charset=utf-8", nil), ("a/b;CharSet=\"UTF8\"", nil), ("", nil),
    ("text/plain", nil), (";;charset", nil), ("a; x=1 ; charset = utf-8 ", nil),
    ("a; charset=latin1", "latin1"), ("a; charset=", ""), ("a; charset=utf-8; charset=x", "x"),
  ] as [(String, String?)])
func `only UTF-8 is read, and the rest is passed over`(type: String, refused: String?) {
  let frame = "Content-Length: 2\r\nContent-Type: \(type)\r\n\r\n{}"
  let outcome = refused.map { "<charset(\"\($0)\")>" } ?? "{}"
  check(frame + frame, framing: .header, Reading([outcome, outcome]))
}

@Test(arguments: [(3, true), (4, true), (5, false)])
func `the length of a message is bounded in both framings`(length: Int, isAccepted: Bool) {
  var limits = RPCLimits()
  limits.bodyLengthMax = 4
  let body = "[" + String(repeating: "1", count: length - 1)
  check(
    "Content-Length: \(length)\r\n\r\n\(body)", limits: limits,
    isAccepted ? Reading([body]) : Reading([], .bodyTooLong(lengthMax: 4)))
  for lineBreak in ["\n", "\r\n"] {
    let kept = isAccepted ? body : "<lineTooLong(lengthMax: 4)>"
    check("\(body)\(lineBreak){}\n", limits: limits, Reading([kept, "{}"]))
    check("{}\n\(body)\(lineBreak){}", limits: limits, Reading(["{}", kept, "{}"]))
  }
  check(body, limits: limits, Reading([isAccepted ? body : "<lineTooLong(lengthMax: 4)>"]))
}

@Test(arguments: [(23, true), (24, true), (25, false)])
func `the length of a header is bounded`(length: Int, isAccepted: Bool) {
  var limits = RPCLimits()
  limits.headerLengthMax = 24
  let padding = String(repeating: " ", count: length - 20)
  check(
    "Content-Length:\(padding)1\r\n\r\n1", limits: limits,
    isAccepted ? Reading(["1"]) : Reading([], .headerTooLong(lengthMax: 24)))
}

@Test(arguments: [(1, true), (2, true), (3, false)])
func `the number of fields is bounded`(count: Int, isAccepted: Bool) {
  var limits = RPCLimits()
  limits.headerCountMax = 2
  let others = String(repeating: "a: b\r\n", count: count - 1)
  check(
    others + "Content-Length: 1\r\n\r\n1", limits: limits,
    isAccepted ? Reading(["1"]) : Reading([], .tooManyFields(countMax: 2)))
}

@Test func `a failure stays, and shows what could not be read`() {
  var decoder = FrameDecoder()
  decoder.push(Array("Content-Length: 1\r\n\r\n1GET / HTTP/1.1\r\n".utf8))
  #expect(throws: Never.self) { try decoder.next() }
  for _ in 0..<2 {
    #expect(throws: FrameDecoder.Failure.fieldMalformed) { try decoder.next() }
    decoder.push(Array("Content-Length: 1\r\n\r\n1".utf8))
  }
  #expect(decoder.excerpt == Array("GET / HTTP/1.1\r\n".utf8))
}

@Test func `a line that never ends takes no memory`() throws {
  var limits = RPCLimits()
  limits.bodyLengthMax = 16
  var decoder = FrameDecoder(framing: .line, limits: limits)
  let chunk = [UInt8](repeating: 0x31, count: 65_536)
  for turn in 0..<1_000 {
    decoder.push(chunk)
    #expect(try decoder.next() == (turn == 0 ? .refused(.lineTooLong(lengthMax: 16)) : nil))
  }
  decoder.push([0x0A, 0x31, 0x0A])
  #expect(try decoder.next() == .body([0x31]))
}

@Test(arguments: [Framing.line, .header])
func `many small frames may arrive at once`(framing: Framing) throws {
  let count = 100_000
  var stream: [UInt8] = []
  for _ in 0..<count { framing.append([0x31], to: &stream) }
  var decoder = FrameDecoder(framing: framing)
  decoder.push(stream)
  decoder.finish()
  for _ in 0..<count { #expect(try decoder.next() == .body([0x31])) }
  #expect(try decoder.next() == nil)
}

@Test(arguments: [Framing.line, .header])
func `a large body may arrive byte by byte`(framing: Framing) throws {
  let body = [UInt8](repeating: 0x31, count: 1 << 17)
  var stream: [UInt8] = []
  framing.append(body, to: &stream)
  var decoder = FrameDecoder(framing: framing)
  for offset in stream.indices {
    #expect(try decoder.next() == nil)
    decoder.push(stream[offset..<(offset + 1)])
  }
  #expect(try decoder.next() == .body(body))
}

@Test(arguments: [(Framing.line, "{}\n"), (.header, "Content-Length: 2\r\n\r\n{}")])
func `a framing writes what it reads`(framing: Framing, expected: String) {
  var output: [UInt8] = []
  framing.append(Array("{}".utf8), to: &output)
  #expect(output == Array(expected.utf8))
  check(expected, Reading(["{}"]))
}
