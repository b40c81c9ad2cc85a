import JSON
import JSONRPC
import Testing

/// The server that the examples of the specification assume, with `echo`, which gives back its params.
private func carryOut(_ method: String, _ params: JSONValue?) -> Result<JSONValue, RPCError> {
  let numbers = (params?.arrayValue ?? []).compactMap(\.numberValue?.integer)
  switch method {
  case "echo":
    return .success(params ?? .null)
  case "subtract":
    if numbers.count == 2 { return .success(.number(JSONNumber(numbers[0] - numbers[1]))) }
    guard let minuend = params?.objectValue?["minuend"]?.numberValue?.integer,
      let subtrahend = params?.objectValue?["subtrahend"]?.numberValue?.integer
    else { return .failure(.invalidParams("two numbers are needed")) }
    return .success(.number(JSONNumber(minuend - subtrahend)))
  case "sum":
    return .success(.number(JSONNumber(numbers.reduce(0, +))))
  case "get_data":
    return .success(["hello", 5])
  default:
    return .failure(.methodNotFound(method))
  }
}

/// What a server that answers at once replies to a text, in one frame or none.
private func reply(to text: String, _ framing: Framing, cut: Int = 0) throws -> JSONValue? {
  var stream: [UInt8] = []
  framing.append(Array(text.utf8), to: &stream)
  var connection = RPCConnection(framing: framing)
  for part in [stream[..<cut], stream[cut...]] {
    connection.receive(Array(part))
    while let incoming = connection.next() {
      guard case .request(let key, let method, let params) = incoming else { continue }
      connection.reply(to: key, with: carryOut(method, params?.value))
    }
  }
  #expect(connection.state == .open)
  var decoder = FrameDecoder(framing: framing)
  decoder.push(connection.takeOutput())
  decoder.finish()
  guard case .body(let body)? = try decoder.next() else { return nil }
  #expect(try decoder.next() == nil)
  return try JSONDocument.parse(body).root
}

/// A reply in short: `1: [1]`, `null: -32600`, `[1: 7, 2: -32601]`, `nothing`.
private func summary(_ reply: JSONValue?) -> String {
  switch reply {
  case nil:
    return "nothing"
  case .array(let replies)?:
    return "[" + replies.map { summary($0) }.joined(separator: ", ") + "]"
  case .object(let object)?:
    #expect(object["jsonrpc"] == "2.0")
    let outcome = object["error"]?.objectValue?["code"] ?? object["result"]
    return "\(object["id"]?.text(.ascii) ?? "-"): \(outcome?.text(.ascii) ?? "-")"
  case let other?:
    return "not a reply: \(other.text())"
  }
}

