import JSON
import JSONRPC
import Testing

/// A connection in line framing, spoken to in text.
private struct Conversation {
  var connection: RPCConnection
  var keys: [RequestKey] = []

  init(limits: RPCLimits = RPCLimits()) {
    connection = RPCConnection(framing: .line, limits: limits)
  }

  /// Says a line; the calls it brought, in short.
  mutating func say(_ line: String) -> [String] {
    connection.receive(Array((line + "\n").utf8))
    var calls: [String] = []
    while let incoming = connection.next() {
      switch incoming {
      case .request(let key, let method, let params):
        keys.append(key)
        calls.append("\(method)(\(params?.value.text() ?? "")) -> \(key.id.json.text())")
      case .notification(let method, let params):
        calls.append("\(method)(\(params?.value.text() ?? ""))")
      }
    }
    return calls
  }

  /// The lines written since the last call.
  mutating func heard() -> [String] {
    String(decoding: connection.takeOutput(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }
}

private func request(_ id: String, _ method: String = "m", _ params: String? = nil) -> String {
  let members = params.map { #","params":\#($0)"# } ?? ""
  return #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"\#(members)}"#
}

private func result(_ id: String, _ value: String) -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"result":\#(value)}"#
}

@Test func `a request is handed out, and its answer bears its id`() {
  var talk = Conversation()
  #expect(talk.say(request("1", "add", "[1,2]")) == ["add([1,2]) -> 1"])
  #expect(talk.connection.pendingCount == 1)
  #expect(talk.connection.reply(to: talk.keys[0], with: .success(3)) == true)
  #expect(talk.connection.pendingCount == 0)
  #expect(talk.heard() == [result("1", "3")])
  #expect(talk.heard().isEmpty)
}

@Test func `an error is written with its data`() {
  var talk = Conversation()
  _ = talk.say(request("\"a\""))
  talk.connection.reply(to: talk.keys[0], with: .failure(.methodNotFound("m\n")))
  #expect(
    talk.heard() == [
      #"{"jsonrpc":"2.0","id":"a","error":{"code":-32601,"message":"Method not found: 'm\\n'","#
        + #""data":{"kind":"methodNotFound"}}}"#
    ])
}

@Test func `a second answer to one request is ignored`() {
  var talk = Conversation()
  _ = talk.say(request("1"))
  let first = talk.keys[0]
  #expect(talk.connection.reply(to: first, with: .success(1)) == true)
  #expect(talk.connection.reply(to: first, with: .success(2)) == false)
  _ = talk.say(request("1"))
  #expect(talk.connection.reply(to: first, with: .success(3)) == false)
  #expect(talk.connection.reply(to: talk.keys[1], with: .success(4)) == true)
  #expect(talk.heard() == [result("1", "1"), result("1", "4")])
}

@Test func `answers are written in the order they are given`() {
  var talk = Conversation()
  _ = talk.say(request("1"))
  _ = talk.say(request("2"))
  talk.connection.reply(to: talk.keys[1], with: .success("b"))
  talk.connection.notify("n", params: ["x": 1])
  talk.connection.notify("empty")
  talk.connection.reply(to: talk.keys[0], with: .success("a"))
  #expect(
    talk.heard() == [
      result("2", #""b""#), #"{"jsonrpc":"2.0","method":"n","params":{"x":1}}"#,
      #"{"jsonrpc":"2.0","method":"empty"}"#, result("1", #""a""#),
    ])
}

@Test func `a batch is answered as one when the last answer is in`() {
  var talk = Conversation()
  let batch = "[\(request("1")),1,\(request("2")),{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]"
  #expect(talk.say(batch) == ["m() -> 1", "m() -> 2", "n()"])
  talk.connection.reply(to: talk.keys[1], with: .success(2))
  #expect(talk.heard().isEmpty)
  talk.connection.reply(to: talk.keys[0], with: .success(1))
  let heard = talk.heard()
  #expect(heard.count == 1)
  #expect(
    heard.first?.hasPrefix("[" + result("1", "1") + ",{\"jsonrpc\":\"2.0\",\"id\":null,") == true)
  #expect(heard.first?.hasSuffix("," + result("2", "2") + "]") == true)
}

@Test func `two batches may be answered across one another`() {
  var talk = Conversation()
  _ = talk.say("[\(request("1")),\(request("2"))]")
  _ = talk.say("[\(request("3"))]")
  talk.connection.reply(to: talk.keys[0], with: .success(1))
  talk.connection.reply(to: talk.keys[2], with: .success(3))
  talk.connection.reply(to: talk.keys[1], with: .success(2))
  #expect(
    talk.heard() == ["[" + result("3", "3") + "]", "[\(result("1", "1")),\(result("2", "2"))]"])
}

