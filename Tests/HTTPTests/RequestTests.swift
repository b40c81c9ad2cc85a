import HTTP
import TestSupport
import Testing

@Test(arguments: [
  ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / Host:h []"),
  ("\r\nGET / HTTP/1.1\r\nhOsT:\t h:80 \t\r\n\r\n", "GET / hOsT:h:80 []"),
  ("GET /a/b HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET /a/b Host:[::1]:8080 []"),
  ("GET /a/ HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a/ Host:h []"),
  ("GET //a HTTP/1.1\r\nHost: h\r\n\r\n", "GET //a Host:h []"),
  ("GET /a%20b+c%25%32%66 HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a b+c%2f Host:h []"),
  (
    "GET /%C3%A9;a=b@:!$&'()*,~-._ HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET /é;a=b@:!$&'()*,~-._ Host:h []"
  ),
  ("GET /...a/.b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /...a/.b Host:h []"),
  (
    "GET /?a=1&a=2&&b&=c&d=e=f HTTP/1.1\r\nHost: h\r\n\r\n", "GET / a=1 a=2 b= =c d=e=f Host:h []"
  ),
  ("GET /?a+b=c%2Bd+%26/? HTTP/1.1\r\nHost: h\r\n\r\n", "GET / a b=c+d &/? Host:h []"),
  ("GET /? HTTP/1.1\r\nHost: h\r\n\r\n", "GET / Host:h []"),
  ("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS * Host:h []"),
  ("get / HTTP/1.1\r\nHost: h\r\n\r\n", "get / Host:h []"),
  ("GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB:\r\na: é\t!\r\n\r\n", "GET / Host:h A:1 B: a:é\t! []"),
  (
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 003\r\n\r\na\r\n",
    "POST / Host:h Content-Length:003 [a\r\n]"
  ),
  ("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "GET / Host:h Content-Length:0 []"),
  (
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
    "POST / Host:h Transfer-Encoding:Chunked []"
  ),
  (
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\"b\"\r\na\r\n"
      + "000000000000000A\r\n0\r\n\r\n56789\r\n0;z\r\nA: b\r\nContent-Length: 7\r\n\r\n",
    "POST / Host:h Transfer-Encoding:chunked [a0\r\n\r\n56789]"
  ),
])
func `a request is read as it was meant, and the next one after it`(
  stream: String, expected: String
) {
  let exchange = Exchange.check(stream + stream)
  #expect(exchange.requests == [expected, expected])
  #expect(exchange.statuses == [200, 200])
  #expect(!exchange.isDone)
}

@Test func `names are found whatever their case, and all values in order`() {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(
    Array("GET /?n=1&N=2&n=3 HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-b: 2\r\nx-a: 3\r\n\r\n".utf8))
  let request = connection.next()
  #expect(request?.fields["X-a"] == "1")
  #expect(request?.fields.values(of: "X-A") == ["1", "3"])
  #expect(request?.fields["X-C"] == nil)
  #expect(request?.target.values(of: "n") == ["1", "3"])
  #expect(request?.target.text == "/?n=1&N=2&n=3")
  #expect(request?.host == "h")
}

@Test(arguments: [
  ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", false),
  ("GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\n\r\n", false),
  ("GET / HTTP/1.1\r\nHost: h\r\nConnection: closed\r\n\r\n", false),
  ("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", true),
  ("GET / HTTP/1.1\r\nHost: h\r\nConnection: a, CLOSE\r\n\r\n", true),
  ("GET / HTTP/1.1\r\nHost: h\r\nConnection: a\r\nConnection: close\r\n\r\n", true),
  ("GET / HTTP/1.0\r\n\r\n", true),
  ("GET / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n", true),
])
func `a connection is kept unless the client says otherwise or is of HTTP 1.0`(
  stream: String, closes: Bool
) {
  let exchange = Exchange.check(stream + "GET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
  #expect(exchange.requests.count == (closes ? 1 : 2))
  #expect(exchange.isDone == closes)
  #expect(exchange.outputText.contains("\r\nConnection: close\r\n") == closes)
}

@Test func `a client that waits to send its body is told to, in its place`() {
  let first = "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
  let head = "POST /2 HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n"
  let exchange = Exchange.check(first + head + "a")
  #expect(exchange.statuses == [200, 100, 200])
  #expect(exchange.requests.count == 2)
  for (fields, statuses) in [
    ("Expect: 100-continue\r\nContent-Length: 0", [200]),
    ("Expect: 100-continue\r\nTransfer-Encoding: chunked", [100, 200]),
    ("Expect:\r\nContent-Length: 0", [200]),
  ] {
    let stream = "POST / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n0\r\n\r\n"
    #expect(Exchange(Array(stream.utf8)).statuses.first == statuses.first, "\(fields)")
  }
  let old = "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na"
  #expect(Exchange.check(old).statuses == [200])

  // While the request before is not answered, the client must wait.
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(Array((first + head).utf8))
  #expect(connection.next()?.number == 0)
  #expect(connection.next() == nil)
  #expect(connection.takeOutput() == [])
  connection.respond(to: 0, with: Response(.noContent))
  let output = String(decoding: connection.takeOutput(), as: UTF8.self)
  #expect(output.hasSuffix("\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"))
  #expect(connection.respond(to: 1, with: Response(.ok)) == false)
  connection.push(Array("a".utf8))
  #expect(connection.next()?.body == Array("a".utf8))
}
