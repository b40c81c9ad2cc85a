import HTTP
import HTTPServing
import Platform
import Testing

/// A server on a free port of the loopback address that repeats what it is sent.
private final class Echo: Sendable {
  let server: HTTPServer
  let address: TCPAddress
  private let done: Shared

  init(
    serving: ServingLimits = ServingLimits(), limits: HTTPLimits = HTTPLimits(),
    policy: HostPolicy = HostPolicy(),
    answer: @escaping HTTPServer.Answer = { request, _ in Response(.ok, .plain, request.body) }
  ) throws {
    server = try HTTPServer(limits: limits, serving: serving, policy: policy, answer: answer)
    done = Shared(try WakePipe())
    let listener = try TCPListener.open(.loopback(port: 0))
    address = listener.address
    let holder = Holder(listener)
    try Thread.spawn(name: "echo") { [server, done] in
      try? server.serve(holder.listener)
      done.pipe.wake()
    }
  }

  deinit { server.end() }

  func client() throws -> Descriptor { try TCPSocket.connect(address) }

  /// Waits until ``HTTPServer/serve(_:until:)`` has returned.
  func waitForEnd() throws -> Bool {
    !(try Poll.wait(for: .readable, on: done.pipe.number, timeout: .seconds(60))).isEmpty
  }
}

private func post(_ body: String, _ fields: String = "Host: localhost\r\n") -> [UInt8] {
  Array("POST / HTTP/1.1\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
}

/// Reads until the text so far ends with `end`, or the other end has closed.
private func read(_ client: borrowing Descriptor, until end: String? = nil) throws -> String {
  var text: [UInt8] = []
  var room = [UInt8](repeating: 0, count: 4096)
  while true {
    let ready = try Poll.wait(for: .readable, on: client.number, timeout: .seconds(60))
    try #require(!ready.isEmpty, "nothing has come")
    let count = try client.read(into: &room)
    text += room[..<count]
    if count == 0 { break }
    if let end, text.suffix(end.utf8.count).elementsEqual(end.utf8) { break }
  }
  return String(decoding: text, as: UTF8.self)
}

/// Waits for what the server does by itself and tells nobody.
private func wait(until isSo: () -> Bool) throws {
  for _ in 0..<60_000 where !isSo() { _ = try Poll.wait(on: [], timeout: .milliseconds(1)) }
  #expect(isSo())
}

@Test func `requests of one connection are answered in their order`() throws {
  let echo = try Echo()
  let client = try echo.client()
  try client.writeAll((post("first") + post("second")).span)
  let answers = try read(client, until: "second")
  #expect(answers.split(separator: "HTTP/1.1 200 OK\r\n").count == 2)
  #expect(answers.contains("first"))
  try client.writeAll(post("third").span)
  #expect(try read(client, until: "third").hasPrefix("HTTP/1.1 200 OK\r\n"))
}

@Test func `a request that cannot be read is refused and the connection closes`() throws {
  let echo = try Echo()
  let client = try echo.client()
  try client.writeAll(Array("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".utf8).span)
  let answer = try read(client)
  #expect(answer.hasPrefix("HTTP/1.1 400 "))
  #expect(answer.contains("Connection: close\r\n"))
}

@Test(arguments: [
  ("Host: localhost:1\r\n", 200), ("Host: LOCALHOST\r\n", 200), ("Host: 127.0.0.1:80\r\n", 200),
  ("Host: [::1]:80\r\n", 200), ("Host: 192.168.1.7\r\n", 200), ("Host: flow.example:80\r\n", 200),
  ("Host: evil.example\r\n", 421), ("Host: localhost.evil.example\r\n", 421),
  ("Host: 127.0.0.1.evil.example\r\n", 421), ("Host: 1.2.3.400\r\n", 421),
  ("Host: localhost\r\nOrigin: http://localhost:5173\r\n", 200),
  ("Host: localhost\r\nOrigin: http://127.0.0.1:5173\r\n", 200),
  ("Host: 10.0.0.1:80\r\nOrigin: http://10.0.0.1:80\r\n", 200),
  ("Host: localhost\r\nOrigin: https://flow.example\r\n", 200),
  ("Host: localhost\r\nOrigin: http://evil.example\r\n", 403),
  ("Host: localhost\r\nOrigin: http://10.0.0.1\r\n", 403),
  ("Host: localhost\r\nOrigin: null\r\n", 403),
])
func `who may ask is known by host and origin`(fields: String, status: Int) throws {
  let echo = try Echo(policy: HostPolicy(names: ["flow.example"]))
  let client = try echo.client()
  try client.writeAll((post("x", fields + "Connection: close\r\n")).span)
  #expect(try read(client).hasPrefix("HTTP/1.1 \(status) "))
}

@Test(arguments: [1, 2, 3])
func `at the bound of connections the next client waits for a place`(countMax: Int) throws {
  var serving = ServingLimits()
  serving.connectionCountMax = countMax
  let echo = try Echo(serving: serving)
  var held: [Held] = []
  for number in 1...countMax {
    let client = try echo.client()
    // With half a request it is not at rest.
    try client.writeAll((post("held \(number)") + Array("POST /".utf8)).span)
    _ = try read(client, until: "held \(number)")
    held.append(Held(client))
  }
  #expect(echo.server.connectionCount == countMax)
  let waiting = try echo.client()
  try waiting.writeAll(post("waited").span)
  #expect(
    try Poll.wait(for: .readable, on: waiting.number, timeout: .milliseconds(50)).isEmpty)
  held.removeFirst()
  #expect(try read(waiting, until: "waited").contains("waited"))
}