@Test func `every example of the specification gets its answer`() throws {
  let rows = try ConformanceData.values("jsonrpc/spec-examples.jsonl")
  for row in rows {
    let text = try #require(row["send"]?.stringValue)
    let expected = row["expect"]?.isNull == false ? row["expect"] : Optional.none
    for framing in [Framing.line, .header] {
      for cut in 0...text.utf8.count {
        let reply = try reply(to: text, framing, cut: cut)
        #expect(summary(reply) == summary(expected), "\(text), \(framing), cut at \(cut)")
        guard let error = reply?.objectValue?["error"]?.objectValue else { continue }
        let message = expected?.objectValue?["error"]?.objectValue?["message"]?.stringValue
        let text = try #require(error["message"]?.stringValue)
        #expect(text.hasPrefix(try #require(message)))
      }
    }
  }
  if ConformanceData.isPresent { #expect(rows.count == 15) }
}

/// What each edge case gets: where the table leaves a choice, this is the choice.
private let decisions: [String: String] = [
  "id-null": "null: [1]",
  "id-zero": "0: [1]",
  "id-negative": "-7: [1]",
  "id-empty-string": #""": [1]"#,
  "id-string-number": #""1": [1]"#,
  "id-fraction": "1.5: [1]",
  "id-exponent": "1e2: [1]",
  "id-beyond-2-53": "9007199254740993: [1]",
  "id-beyond-int64": "123456789012345678901234567890: [1]",
  "id-object": "null: -32600",
  "id-array": "null: -32600",
  "id-bool": "null: -32600",
  "version-missing": "1: -32600",
  "version-number": "1: -32600",
  "version-other": "1: -32600",
  "method-missing": "1: -32600",
  "method-null": "1: -32600",
  "method-empty": "1: -32601",
  "method-rpc-prefix": "1: -32601",
  "params-string": "1: -32600",
  // As if absent: many clients always send the member.
  "params-null": "1: null",
  "params-wrong-shape": "1: -32602",
  "notification-unknown-method": "nothing",
  "notification-bad-params": "nothing",
  "extra-members": "1: [1]",
  // Readers differ on which of two members they see; and which id is meant cannot be known.
  "duplicate-id-member": "null: -32600",
  "duplicate-method-member": "1: -32600",
  "response-unsolicited": "nothing",
  "response-error-unsolicited": "nothing",
  "response-both": "nothing",
  "request-and-response": "1: -32600",
  "scalar-number": "null: -32600",
  "scalar-string": "null: -32600",
  "scalar-null": "null: -32600",
  "nested-batch": "[null: -32600]",
  "batch-trailing-comma": "null: -32700",
  "batch-10000": "null: -32600",
  "trailing-garbage": "null: -32700",
  "two-texts": "null: -32700",
  "leading-bom": "null: -32700",
  "nan": "null: -32700",
  "lone-surrogate": "null: -32700",
  "nul-in-string": #"1: ["a\u0000b"]"#,
  "depth-100000": "null: -32700",
  "number-1e400": "1: [1e400]",
  // This server answers the first before it sees the second; the sequences below have both in flight.
  "batch-duplicate-ids": "[1: [1], 1: -32600]",
]

/// Edge cases that are several messages: each has a test of its own below.
private let sequences: Set = [
  "cancel-before-arrival", "cancel-twice", "cancel-after-response", "reuse-id-after-response",
  "reuse-id-in-flight", "response-order",
]

@Test func `every edge case gets what was decided`() throws {
  let rows = try ConformanceData.values("jsonrpc/edge-cases.jsonl")
  var seen: Set<String> = []
  for row in rows {
    let name = try #require(row["case"]?.stringValue)
    seen.insert(name)
    if sequences.contains(name) { continue }
    let expected = try #require(decisions[name], "\(name)")
    let text = try generated[name] ?? #require(row["send"]?.stringValue)
    for framing in [Framing.line, .header] {
      let cuts = text.utf8.count <= 2_000 ? Array(0...text.utf8.count) : [0, 1, 1_000]
      for cut in cuts {
        let reply = try reply(to: text, framing, cut: cut)
        #expect(summary(reply) == expected, "\(name), \(framing), cut at \(cut)")
      }
    }
  }
  if ConformanceData.isPresent {
    #expect(rows.count == 52)
    #expect(seen == sequences.union(decisions.keys))
  }
}

/// The texts that the table describes rather than holds.
private let generated: [String: String] = [
  "batch-10000": "["
    + (0..<10_000).map { #"{"jsonrpc":"2.0","method":"echo","id":\#($0)}"# }.joined(separator: ",")
    + "]",
  "depth-100000": #"{"jsonrpc":"2.0","method":"echo","id":1,"params":"#
    + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}",
]

/// A client and a slow server: requests are answered when the test says so, cancels at once.
private struct Exchange {
  private var connection = RPCConnection(framing: .line)
  private var keys: [RequestKey] = []

  mutating func request(_ id: Int) {
    send(#"{"jsonrpc":"2.0","id":\#(id),"method":"echo","params":[\#(id)]}"#)
  }

  mutating func cancel(_ id: Int) {
    send(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"#)
  }

  mutating func answer(_ number: Int) {
    connection.reply(to: keys[number], with: .success("done"))
  }

  mutating func replies() throws -> [String] {
    let lines = connection.takeOutput().split(separator: 0x0A)
    return try lines.map { summary(try JSONDocument.parse(Array($0)).root) }
  }

  private mutating func send(_ line: String) {
    connection.receive(Array((line + "\n").utf8))
    while let incoming = connection.next() {
      switch incoming {
      case .request(let key, _, _):
        keys.append(key)
      case .notification(_, let params):
        guard let id = params?.value.objectValue?["id"].flatMap(RequestID.init),
          let key = connection.key(ofPending: id)
        else { continue }
        connection.reply(to: key, with: .failure(.requestCancelled))
      }
    }
  }
}

@Test func `a cancel that comes before its request is forgotten`() throws {
  var exchange = Exchange()
  exchange.cancel(1)
  exchange.request(1)
  exchange.answer(0)
  #expect(try exchange.replies() == [#"1: "done""#])
}

@Test func `a request cancelled twice is answered once`() throws {
  var exchange = Exchange()
  exchange.request(1)
  exchange.cancel(1)
  exchange.cancel(1)
  exchange.answer(0)
  #expect(try exchange.replies() == ["1: -32800"])
}

@Test func `a cancel after the response does nothing`() throws {
  var exchange = Exchange()
  exchange.request(1)
  exchange.answer(0)
  exchange.cancel(1)
  #expect(try exchange.replies() == [#"1: "done""#])
}

@Test func `an id is free again after its response`() throws {
  var exchange = Exchange()
  exchange.request(1)
  exchange.answer(0)
  exchange.request(1)
  exchange.answer(1)
  #expect(try exchange.replies() == [#"1: "done""#, #"1: "done""#])
}

@Test func `an id in flight is refused, and the first is still answered`() throws {
  var exchange = Exchange()
  exchange.request(1)
  exchange.request(1)
  exchange.answer(0)
  #expect(try exchange.replies() == ["1: -32600", #"1: "done""#])
}

@Test func `responses come in the order in which they are ready`() throws {
  var exchange = Exchange()
  exchange.request(1)
  exchange.request(2)
  exchange.answer(1)
  exchange.answer(0)
  #expect(try exchange.replies() == [#"2: "done""#, #"1: "done""#])
}

@Test func `every reserved code has its name`() throws {
  let names: [String: Int] = [
    "Parse error": RPCError.Code.parseError, "Invalid Request": RPCError.Code.invalidRequest,
    "Method not found": RPCError.Code.methodNotFound, "Invalid params": RPCError.Code.invalidParams,
    "Internal error": RPCError.Code.internalError,
    "ServerNotInitialized": RPCError.Code.serverNotInitialized,
    "UnknownErrorCode": RPCError.Code.unknownErrorCode,
    "RequestFailed": RPCError.Code.requestFailed, "ServerCancelled": RPCError.Code.serverCancelled,
    "ContentModified": RPCError.Code.contentModified,
    "RequestCancelled": RPCError.Code.requestCancelled,
  ]
  let rows = try ConformanceData.rows("jsonrpc/error-codes.tsv").filter { Int($0[0]) != nil }
  for row in rows { #expect(names[row[1]] == Int(row[0]), "\(row)") }
  if ConformanceData.isPresent { #expect(rows.count == names.count) }
}