@Test func `a pending request is found by its id until it is answered`() {
  var talk = Conversation()
  #expect(talk.connection.key(ofPending: .number(1)) == nil)
  _ = talk.say(request("1"))
  #expect(talk.connection.key(ofPending: .number(1)) == talk.keys[0])
  #expect(talk.connection.key(ofPending: .string("1")) == nil)
  talk.connection.reply(to: talk.keys[0], with: .failure(.requestCancelled))
  #expect(talk.connection.key(ofPending: .number(1)) == nil)
}

private let nfc = "\"\u{e9}\""
private let nfd = "\"e\u{301}\""

@Test(arguments: [
  ("1", "1", true), ("1", "1.0", true), ("100", "1e2", true), ("1", "\"1\"", false),
  ("1.5", "1.5", true), ("1.5", "15e-1", false), ("null", "null", true), ("null", "0", false),
  (nfc, nfd, false), ("9007199254740993", "9007199254740992", false),
  ("123456789012345678901234567890", "123456789012345678901234567890", true),
])
func `an id in use is refused`(first: String, second: String, isSame: Bool) {
  var talk = Conversation()
  _ = talk.say(request(first))
  let calls = talk.say(request(second))
  #expect(calls.count == (isSame ? 0 : 1))
  #expect(talk.heard().count == (isSame ? 1 : 0))
  talk.connection.reply(to: talk.keys[0], with: .success(.null))
  #expect(talk.heard() == [result(first, "null")])
}