@Test func `at the bound of connections the one that has rested longest makes room`() throws {
  var serving = ServingLimits()
  serving.connectionCountMax = 3
  let echo = try Echo(serving: serving)
  /// Asks, and waits until so many connections rest: the server may say so later than its client has the answer.
  func ask(_ client: Held, _ text: String, resting count: Int) throws {
    try client.descriptor.writeAll(post(text).span)
    #expect(try read(client.descriptor, until: text).hasSuffix("\r\n\r\n" + text))
    try wait { echo.server.restingCount >= count }
  }
  let half = Held(try echo.client())
  try half.descriptor.writeAll((post("half") + Array("POST / HTTP/1.1\r\n".utf8)).span)
  #expect(try read(half.descriptor, until: "half").hasSuffix("half"))
  let silent = Held(try echo.client())
  try wait { echo.server.connectionCount == 2 }
  let first = Held(try echo.client())
  try ask(first, "first", resting: 2)
  // Each takes the place of the one that has said nothing for longest.
  let second = Held(try echo.client())
  try ask(second, "second", resting: 2)
  #expect(try read(silent.descriptor).isEmpty)
  try ask(first, "again", resting: 2)
  let third = Held(try echo.client())
  try ask(third, "third", resting: 2)
  #expect(try read(second.descriptor).isEmpty)
  try ask(first, "still there", resting: 2)
  // Never that of one with half a request.
  let rest = "Host: localhost\r\nContent-Length: 4\r\n\r\nrest"
  try half.descriptor.writeAll(Array(rest.utf8).span)
  #expect(try read(half.descriptor, until: "\r\n\r\nrest").hasSuffix("rest"))
  #expect(echo.server.connectionCount == 3)
  extendLifetime(third)
}

@Test func `a connection that comes to rest makes room for who waits already`() throws {
  var serving = ServingLimits()
  serving.connectionCountMax = 1
  let started = Shared(try WakePipe())
  let go = Shared(try WakePipe())
  let echo = try Echo(serving: serving) { request, _ in
    if request.body.elementsEqual("busy".utf8) {
      started.pipe.wake()
      try? go.pipe.wait()
    }
    return Response(.ok, .plain, request.body)
  }
  let busy = try echo.client()
  try busy.writeAll(post("busy").span)
  try started.pipe.wait()
  let waiting = try echo.client()
  try waiting.writeAll(post("waited").span)
  #expect(try Poll.wait(for: .readable, on: waiting.number, timeout: .milliseconds(50)).isEmpty)
  go.pipe.wake()
  #expect(try read(busy).hasSuffix("busy"))
  #expect(try read(waiting, until: "waited").hasSuffix("waited"))
}

