import HTTP
import JSON
import TestSupport
import Testing

/// Small enough to be passed by a short request.
private let small: HTTPLimits = {
  var limits = HTTPLimits()
  limits.requestLineLengthMax = 60
  limits.targetLengthMax = 40
  limits.queryCountMax = 3
  limits.headerLengthMax = 120
  limits.headerCountMax = 4
  limits.bodyLengthMax = 20
  limits.chunkExtensionLengthMax = 10
  limits.trailerLengthMax = 20
  return limits
}()

/// A request with `fields` and a body behind its Host.
private func post(_ fields: String, _ body: String = "") -> String {
  "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n\(body)"
}

private func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked", body) }

private func get(_ target: String) -> String { "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n" }

private struct Row: Sendable {
  let stream: String
  let status: Int
  let kind: String

  init(_ stream: String, _ status: Int, _ kind: String) {
    self.stream = stream
    self.status = status
    self.kind = kind
  }
}

private let rows: [Row] = [
  // The request line.
  Row("GET /\r\n", 400, "request-line-malformed"),
  Row("GET\r\n\r\n", 400, "request-line-malformed"),
  Row("GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET / a HTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row(" GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET\t/\tHTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("G(T / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET / http/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET / HTTP/1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET / HTTP/1.10\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("GET / HTTPS/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("\u{16}\u{3}\u{1}", 400, "request-line-malformed"),
  Row("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "request-line-malformed"),
  Row("\rGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "line-break-malformed"),
  Row("GET / HTTP/1.1\nHost: h\n\n", 400, "line-break-malformed"),
  Row("GET /\r HTTP/1.1\r\nHost: h\r\n\r\n", 400, "line-break-malformed"),
  Row("GET / HTTP/1.1\r\r\nHost: h\r\n\r\n", 400, "line-break-malformed"),
  Row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version-unsupported"),
  Row("GET / HTTP/0.9\r\n\r\n", 505, "version-unsupported"),
  Row("GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505, "version-unsupported"),
  Row("GET / HTTP/3.0\r\nHost: h\r\n\r\n", 505, "version-unsupported"),
  Row("GET /\(String(repeating: "a", count: 47)) HTTP/1.1\r\n", 414, "request-line-too-long"),
  Row("GET /\(String(repeating: "a", count: 90))", 414, "request-line-too-long"),
  Row(String(repeating: "A", count: 70), 414, "request-line-too-long"),
  // Targets.
  Row(get("http://h/"), 400, "target-not-origin-form"),
  Row(get("h:80"), 400, "target-not-origin-form"),
  Row("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "target-not-origin-form"),
  Row(get("*"), 400, "target-not-origin-form"),
  Row(get("a/b"), 400, "target-not-origin-form"),
  Row(get("?a=b"), 400, "target-not-origin-form"),
  Row(get("/\(String(repeating: "a", count: 40))"), 414, "target-too-long"),
  Row(get("/?a&b&c&d"), 414, "query-too-many"),
  Row(get("/a#b"), 400, "target-malformed"),
  Row(get("/a%"), 400, "target-malformed"),
  Row(get("/a%2"), 400, "target-malformed"),
  Row(get("/a%2g"), 400, "target-malformed"),
  Row(get("/a%u0041"), 400, "target-malformed"),
  Row(get("/%ff"), 400, "target-malformed"),
  Row(get("/%c0%ae"), 400, "target-malformed"),
  Row(get("/%ed%a0%80"), 400, "target-malformed"),
  Row(get("/é"), 400, "target-malformed"),
  Row(get("/a\\b"), 400, "target-malformed"),
  Row(get("/\"a\""), 400, "target-malformed"),
  Row(get("/\u{0}"), 400, "target-malformed"),
  Row(get("/?a=%ff"), 400, "target-malformed"),
  Row(get("/?a=<b>"), 400, "target-malformed"),
  Row(get("/?a=%"), 400, "target-malformed"),
  Row(get("/.."), 400, "target-escapes"),
  Row(get("/a/../b"), 400, "target-escapes"),
  Row(get("/./a"), 400, "target-escapes"),
  Row(get("/%2e%2E/a"), 400, "target-escapes"),
  Row(get("/.%2e/a"), 400, "target-escapes"),
  Row(get("/a%2fb"), 400, "target-escapes"),
  Row(get("/..%2f..%2fetc"), 400, "target-escapes"),
  Row(get("/..%5c..%5cetc"), 400, "target-escapes"),
  Row(get("/a%00.csv"), 400, "target-escapes"),
  Row(get("/a%0d%0aX:b"), 400, "target-escapes"),
  Row(get("/?a=%00"), 400, "target-escapes"),
  // Fields.
  Row(post("Content-Length : 0"), 400, "field-malformed"),
  Row(post("Content-Length\t: 0"), 400, "field-malformed"),
  Row(post("A"), 400, "field-malformed"),
  Row(post(": a"), 400, "field-malformed"),
  Row(post("A(: b"), 400, "field-malformed"),
  Row(post("É: b"), 400, "field-malformed"),
  Row(post("A: b\u{0}c"), 400, "field-malformed"),
  Row(post("A: b\u{7f}"), 400, "field-malformed"),
  Row(post("Transfer-Encoding: \u{b}chunked"), 400, "field-malformed"),
  Row(post("A: b\r\n c"), 400, "field-folded"),
  Row(post("A: b\r\n\tc"), 400, "field-folded"),
  Row("GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400, "field-folded"),
  Row(post("A: b\rC: d"), 400, "line-break-malformed"),
  Row(post("A: b\nC: d"), 400, "line-break-malformed"),
  Row(post("A: b\r\r\nC: d"), 400, "line-break-malformed"),
  Row("GET / HTTP/1.1\r\nHost: h\r\n\n", 400, "line-break-malformed"),
  Row(post("A: \(String(repeating: "b", count: 120))"), 431, "headers-too-long"),
  Row("GET / HTTP/1.1\r\n\(String(repeating: "b", count: 121))", 431, "headers-too-long"),
  Row(post("A: b\r\nA: b\r\nA: b\r\nA: b"), 431, "headers-too-many"),
  Row("GET / HTTP/1.1\r\n\r\n", 400, "host-malformed"),
  Row(post("Host: h"), 400, "host-malformed"),
  Row(post("host: other"), 400, "host-malformed"),
  Row("GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost: h:x\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, "host-malformed"),
  Row("GET / HTTP/1.1\r\nHost: h, h\r\n\r\n", 400, "host-malformed"),
  // Where a body ends.
  Row(
    post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400, "length-and-coding"),
  Row(
    post("Transfer-Encoding: chunked\r\nContent-Length: 0", "0\r\n\r\n"), 400, "length-and-coding"),
  Row(post("Content-Length: 1\r\nContent-Length: 2", "ab"), 400, "length-repeated"),
  Row(post("Content-Length: 1\r\nContent-Length: 1", "a"), 400, "length-repeated"),
  Row(post("Content-Length: 1\r\ncontent-length: 1", "a"), 400, "length-repeated"),
  Row(post("Content-Length: 1, 1", "a"), 400, "length-malformed"),
  Row(post("Content-Length: +1", "a"), 400, "length-malformed"),
  Row(post("Content-Length: -1", "a"), 400, "length-malformed"),
  Row(post("Content-Length: 1 2", "a"), 400, "length-malformed"),
  Row(post("Content-Length: 0x1", "a"), 400, "length-malformed"),
  Row(post("Content-Length: 1.0", "a"), 400, "length-malformed"),
  Row(post("Content-Length: \"1\"", "a"), 400, "length-malformed"),
  Row(post("Content-Length:"), 400, "length-malformed"),
  Row(post("Content-Length: ١"), 400, "length-malformed"),
  Row(post("Content-Length: 18446744073709551617", "a"), 400, "length-malformed"),
  Row(post("Content-Length: 0000000000000000001", "a"), 400, "length-malformed"),
  Row(post("Content-Length: 21"), 413, "body-too-long"),
  Row(post("Content-Length: 999999999999999999"), 413, "body-too-long"),
  Row(post("Expect: 100-continue\r\nContent-Length: 21"), 413, "body-too-long"),
  Row(post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n"), 400, "coding-malformed"),
  Row(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400, "coding-malformed"),
  Row(post("Transfer-Encoding: chunked,", "0\r\n\r\n"), 400, "coding-malformed"),
  Row(post("Transfer-Encoding:", "0\r\n\r\n"), 400, "coding-malformed"),
  Row(post("Transfer-Encoding: \"chunked\"", "0\r\n\r\n"), 400, "coding-malformed"),
  Row(post("Transfer-Encoding: chunked;a=b", "0\r\n\r\n"), 400, "coding-malformed"),
  Row(
    "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "coding-malformed"),
  Row(post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"), 501, "coding-unknown"),
  Row(post("Transfer-Encoding: identity"), 501, "coding-unknown"),
  Row(post("Transfer-Encoding: xchunked", "0\r\n\r\n"), 501, "coding-unknown"),
  Row(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip"), 501, "coding-unknown"),
  Row(post("Expect: 200-ok\r\nContent-Length: 1", "a"), 417, "expectation-unknown"),
  // Chunks.
  Row(chunked("g\r\n"), 400, "chunk-malformed"),
  Row(chunked("\r\n"), 400, "chunk-malformed"),
  Row(chunked("-1\r\n"), 400, "chunk-malformed"),
  Row(chunked("+1\r\n"), 400, "chunk-malformed"),
  Row(chunked("0x1\r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked(" 1\r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked("1 \r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked("1 ;a\r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked("00000000000000001\r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked("1\r\nab\r\n"), 400, "chunk-malformed"),
  Row(chunked("1\r\na\n0\r\n\r\n"), 400, "chunk-malformed"),
  Row(chunked("1\r\na\r0\r\n\r\n"), 400, "chunk-malformed"),
  Row(chunked("1\r\na\rx0\r\n\r\n"), 400, "chunk-malformed"),
  Row(chunked("1\r\nax\n0\r\n\r\n"), 400, "chunk-malformed"),
  Row(chunked("1;a\u{0}\r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked("1;a\rb\r\na\r\n"), 400, "chunk-malformed"),
  Row(chunked("1\na\r\n"), 400, "line-break-malformed"),
  Row(chunked("15\r\n"), 413, "body-too-long"),
  Row(chunked("ffffffffffffffff\r\n"), 413, "body-too-long"),
  Row(chunked("8000000000000000\r\n"), 413, "body-too-long"),
  Row(chunked("14\r\n01234567890123456789\r\n1\r\n"), 413, "body-too-long"),
  Row(chunked("1;aaaaaaaaaa\r\n"), 400, "chunk-extensions-too-long"),
  Row(chunked("1;\(String(repeating: "a", count: 40))"), 400, "chunk-extensions-too-long"),
  Row(chunked("1;aaaa\r\na\r\n1;aaaaa\r\n"), 400, "chunk-extensions-too-long"),
  Row(chunked("0\r\nA: \(String(repeating: "b", count: 20))\r\n"), 431, "trailers-too-long"),
  Row(chunked("0\r\n\(String(repeating: "b", count: 21))"), 431, "trailers-too-long"),
  Row(chunked("0\r\nA : b\r\n\r\n"), 400, "field-malformed"),
  Row(chunked("0\r\n A: b\r\n\r\n"), 400, "field-folded"),
  Row(chunked("0\r\n\n"), 400, "line-break-malformed"),
]

@Test(arguments: rows.indices)
func `what is no proper request is refused and the connection closes`(number: Int) throws {
  let row = rows[number]
  for isSecond in [false, true] {
    // A body that is refused may have been asked for, and the request before is answered all the same.
    let first = isSecond ? get("/first") : ""
    let stream = Array((first + row.stream + get("/smuggled")).utf8)
    let exchange =
      isSecond ? Exchange(stream, limits: small) : Exchange.check(stream, limits: small)
    let shown = "\(row.stream.debugDescription) \(exchange)"
    #expect(exchange.requests.count == (isSecond ? 1 : 0), "\(shown)")
    #expect(exchange.statuses == (isSecond ? [200] : []) + [row.status], "\(shown)")
    #expect(exchange.isDone, "\(shown)")
    #expect(exchange.outputText.contains("\r\nConnection: close\r\n"), "\(shown)")
    #expect(exchange.outputText.contains("\r\nContent-Type: application/problem+json\r\n"))
    let body = exchange.outputText.split(separator: "\r\n\r\n").last ?? ""
    let problem = try JSONDocument.parse(Array(body.utf8)).root.objectValue
    #expect(problem?["kind"] == .string(row.kind), "\(shown)")
    #expect(problem?["status"] == .number(JSONNumber(row.status)), "\(shown)")
    #expect(problem?["diagnostics"] == .array([]))
  }
}

@Test func `every kind of refusal is provoked`() {
  let elsewhere: Set = [
    "ended-in-request", "head-too-slow", "body-too-slow", "waiting-too-long",
  ]
  let kinds = RequestFailure.allCases.map(\.rawValue)
  #expect(Set(rows.map(\.kind)).union(elsewhere) == Set(kinds))
}

@Test(arguments: [
  "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: h\r\n", "\r",
  "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\na",
  "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n",
])
func `a request that is cut off is refused`(stream: String) {
  let exchange = Exchange.check(stream, ends: true)
  #expect(exchange.requests == [])
  #expect(exchange.statuses == [400])
  #expect(exchange.outputText.contains("ended-in-request"))
  #expect(exchange.isDone)
}

@Test func `a bound is tried at it and one beyond it`() {
  var limits = HTTPLimits()
  func isRead(_ stream: String) -> Bool { Exchange.check(stream, limits: limits).statuses == [200] }
  func edge(_ bound: WritableKeyPath<HTTPLimits, Int>, _ value: Int, _ stream: String) {
    limits = HTTPLimits()
    limits[keyPath: bound] = value
    #expect(isRead(stream), "\(value) \(stream.debugDescription)")
    limits[keyPath: bound] = value - 1
    #expect(!isRead(stream), "\(value - 1) \(stream.debugDescription)")
  }
  edge(\.requestLineLengthMax, 15, get("/a"))
  edge(\.targetLengthMax, 4, get("/a?b"))
  edge(\.queryCountMax, 2, get("/?a&b"))
  edge(\.headerLengthMax, 11, get("/"))
  edge(\.headerCountMax, 2, post("A: b"))
  edge(\.bodyLengthMax, 3, post("Content-Length: 3", "abc"))
  edge(\.bodyLengthMax, 3, chunked("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"))
  edge(\.chunkExtensionLengthMax, 5, chunked("1;a\r\na\r\n0;bc\r\n\r\n"))
  edge(\.trailerLengthMax, 8, chunked("0\r\nA: b\r\n\r\n"))
}