@Test(arguments: [
  (#"{"jsonrpc":"2.0","result":1,"id":99}"#, "dropped a response to no request of ours, id 99"),
  (#"{"result":1,"id":"é"}"#, #"dropped a response to no request of ours, id "\\u00e9""#),
  (#"{"error":{},"error":1}"#, "dropped a response to no request of ours, id none"),
  (#"[{"jsonrpc":"2.0","result":1}]"#, "dropped a response to no request of ours, id none"),
])
func `a response to nothing is logged and not answered`(line: String, log: String) {
  var talk = Conversation()
  #expect(talk.say(line).isEmpty)
  #expect(talk.heard().isEmpty)
  #expect(talk.connection.takeLog() == [log])
  #expect(talk.connection.takeLog().isEmpty)
}

@Test func `the log is bounded`() {
  var limits = RPCLimits()
  limits.logCountMax = 2
  var talk = Conversation(limits: limits)
  for _ in 0..<5 { _ = talk.say(#"{"result":1,"id":1}"#) }
  let log = talk.connection.takeLog()
  #expect(log.count == 3)
  #expect(log.last == "3 more lines were left out")
}

/// Says one line; the error that comes back.
private func check(
  _ line: String, limits: RPCLimits = RPCLimits(), _ error: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var talk = Conversation(limits: limits)
  #expect(talk.say(line).isEmpty, sourceLocation: sourceLocation)
  #expect(talk.heard() == [error], sourceLocation: sourceLocation)
  // The stream is in step.
  #expect(talk.say(request("7")) == ["m() -> 7"], sourceLocation: sourceLocation)
}

private func error(_ id: String, _ code: Int, _ message: String, _ data: String) -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":"\#(message)","data":{\#(data)}}}"#
}

@Test(arguments: [
  ("{\"a\"]", "null", -32700, "Parse error: expected ':' at byte 4", "parseError"),
  ("{} x", "null", -32700, "Parse error: expected the end of the text at byte 3", "parseError"),
  ("1", "null", -32600, "Invalid Request: a message is an object, not a number", "invalidRequest"),
  ("[]", "null", -32600, "Invalid Request: a batch holds at least one message", "invalidRequest"),
  (
    #"{"id":5,"method":"m"}"#, "5", -32600,
    #"Invalid Request: 'jsonrpc' must be the string \"2.0\""#, "invalidRequest"
  ),
  (
    #"{"jsonrpc":"2.0","id":5}"#, "5", -32600, "Invalid Request: 'method' must be a string",
    "invalidRequest"
  ),
  (
    #"{"jsonrpc":"2.0","id":{},"method":"m"}"#, "null", -32600,
    "Invalid Request: 'id' must be a string, a number or null", "invalidRequest"
  ),
  (
    #"{"jsonrpc":"2.0","method":"m","params":1}"#, "null", -32600,
    "Invalid Request: 'params' must be an array or an object", "invalidRequest"
  ),
  (
    #"{"jsonrpc":"2.0","id":5,"method":"m","result":1}"#, "5", -32600,
    "Invalid Request: a message with a method has no 'result'", "invalidRequest"
  ),
  (
    #"{"jsonrpc":"2.0","id":5,"method":"m","params":{"a":1,"a":2}}"#, "5", -32600,
    #"Invalid Request: the member \"a\" is repeated at byte 53"#, "invalidRequest"
  ),
  (
    #"{"jsonrpc":"2.0","id":5,"method":"m","i\u0064":6}"#, "null", -32600,
    #"Invalid Request: the member \"i\\\\u0064\" is repeated at byte 37"#, "invalidRequest"
  ),
  (
    #"[{"jsonrpc":"2.0","id":5,"method":"m","method":"n"}]"#, "null", -32600,
    #"Invalid Request: the member \"method\" is repeated at byte 38"#, "invalidRequest"
  ),
])
func `what is no call is answered at once`(
  line: String, id: String, code: Int, message: String, kind: String
) {
  check(line, error(id, code, message, #""kind":"\#(kind)""#))
}

@Test(arguments: [1, 2, 3])
func `the size of a batch is bounded`(count: Int) {
  var limits = RPCLimits()
  limits.batchCountMax = 2
  let line = "[" + (1...count).map { request("\($0)") }.joined(separator: ",") + "]"
  guard count == 3 else {
    var talk = Conversation(limits: limits)
    #expect(talk.say(line).count == count)
    return
  }
  check(
    line, limits: limits,
    error(
      "null", -32600,
      "Invalid Request: a batch of 3 messages, where 2 are allowed (batchCountMax)",
      #""kind":"limitExceeded","limit":"batchCountMax","value":2"#))
}

@Test func `the number of requests in flight is bounded`() {
  var limits = RPCLimits()
  limits.requestCountMax = 2
  var talk = Conversation(limits: limits)
  #expect(talk.say(request("1")).count == 1)
  #expect(talk.say(request("2")).count == 1)
  #expect(talk.say(request("3")).isEmpty)
  #expect(
    talk.heard() == [
      error(
        "3", 1007,
        "Limit exceeded: 2 requests are not answered yet, and no more are allowed (requestCountMax)",
        #""kind":"limitExceeded","limit":"requestCountMax","value":2"#)
    ])
  talk.connection.reply(to: talk.keys[0], with: .success(.null))
  #expect(talk.say(request("3")).count == 1)
}

@Test(arguments: [1, 2, 3])
func `the depth of a message is bounded`(depth: Int) {
  var limits = RPCLimits()
  limits.depthMax = 2
  let array = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
  let line = depth == 1 ? request("1") : request("1", "m", array)
  guard depth == 3 else {
    var talk = Conversation(limits: limits)
    #expect(talk.say(line).count == 1)
    return
  }
  check(
    line, limits: limits,
    error(
      "null", -32700, "Parse error: nested deeper than 2 (depthMax) at byte 47",
      #""kind":"limitExceeded","limit":"depthMax","value":2"#))
}

@Test func `the number of values in a message is bounded`() {
  var limits = RPCLimits()
  limits.valueCountMax = 7
  for array in ["[1]", "[1,2]"] {
    var talk = Conversation(limits: limits)
    #expect(talk.say(request("1", "m", array)).count == 1)
  }
  check(
    request("1", "m", "[1,2,3]"), limits: limits,
    error(
      "null", -32700, "Parse error: more than 7 values (valueCountMax) at byte 51",
      #""kind":"limitExceeded","limit":"valueCountMax","value":7"#))
}

@Test func `a line that is too long is answered and passed over`() {
  var limits = RPCLimits()
  limits.bodyLengthMax = 100
  check(
    request("1", "m", "[\"" + String(repeating: "x", count: 100) + "\"]"), limits: limits,
    error(
      "null", 1007, "Limit exceeded: a line of more than 100 bytes (bodyLengthMax)",
      #""kind":"limitExceeded","limit":"bodyLengthMax","value":100"#))
}

/// Sends bytes to a new connection; what it writes before it closes, and why it does.
private func reading(
  _ text: String, limits: RPCLimits = RPCLimits()
) -> (output: String, state: RPCConnection.State, log: [String]) {
  var connection = RPCConnection(limits: limits)
  connection.receive(Array(text.utf8))
  while connection.next() != nil {}
  connection.finish()
  while connection.next() != nil {}
  return (
    String(decoding: connection.takeOutput(), as: UTF8.self), connection.state,
    connection.takeLog()
  )
}

@Test(arguments: [
  (
    "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\\\\r\\\\nHost: x",
    "looks like HTTP"
  ),
  ("loading plugin...\nContent-Length: 2\r\n\r\n{}", "loading plugin...", "log"),
  ("Content-Length: 1\r\n\r\n1{\"a\":1}\n", "{\\\"a\\\":1}", "JSON without a header"),
  ("Content-Length: 1\r\n\r\n11\"]}Content", "1\\\"]}Content", "log"),
  ("Content-Length: 1\r\n\r\n1}Content", "}Content", "counts bytes"),
  ("\u{feff}Content-Length: 2", "\\\\xef\\\\xbb\\\\xbfContent-Length: 2", "byte order mark"),
])
func `a stream that cannot be read is answered with what was seen and why`(
  text: String, excerpt: String, hint: String
) {
  let (output, state, log) = reading(text)
  #expect(output.contains("\"code\":-32700"))
  #expect(output.contains("\"id\":null"))
  #expect(output.contains(excerpt), "\(output)")
  #expect(output.contains(hint), "\(output)")
  #expect(output.contains(#""kind":"parseError""#))
  #expect(state == .closed(.unreadable(.fieldMalformed)))
  #expect(log.count == 1)
}

@Test func `a body over the limit is answered with the limit, and closes`() {
  let (output, state, _) = reading("Content-Length: 67108865\r\n\r\n")
  #expect(output.contains("\"code\":1007"))
  #expect(output.contains(#""kind":"limitExceeded","limit":"bodyLengthMax","value":67108864"#))
  #expect(state == .closed(.unreadable(.bodyTooLong(lengthMax: 64 << 20))))
}

@Test func `the peer may close between messages or inside one`() {
  #expect(reading("").state == .closed(.ended))
  #expect(reading("{}\n").state == .closed(.ended))
  let cut = reading("Content-Length: 9\r\n\r\n{}")
  #expect(cut.state == .closed(.cutOff(.endedInBody(received: 2, length: 9))))
  #expect(cut.output.isEmpty)
  #expect(cut.log == ["the stream ends inside a body, after 2 of 9 bytes"])
}

@Test func `requests can be answered after the peer has closed its end`() {
  var connection = RPCConnection()
  connection.receive(Array("Content-Length: \(request("1").utf8.count)\r\n\r\n".utf8))
  #expect(connection.next() == nil)
  connection.receive(Array(request("1").utf8))
  connection.finish()
  guard case .request(let key, _, _)? = connection.next() else {
    Issue.record("no request")
    return
  }
  #expect(connection.state == .open)
  #expect(connection.next() == nil)
  #expect(connection.state == .closed(.ended))
  connection.reply(to: key, with: .success(1))
  let body = result("1", "1")
  #expect(
    connection.takeOutput() == Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
}

@Test func `nothing is read after the connection is closed`() {
  var connection = RPCConnection()
  connection.receive(Array("x\n".utf8))
  #expect(connection.next() == nil)
  let output = connection.takeOutput()
  #expect(!output.isEmpty)
  connection.receive(Array((request("1") + "\n").utf8))
  #expect(connection.next() == nil)
  #expect(connection.takeOutput().isEmpty)
}

@Test func `before the peer has spoken, it is taken for an editor`() {
  var connection = RPCConnection()
  connection.notify("n")
  #expect(String(decoding: connection.takeOutput(), as: UTF8.self).hasPrefix("Content-Length: "))
  connection.receive(Array("{".utf8))
  #expect(connection.next() == nil)
  #expect(connection.framing == .line)
  connection.notify("n")
  #expect(connection.takeOutput().last == 0x0A)
}

@Test func `a call is written with its id or none`() {
  var bytes: [UInt8] = []
  RPCMessage.append(call: "m", id: .string("a"), params: [1], to: &bytes)
  #expect(bytes == Array(#"{"jsonrpc":"2.0","id":"a","method":"m","params":[1]}"#.utf8))
}

@Test func `every error has its kind`() {
  let errors: [(RPCError, String)] = [
    (.parseError("x"), "parseError"), (.invalidRequest("x"), "invalidRequest"),
    (.methodNotFound("x"), "methodNotFound"), (.invalidParams("x"), "invalidParams"),
    (.internalError("x"), "internalError"), (.serverNotInitialized, "serverNotInitialized"),
    (.requestCancelled, "requestCancelled"),
    (.limitExceeded("l", value: 1, "x"), "limitExceeded"),
  ]
  for (error, kind) in errors { #expect(error.data?.objectValue?["kind"] == .string(kind)) }
}