@Test func `an end in good order answers what was asked and closes the rest`() throws {
  let started = try WakePipe()
  let goesOn = try WakePipe()
  let start = Shared(started)
  let go = Shared(goesOn)
  let echo = try Echo { request, _ in
    if request.body.isEmpty { return Response(.ok, .plain, []) }
    start.pipe.wake()
    try? go.pipe.wait()
    return Response(.ok, .plain, request.body)
  }
  let idle = try echo.client()
  let half = try echo.client()
  try half.writeAll(Array("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Le".utf8).span)
  let busy = try echo.client()
  try busy.writeAll(post("asked").span)
  try start.pipe.wait()
  echo.server.end()
  #expect(try read(idle).isEmpty)
  #expect(try read(half).isEmpty)
  go.pipe.wake()
  let answer = try read(busy)
  #expect(answer.hasSuffix("asked") && answer.contains("Connection: close\r\n"))
  #expect(try echo.waitForEnd())
  #expect(throws: (any Error).self) { _ = try echo.client() }
}

@Test func `work that outlasts the end is told that nobody waits`() throws {
  var serving = ServingLimits()
  serving.drainTimeMax = .milliseconds(20)
  let started = Shared(try WakePipe())
  let echo = try Echo(serving: serving) { _, goesOn in
    started.pipe.wake()
    while goesOn() { _ = try? Poll.wait(on: [], timeout: .milliseconds(1)) }
    return Response(.unavailable)
  }
  let client = try echo.client()
  try client.writeAll(post("long").span)
  try started.pipe.wait()
  echo.server.end()
  #expect(try echo.waitForEnd())
  #expect(echo.server.connectionCount == 0)
}

/// Says when nobody refers to it any more.
private final class Kept: Sendable {
  let bell: Shared

  init(_ bell: Shared) { self.bell = bell }

  deinit { bell.pipe.wake() }
}

@Test func `what an answer keeps lasts until the client has taken it`() throws {
  let bell = Shared(try WakePipe())
  let echo = try Echo { _, _ in
    var response = Response(.ok, .plain, [UInt8](repeating: 0x78, count: 16 << 20) + [0x79])
    response.keeps = [Kept(bell)]
    return response
  }
  let client = try echo.client()
  // Of two requests the second is not looked at before the first lets go.
  try client.writeAll((post("a") + post("b")).span)
  var first = [UInt8](repeating: 0, count: 64)
  #expect(try client.read(into: &first) > 0)
  #expect(try Poll.wait(for: .readable, on: bell.pipe.number, timeout: .milliseconds(50)).isEmpty)
  _ = try read(client, until: "y")
  #expect(
    !(try Poll.wait(for: .readable, on: bell.pipe.number, timeout: .seconds(60))).isEmpty)
}

@Test func `a client that takes nothing is given up`() throws {
  var serving = ServingLimits()
  serving.writeTimeMax = .milliseconds(50)
  let echo = try Echo(serving: serving) { _, _ in
    Response(.ok, .bytes, [UInt8](repeating: 1, count: 64 << 20))
  }
  let client = try echo.client()
  try client.writeAll(post("much").span)
  // It counts as open until then.
  while echo.server.connectionCount > 0 {
    _ = try Poll.wait(on: [], timeout: .milliseconds(5))
  }
}

@Test func `a client that sends half a request is told so`() throws {
  var limits = HTTPLimits()
  limits.headTimeMax = .milliseconds(50)
  let echo = try Echo(limits: limits)
  let client = try echo.client()
  try client.writeAll(Array("GET / HTTP/1.1\r\n".utf8).span)
  #expect(try read(client).hasPrefix("HTTP/1.1 408 "))
}

/// A pipe that closures share.
private final class Shared: Sendable {
  let pipe: WakePipe

  init(_ pipe: consuming WakePipe) { self.pipe = pipe }
}

/// A connection that is open as long as the value lives.
private final class Held: Sendable {
  let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
}

private final class Holder: Sendable {
  let listener: TCPListener

  init(_ listener: consuming TCPListener) { self.listener = listener }
}
