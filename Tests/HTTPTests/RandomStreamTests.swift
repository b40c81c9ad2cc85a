import HTTP
import TestSupport
import Testing

/// Pieces of which streams are put together, so that some of them get far.
private let pieces: [[UInt8]] = [
  "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "POST /a?b=c HTTP/1.1\r\n", "Host: h\r\n", "\r\n", "\n",
  "\r",
  "Content-Length: 3\r\n", "Content-Length: 99999\r\n", "Transfer-Encoding: chunked\r\n",
  "3\r\nabc\r\n",
  "0\r\n\r\n", "5;x=y\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "HTTP/1.0\r\n",
  "abc", " ",
  ":", "%2e", "%", "/", "?", "\u{0}", "é", "OPTIONS * HTTP/1.1\r\n", "HEAD ", "fffffffff",
].map { Array($0.utf8) }

@Test(arguments: 0..<40)
func `whatever comes, nothing traps and everything stays within its bounds`(seed: UInt64) {
  var random = SplitMix64(seed: seed)
  var limits = HTTPLimits()
  limits.requestLineLengthMax = 64
  limits.headerLengthMax = 128
  limits.headerCountMax = 5
  limits.bodyLengthMax = 64
  limits.chunkExtensionLengthMax = 8
  limits.trailerLengthMax = 16
  limits.pipelinedCountMax = 3
  limits.waitingInputLengthMax = 256
  limits.waitingOutputLengthMax = 512
  for _ in 0..<50 {
    var connection = HTTPConnection(limits: limits, now: Exchange.start)
    var waiting: [Int] = []
    var time = 0
    for _ in 0..<60 where !connection.isDone {
      switch UInt8.random(in: 0..<12, using: &random) {
      case 0..<5:
        connection.push(pieces.randomElement(using: &random) ?? [])
      case 5:
        connection.push((0..<9).map { _ in UInt8.random(in: 0...255, using: &random) })
      case 6..<9:
        while let request = connection.next() {
          waiting.append(request.number)
          #expect(request.body.count <= limits.bodyLengthMax, "seed \(seed)")
        }
      case 9:
        if let number = waiting.randomElement(using: &random) {
          connection.respond(to: number, with: Response(.ok, .plain, Array("ok".utf8)))
        }
      case 10:
        time += Int.random(in: 0..<9, using: &random)
        connection.advance(
          to: Moment(uptime: Exchange.start.uptime + .seconds(time), unixSeconds: time))
      default:
        _ = connection.takeOutput()
      }
      // One more than may wait is the refusal, or a body on its way.
      #expect(connection.pendingCount <= limits.pipelinedCountMax + 1, "seed \(seed)")
    }
    connection.finish()
    while let request = connection.next() { waiting.append(request.number) }
    for number in waiting { connection.respond(to: number, with: Response(.noContent)) }
    while !connection.isDone {
      let output = connection.takeOutput()
      var isMore = !output.isEmpty
      while let request = connection.next() {
        connection.respond(to: request.number, with: Response(.noContent))
        isMore = true
      }
      #expect(isMore || connection.isDone, "seed \(seed)")
      if !isMore { break }
    }
    #expect(connection.isDone, "seed \(seed)")
  }
}

@Test(arguments: 0..<20)
func `a request that is written is read back`(seed: UInt64) {
  var random = SplitMix64(seed: seed)
  func word() -> String {
    let letters = Array("abcXYZ019é /&=+%;~😀")
    return String(
      (0..<Int.random(in: 1...6, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      })
  }
  func encoded(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
  for _ in 0..<20 {
    let segments = (0..<3).map { _ in word().replacing("/", with: "-") }
    let pairs = (0..<3).map { _ in (word(), word()) }
    let value = word().replacing(" ", with: "")
    let body = word()
    let isChunked = Bool.random(using: &random)
    let target =
      segments.map { "/" + encoded($0) }.joined() + "?"
      + pairs.map { encoded($0.0) + "=" + encoded($0.1) }.joined(separator: "&")
    let head = "POST \(target) HTTP/1.1\r\nHost: h\r\nX-A: \(value)\r\n"
    let size = body.utf8.count
    let stream =
      isChunked
      ? head
        + "Transfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
      : head + "Content-Length: \(size)\r\n\r\n\(body)"
    var connection = HTTPConnection(now: Exchange.start)
    connection.push(Array(stream.utf8))
    let request = connection.next()
    #expect(request?.target.segments == segments, "seed \(seed)")
    #expect(request?.target.query.map(\.name) == pairs.map(\.0), "seed \(seed)")
    #expect(request?.target.query.map(\.value) == pairs.map(\.1), "seed \(seed)")
    #expect(request?.fields["x-a"] == value, "seed \(seed)")
    #expect(request?.body == Array(body.utf8), "seed \(seed)")
  }
}
