import JSON
import Server
import SimMethods
import Testing

/// What a client hears by `$/logTrace`: the messages, and the verbose texts.
private func told(_ messages: [JSONObject]) -> (messages: [String], verbose: [String?]) {
  let params = messages.filter { $0["method"] == "$/logTrace" }.map { $0["params"]?.objectValue }
  return (
    params.map { $0?["message"]?.stringValue ?? "" }, params.map { $0?["verbose"]?.stringValue }
  )
}

private func request(_ id: String, _ method: String, _ params: String) -> [UInt8] {
  Array(
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#.utf8) + [0x0A]
}

@Test(arguments: [
  (#"{"value": "loud"}"#, true), (#"{"value": 7}"#, true), ("{}", true), ("[]", true),
  (#"{"value": "off"}"#, false), (#"{"value": "messages"}"#, true),
])
func `what is no trace value changes nothing and is logged`(params: String, isOn: Bool) throws {
  var talk = Talk()
  #expect(try talk.notify("$/setTrace", #"{"value": "messages"}"#).isEmpty)
  #expect(told(try talk.notify("$/setTrace", params)).messages.count == 1)
  let messages = told(try talk.send(request("1", "echo", "[]"))).messages
  #expect(messages.count == (isOn ? 2 : 0))
  let isKnown = params.contains("off") || params.contains("messages")
  #expect(talk.logged.contains { $0.hasPrefix("$/setTrace: ") } != isKnown, "\(talk.logged)")
}

@Test(arguments: [
  ("off", 0), ("messages", 2), ("verbose", 2), ("compact", 0),
])
func `initialize turns traces on, and is not told of itself`(value: String, count: Int) throws {
  var talk = Talk()
  _ = try talk.result("initialize", #"{"trace": "\#(value)"}"#)
  #expect(told(try talk.send(request("1", "echo", "[]"))).messages.count == count)
}

@Test func `a trace says how members are called and how long they are, and no value`() throws {
  var talk = Talk()
  _ = try talk.notify("$/setTrace", #"{"value": "verbose"}"#)
  let params =
    #"{"templateId": "demo", "parameters": {"rate": 4815, "label": "s3cret"}, "mode": null}"#
  let (messages, verbose) = told(try talk.send(request(#""a""#, "generate", params)))
  #expect(
    messages == [
      "Received request 'generate - (a)'",
      "Sending response 'generate - (a)'. Processing request took 0 ms",
    ])
  #expect(
    verbose.first
      == "Params: {templateId: string (4 bytes), parameters: object (2 members), mode: null}")
  let result = try #require(verbose.last ?? nil)
  #expect(result.hasPrefix("Result: {model: string ("))
  #expect(!verbose.contains { $0?.contains("4815") == true || $0?.contains("s3cret") == true })
  let (_, forms) = told(try talk.send(request("1", "echo", "[1, true]")))
  #expect(forms == ["Params: array (2 items)", "Result: array (2 items)"])
}

@Test func `a long request is told when it comes and when it is answered`() throws {
  var limits = SimLimits()
  limits.server.inlineLengthMax = 0
  var talk = Talk(limits: limits)
  _ = try talk.notify("$/setTrace", #"{"value": "messages"}"#)
  let replies = try talk.send(request("1", "validateTemplate", #"{"templateId": "demo"}"#))
  #expect(replies.map { $0["method"]?.stringValue } == ["$/logTrace", "$/logTrace", nil])
  #expect(told(replies).messages.first == "Received request 'validateTemplate - (1)'")
}

@Test(arguments: [-1, 0, 1])
func `texts of a trace are cut at their bound`(room: Int) throws {
  let whole = "Received request 'echo - (1)'"
  var limits = SimLimits()
  limits.server.traceLengthMax = whole.utf8.count + room
  var talk = Talk(limits: limits)
  _ = try talk.notify("$/setTrace", #"{"value": "messages"}"#)
  let message = told(try talk.send(request("1", "echo", "[]"))).messages.first
  #expect(message == (room < 0 ? whole.dropLast() + "…" : whole))
}

@Test func `whatever names a client chooses, a trace is bounded and whole characters`() throws {
  var limits = SimLimits()
  limits.server.traceLengthMax = 50
  var talk = Talk(limits: limits)
  _ = try talk.notify("$/setTrace", #"{"value": "verbose"}"#)
  let long = String(repeating: "\u{1F600}", count: 1000)
  let members = (0..<1000).map { #""\#($0)\#(long)": 1"# }.joined(separator: ", ")
  let (messages, verbose) = told(try talk.send(request(#""\#(long)""#, long, "{\(members)}")))
  #expect(messages.count == 2)
  for text in messages + verbose.compactMap(\.self) {
    #expect(text.utf8.count <= 50 + "…".utf8.count)
    #expect(!text.contains("\u{FFFD}"))
  }
}

@Test func `traces count as output that must be taken`() throws {
  var limits = SimLimits()
  limits.server.outputLengthMax = 1000
  var talk = Talk(limits: limits)
  _ = try talk.notify("$/setTrace", #"{"value": "messages"}"#)
  let notification = Array(#"{"jsonrpc":"2.0","method":"initialized"}"#.utf8) + [0x0A]
  let messages = try talk.send(Array([[UInt8]](repeating: notification, count: 500).joined()))
  #expect(messages.count == 500)
  #expect(talk.firstCount < 20)
}
