import EngineHTTP
import HTTP
import HTTPServing
import Platform
import Testing

/// A listener that a thread serves.
private final class Served: Sendable {
  let listener: TCPListener
  let done: WakePipe

  init() throws {
    listener = try TCPListener.open(.loopback(port: 0))
    done = try WakePipe()
  }
}

@Test func `an Engine answers over TCP until it is told to end`() throws {
  let exchange = try Exchange()
  let door = EngineDoor(exchange.engine)
  let server = try HTTPServer { request, goesOn in
    door.respond(to: request) { _ in goesOn() }
  }
  let served = try Served()
  try Thread.spawn(name: "engine") {
    try? server.serve(served.listener)
    served.done.wake()
  }
  let client = try TCPSocket.connect(served.listener.address)
  let text =
    "POST /v1/run HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    + String(smallModel.utf8.count, radix: 16) + "\r\n" + smallModel + "\r\n0\r\n\r\n"
    + "GET /v1/artifacts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
  try client.writeAll(Array(text.utf8).span)
  var answer: [UInt8] = []
  var room = [UInt8](repeating: 0, count: 4096)
  while true {
    try #require(
      !(try Poll.wait(for: .readable, on: client.number, timeout: .seconds(60))).isEmpty)
    let count = try client.read(into: &room)
    if count == 0 { break }
    answer += room[..<count]
  }
  let answers = String(decoding: answer, as: UTF8.self)
  #expect(answers.split(separator: "HTTP/1.1 200 OK\r\n").count == 2)
  #expect(answers.contains("\"served\":[8,8,8]") && answers.contains("\"total\":1"))
  server.end()
  #expect(
    !(try Poll.wait(for: .readable, on: served.done.number, timeout: .seconds(60))).isEmpty)
}
