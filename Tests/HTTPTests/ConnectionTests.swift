import HTTP
import TestSupport
import Testing

private func get(_ number: Int) -> [UInt8] {
  Array("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
}

private func moment(_ seconds: Int) -> Moment {
  Moment(uptime: Exchange.start.uptime + .seconds(seconds), unixSeconds: 0)
}

private func text(_ body: String) -> Response { Response(.ok, .plain, Array(body.utf8)) }

/// The bodies of answers of one letter.
private func bodies(_ output: [UInt8]) -> String {
  String(decoding: output, as: UTF8.self).split(separator: "HTTP/1.1 ").map { String($0.suffix(1)) }
    .joined()
}

@Test func `answers are written in the order of the requests, whenever they come`() {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push((0..<4).flatMap(get))
  var numbers: [Int] = []
  while let request = connection.next() { numbers.append(request.number) }
  #expect(numbers == [0, 1, 2, 3])
  #expect(connection.respond(to: 2, with: text("c")) == true)
  #expect(connection.respond(to: 1, with: text("b")) == true)
  #expect(connection.takeOutput() == [])
  #expect(connection.respond(to: 0, with: text("a")) == true)
  #expect(bodies(connection.takeOutput()) == "abc")
  #expect(connection.respond(to: 0, with: text("x")) == false)
  #expect(connection.respond(to: 2, with: text("x")) == false)
  #expect(connection.respond(to: 4, with: text("x")) == false)
  #expect(connection.pendingCount == 1)
  #expect(connection.respond(to: 3, with: text("d"), closing: true) == true)
  #expect(!connection.isDone)
  #expect(bodies(connection.takeOutput()) == "d")
  #expect(connection.isDone)
}

@Test func `an answer that closes is the last one`() {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push((0..<3).flatMap(get))
  while connection.next() != nil {}
  connection.respond(to: 2, with: text("c"))
  connection.respond(to: 0, with: text("a"), closing: true)
  #expect(bodies(connection.takeOutput()) == "a")
  #expect(connection.isDone)
  #expect(connection.respond(to: 1, with: text("b")) == false)
  connection.push(get(3))
  #expect(connection.next() == nil)
}

@Test func `what cannot be read is answered behind what waits`() {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(get(0) + Array("?\r\n".utf8))
  #expect(connection.next()?.number == 0)
  #expect(connection.next() == nil)
  #expect(!connection.wantsInput)
  #expect(connection.takeOutput() == [])
  connection.respond(to: 0, with: text("a"))
  let output = String(decoding: connection.takeOutput(), as: UTF8.self)
  #expect(output.contains("\r\n\r\naHTTP/1.1 400 Bad Request\r\n"))
  #expect(connection.isDone)
}

@Test func `requests beyond the bound wait unread, and input stops`() {
  var limits = HTTPLimits()
  limits.pipelinedCountMax = 2
  limits.waitingInputLengthMax = 100
  var connection = HTTPConnection(limits: limits, now: Exchange.start)
  connection.push((0..<4).flatMap(get))
  #expect(connection.next()?.number == 0)
  #expect(connection.next()?.number == 1)
  #expect(connection.next() == nil)
  #expect(connection.deadline == nil)
  #expect(connection.wantsInput)
  connection.push((4..<8).flatMap(get))
  #expect(connection.next() == nil)
  #expect(!connection.wantsInput)
  connection.respond(to: 0, with: text("a"))
  #expect(connection.next()?.number == 2)
  #expect(connection.next() == nil)
  // Who goes on all the same is refused, and what was handed out is answered first.
  connection.push(Array(repeating: get(9), count: 9).flatMap(\.self))
  connection.push(get(9))
  connection.respond(to: 1, with: text("b"))
  connection.respond(to: 2, with: text("c"))
  let output = String(decoding: connection.takeOutput(), as: UTF8.self)
  #expect(output.contains("HTTP/1.1 429 Too Many Requests\r\n"))
  #expect(output.contains("waiting-too-long"))
  #expect(connection.isDone)
}

@Test func `bodies that wait for an answer are bounded together`() {
  var limits = HTTPLimits()
  limits.bodyLengthMax = 10
  var connection = HTTPConnection(limits: limits, now: Exchange.start)
  let post = Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabcdef".utf8)
  connection.push(post + post + post)
  #expect(connection.next() != nil)
  #expect(connection.next() != nil)
  #expect(connection.next() == nil)
  connection.respond(to: 0, with: text("a"))
  #expect(connection.next() != nil)
}

@Test func `no request is handed out while too much is not taken`() {
  var limits = HTTPLimits()
  limits.waitingOutputLengthMax = 300
  var connection = HTTPConnection(limits: limits, now: Exchange.start)
  connection.push((0..<3).flatMap(get))
  #expect(connection.next() != nil)
  connection.respond(to: 0, with: text(String(repeating: "a", count: 200)))
  #expect(connection.next() == nil)
  #expect(connection.takeOutput().count > 300)
  #expect(connection.next() != nil)
}

@Test func `a client that half closes gets its answers`() {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(get(0) + get(1))
  connection.finish()
  #expect(connection.next()?.number == 0)
  #expect(connection.next()?.number == 1)
  #expect(connection.next() == nil)
  #expect(!connection.isDone)
  connection.respond(to: 0, with: text("a"))
  connection.respond(to: 1, with: text("b"))
  #expect(bodies(connection.takeOutput()) == "ab")
  #expect(connection.isDone)
}

@Test func `an end between requests is a clean one`() {
  for stream in [[], get(0), Array("\r\n".utf8)] {
    let exchange = Exchange.check(stream, ends: true)
    #expect(exchange.isDone)
    #expect(exchange.statuses == (stream == get(0) ? [200] : []))
  }
}

@Test(arguments: ["", "GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\na"])
func `a connection that is drained answers what it has read and closes`(begun: String) {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(get(0) + Array(begun.utf8))
  #expect(connection.next() != nil)
  #expect(connection.next() == nil)
  connection.drain()
  #expect(!connection.wantsInput)
  connection.respond(to: 0, with: text("a"))
  let output = String(decoding: connection.takeOutput(), as: UTF8.self)
  #expect(output.contains("\r\nConnection: close\r\n"))
  #expect(output.hasSuffix("\r\n\r\na"))
  #expect(connection.isDone)
}

// MARK: Time

@Test(
  arguments: [
    ("", 60, nil), ("\r\n", 60, nil), ("G", 10, 408), ("GET / HTTP/1.1\r\nHost: h\r\n", 10, 408),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\na", 60, 408),
    ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", 60, 408),
  ] as [(String, Int, Int?)])
func `a client that is too slow is told so, a silent one is left`(
  stream: String, seconds: Int, status: Int?
) {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(Array(stream.utf8))
  #expect(connection.next() == nil)
  #expect(connection.deadline == moment(seconds).uptime)
  connection.advance(to: moment(seconds - 1))
  #expect(connection.wantsInput)
  connection.advance(to: moment(seconds))
  #expect(!connection.wantsInput)
  let output = String(decoding: connection.takeOutput(), as: UTF8.self)
  #expect(output.dropFirst(9).prefix(3) == (status.map(String.init) ?? ""))
  #expect(status == nil || output.contains("\r\nConnection: close\r\n"))
  #expect(connection.isDone)
  #expect(connection.deadline == nil)
}

@Test func `single bytes do not put a deadline off`() {
  var connection = HTTPConnection(now: Exchange.start)
  for (second, byte) in get(0).prefix(9).enumerated() {
    connection.advance(to: moment(second))
    connection.push([byte])
    #expect(connection.next() == nil)
    #expect(connection.deadline == moment(10).uptime)
  }
}

@Test func `time counts for a client only while it owes something`() {
  var connection = HTTPConnection(now: Exchange.start)
  connection.push(get(0))
  #expect(connection.next() != nil)
  #expect(connection.deadline == nil)
  connection.advance(to: moment(1_000))
  connection.respond(to: 0, with: text("a"))
  #expect(connection.deadline == nil)
  #expect(bodies(connection.takeOutput()) == "a")
  #expect(connection.deadline == moment(1_060).uptime)
  connection.advance(to: moment(1_059))
  connection.push(get(1).prefix(3) + [])
  #expect(connection.next() == nil)
  #expect(connection.deadline == moment(1_069).uptime)
  // The next request has begun; that the one before is not answered gives it no more time.
  connection.push(get(1).dropFirst(3) + get(2).prefix(2))
  #expect(connection.next() != nil)
  #expect(connection.next() == nil)
  #expect(connection.deadline == moment(1_069).uptime)
  connection.advance(to: moment(1_068))
  #expect(connection.wantsInput)
  connection.advance(to: moment(1_069))
  #expect(!connection.wantsInput)
  #expect(connection.takeOutput() == [])
  connection.respond(to: 1, with: text("b"))
  #expect(String(decoding: connection.takeOutput(), as: UTF8.self).contains("bHTTP/1.1 408 "))
}
