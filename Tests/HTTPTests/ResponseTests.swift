import HTTP
import JSON
import TestSupport
import Testing

/// What is written for one request, with the answer that `make` gives.
private func written(_ request: String, _ make: (Request) -> Response) -> String {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(Array((request + " HTTP/1.1\r\nHost: h\r\n\r\n").utf8))
  guard let request = connection.next() else { return "no request" }
  connection.respond(to: request.number, with: make(request))
  return String(decoding: connection.takeOutput(), as: UTF8.self)
}

@Test func `an answer says how long it is, when it was made, and that it is not to be kept`() {
  let answer = Response(.created, .json, Array("{}".utf8))
  let head = """
    HTTP/1.1 201 Created\r
    Date: Fri, 02 Jan 2026 03:04:05 GMT\r
    Content-Type: application/json\r
    Content-Length: 2\r
    Cache-Control: no-store\r
    X-Content-Type-Options: nosniff\r
    \r\n
    """
  #expect(written("GET /") { _ in answer } == head + "{}")
  #expect(written("HEAD /") { _ in answer } == head)
}

@Test(arguments: [(HTTPStatus.noContent, false), (.notModified, false), (.ok, true)])
func `an answer that has no body by its nature has no length`(status: HTTPStatus, has: Bool) {
  let answer = written("GET /") { _ in Response(status, .plain, Array("a".utf8)) }
  #expect(answer.contains("Content-Length") == has)
  #expect(answer.hasSuffix("\r\n\r\na") == has)
}

@Test(arguments: [
  ("A", "b\r\nSet-Cookie: c"), ("A", "b\nc"), ("A", "b\rc"), ("A", "b\u{0}"), ("A", "b\u{7f}"),
  ("A\r\nB", "c"), ("A B", "c"), ("A:", "b"), ("", "b"), ("É", "b"),
  ("content-length", "1"), ("Transfer-Encoding", "chunked"), ("Connection", "close"),
  ("DATE", "now"), ("Upgrade", "h2c"),
])
func `no field of an answer can be taken for something else`(name: String, value: String) {
  var response = Response(.ok)
  #expect(throws: Response.Failure.self) { try response.set(name, to: value) }
  #expect(response.fields.fields.isEmpty)
  #expect(MediaType("a/b\r\nC: d") == nil)
  #expect(EntityTag("a\"\r\nb") == nil)
}

@Test func `a field that is set replaces those of its name`() throws {
  var response = Response(.ok, .json, [])
  try response.set("content-type", to: "text/x")
  try response.set("Cache-Control", to: "max-age=1")
  try response.set("X-A", to: "é\t1")
  let answer = written("GET /") { [response] _ in response }
  #expect(answer.contains("\r\ncontent-type: text/x\r\nCache-Control: max-age=1\r\nX-A: é\t1\r\n"))
  #expect(!answer.contains("json"))
  #expect(!answer.contains("no-store"))
}

@Test(arguments: [
  (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
  (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
  (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
  (1_767_225_599, "Wed, 31 Dec 2025 23:59:59 GMT"), (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
  (Int.max, "Fri, 31 Dec 9999 23:59:59 GMT"), (Int.min, "Thu, 01 Jan 1970 00:00:00 GMT"),
])
func `a date has the one form that is written`(unixSeconds: Int, text: String) {
  #expect(HTTPDate.text(unixSeconds: unixSeconds) == text)
}

@Test(arguments: [
  ("", false), ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\",W/\"a\" ", true),
  ("*", true), ("a", false), ("\"a", false), ("\"A\"", false), ("\"b,\"a\"", false),
  ("w/\"a\"", false),
  ("\"b\", x, \"a\"", false), ("\"b\"", false),
])
func `a stored file that the client has is not sent again`(named: String, isKnown: Bool) {
  let answer = written("GET / HTTP/1.1\r\nIf-None-Match: \(named)\r\nX:") { request in
    guard let tag = EntityTag("a") else { return Response(.internalError) }
    return .stored(.csv, Array("t,value\n".utf8), tag: tag, for: request)
  }
  #expect(answer.hasPrefix(isKnown ? "HTTP/1.1 304 Not Modified\r\n" : "HTTP/1.1 200 OK\r\n"))
  #expect(answer.contains("\r\nETag: \"a\"\r\n"))
  #expect(answer.contains("\r\nCache-Control: private, no-cache\r\n"))
  #expect(answer.contains("t,value") != isKnown)
}

@Test func `a problem has its members in order and the findings within`() throws {
  var problem = Problem(.badRequest, "the model has errors", instance: "/v1/run")
  problem.diagnostics = [["code": "grid-missing"]]
  problem.extensions = [("kind", "modelInvalid")]
  #expect(
    problem.json.text()
      == #"{"type":"about:blank","title":"Bad Request","status":400,"detail":"the model has errors","instance":"/v1/run","diagnostics":[{"code":"grid-missing"}],"kind":"modelInvalid"}"#
  )
  #expect(problem.response.fields["Content-Type"] == "application/problem+json")
  problem.instance = nil
  #expect(problem.json.objectValue?["instance"] == nil)
}

@Test func `a refusal for a bound names it and its value`() throws {
  var limits = HTTPLimits()
  limits.bodyLengthMax = 7
  let stream = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n"
  let output = Exchange.check(stream, limits: limits).outputText
  let body = output.split(separator: "\r\n\r\n").last ?? ""
  #expect(
    body
      == #"{"type":"about:blank","title":"Content Too Large","status":413,"detail":"the body is too long: bodyLengthMax is 7","diagnostics":[],"kind":"body-too-long","limit":"bodyLengthMax","limitValue":7}"#
  )
}

@Test(arguments: [
  ("GET", "Bad Request", true), ("HEAD", "Bad Request", false),
])
func `what HEAD is refused with has no body`(method: String, reason: String, has: Bool) {
  let output = Exchange.check("\(method) / HTTP/1.1\r\nHost: h\r\nA\r\n\r\n").outputText
  #expect(output.hasPrefix("HTTP/1.1 400 \(reason)\r\n"))
  #expect(output.contains("field-malformed") == has)
}
