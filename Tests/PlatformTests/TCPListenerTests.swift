import Glibc
import Platform
import Testing

@Test(arguments: [
  ("127.0.0.1:8080", "127.0.0.1:8080", true), ("[::1]:0", "[::1]:0", true),
  ("localhost:65535", "127.0.0.1:65535", true), ("80", "127.0.0.1:80", true),
  ("127.1.2.3:007", "127.1.2.3:7", true), ("0.0.0.0:80", "0.0.0.0:80", false),
  ("[::]:80", "[::]:80", false), ("192.168.0.1:80", "192.168.0.1:80", false),
  ("[0:0:0:0:0:0:0:1]:80", "[::1]:80", true),
  ("[::ffff:127.0.0.1]:80", "[::ffff:127.0.0.1]:80", false),
])
func `an address is numbers and a port`(text: String, expected: String, isLoopback: Bool) {
  let address = TCPAddress(text)
  #expect(address?.text == expected)
  #expect(address?.isLoopback == isLoopback)
  #expect(address.flatMap { TCPAddress($0.text) } == address)
}

@Test(arguments: [
  "", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1",
  "127.0.0.1: 80", "127.0.0.1:000080", "127.1:80", "::1:80", "[::1]", "[::1]80", "[127.0.0.1]:80",
  "example.org:80", "256.0.0.1:80", "127.0.0.1:٨٠", "127.0.0.1\u{0}:80", "[::1%lo]:80", "[]:80",
])
func `nothing else is an address`(text: String) {
  #expect(TCPAddress(text) == nil)
}

/// Whether the machine has IPv6 at all.
private var hasIPv6: Bool {
  guard let address = TCPAddress("[::1]:0"), (try? TCPListener.open(address).number) != nil else {
    return false
  }
  return true
}

@Test(arguments: ["127.0.0.1:0", "[::1]:0"])
func `a served address carries bytes both ways`(text: String) throws {
  let address = try #require(TCPAddress(text))
  guard address.text.hasPrefix("127") || hasIPv6 else { return }
  let listener = try TCPListener.open(address)
  #expect(listener.address.port != 0)
  #expect(listener.address.isLoopback)
  #expect(fcntl(listener.number, F_GETFD) & FD_CLOEXEC != 0)
  let isEmpty = try listener.accept(timeout: .zero) == nil
  #expect(isEmpty)
  let client = try TCPSocket.connect(listener.address)
  guard let server = try listener.accept(timeout: .seconds(60)) else {
    Issue.record("no client")
    return
  }
  #expect(fcntl(server.number, F_GETFD) & FD_CLOEXEC != 0)
  #expect(fcntl(server.number, F_GETFL) & O_NONBLOCK == 0)
  try client.writeAll([1, 2].span)
  var room: [UInt8] = [0, 0, 0]
  #expect(try server.read(into: &room) == 2)
  #expect(room == [1, 2, 0])
  try server.writeAll([3].span)
  server.shutDown(.writing)
  #expect(try client.read(into: &room) == 1)
  #expect(room == [3, 2, 0])
  #expect(try client.read(into: &room) == 0)
}

/// Why an address cannot be served.
private func refusal(_ address: TCPAddress) -> String {
  do throws(SocketFailure) {
    return try TCPListener.open(address).address.text
  } catch {
    return error.message
  }
}

@Test func `an address that is served or foreign is refused by name`() throws {
  let listener = try TCPListener.open(.loopback(port: 0))
  let text = listener.address.text
  #expect(refusal(listener.address) == "cannot make the socket '\(text)': Address already in use")
  // 192.0.2.0/24 is for documentation: no machine has an address of it.
  let foreign = try #require(TCPAddress("192.0.2.1:80"))
  #expect(
    refusal(foreign) == "cannot make the socket '192.0.2.1:80': Cannot assign requested address")
}

@Test func `a port is taken again at once, though its connections are still fading`() throws {
  var address = TCPAddress.loopback(port: 0)
  do {
    let listener = try TCPListener.open(address)
    address = listener.address
    let client = try TCPSocket.connect(address)
    guard let server = try listener.accept(timeout: .seconds(60)) else {
      Issue.record("no client")
      return
    }
    // Who closes first keeps the port fading.
    server.close()
    var room: [UInt8] = [0]
    #expect(try client.read(into: &room) == 0)
  }
  #expect(refusal(address) == address.text)
}

@Test func `a closed door lets nobody in`() throws {
  let listener = try TCPListener.open(.loopback(port: 0))
  listener.closeDoor()
  #expect(throws: SystemError(call: "connect", path: listener.address.text, code: ECONNREFUSED)) {
    _ = try TCPSocket.connect(listener.address).number
  }
  let isEmpty = try listener.acceptWaiting() == nil
  #expect(isEmpty)
}
