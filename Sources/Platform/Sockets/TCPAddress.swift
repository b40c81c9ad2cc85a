import Glibc

/// Where a TCP socket listens or connects to: an address in numbers and a port. No name is looked up.
package struct TCPAddress: Hashable, Sendable {
  /// 4 for IPv4 or 16 for IPv6, the most significant first.
  private let bytes: [UInt8]
  /// 0 asks for any that is free.
  package let port: UInt16

  /// The IPv4 address of this machine that no other can reach.
  package static func loopback(port: UInt16) -> TCPAddress {
    TCPAddress(bytes: [127, 0, 0, 1], port: port)
  }

  private init(bytes: [UInt8], port: UInt16) {
    self.bytes = bytes
    self.port = port
  }

  /// - Parameter text: `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, or `8080` for that port of the loopback.
  /// - Returns: nil for any other text.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let portStart = bytes.lastIndex(of: 0x3A).map { $0 + 1 } ?? 0
    let digits = bytes[portStart...]
    guard !digits.isEmpty, digits.count <= 5, digits.allSatisfy({ $0 &- 0x30 < 10 }),
      let port = UInt16(String(decoding: digits, as: UTF8.self))
    else { return nil }
    self.port = port
    let host = bytes[..<max(portStart - 1, 0)]
    if portStart == 0 || host.elementsEqual("localhost".utf8) {
      self.bytes = TCPAddress.loopback(port: port).bytes
    } else if host.first == 0x5B, host.last == 0x5D {
      guard let bytes = Self.bytes(host.dropFirst().dropLast(), AF_INET6, count: 16) else {
        return nil
      }
      self.bytes = bytes
    } else {
      guard let bytes = Self.bytes(host, AF_INET, count: 4) else { return nil }
      self.bytes = bytes
    }
  }

  private static func bytes(_ host: ArraySlice<UInt8>, _ family: Int32, count: Int) -> [UInt8]? {
    guard !host.contains(0) else { return nil }
    var room = [UInt8](repeating: 0, count: count)
    let answer = unsafe String(decoding: host, as: UTF8.self).withCString { text in
      unsafe inet_pton(family, text, &room)
    }
    return answer == 1 ? room : nil
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    bytes.count == 4 ? bytes.first == 127 : bytes.elementsEqual(Self.loopback6)
  }

  private static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  /// As ``init(_:)`` reads it, and as it stands in a URL.
  package var text: String {
    var room = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let size = socklen_t(room.count)
    _ = unsafe inet_ntop(family, bytes, &room, size)
    let host = String(
      decoding: room.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return bytes.count == 4 ? "\(host):\(port)" : "[\(host)]:\(port)"
  }

  var family: Int32 { bytes.count == 4 ? AF_INET : AF_INET6 }

  /// Where a socket is bound.
  static func bound(of socket: borrowing Descriptor) throws(SystemError) -> TCPAddress {
    var storage = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let number = socket.number
    try SystemCall.run("getsockname") {
      unsafe withUnsafeMutablePointer(to: &storage) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getsockname(number, $0, &length)
        }
      }
    }
    // The port stands at the same place in both forms; the address behind it, or behind the flow.
    let raw = unsafe withUnsafeBytes(of: storage) { unsafe Array($0) }
    let isOld = Int32(storage.sin6_family) == AF_INET
    return TCPAddress(
      bytes: Array(isOld ? raw[4..<8] : raw[8..<24]), port: UInt16(bigEndian: storage.sin6_port))
  }

  /// Makes a call that takes a socket and an address.
  func call(
    _ name: String, _ socket: borrowing Descriptor,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(SystemError) {
    if bytes.count == 4 {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: bytes) }
      try unsafe pass(address, name, socket, body)
    } else {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: bytes) }
      try unsafe pass(address, name, socket, body)
    }
  }

  private func pass<Address>(
    _ address: Address, _ name: String, _ socket: borrowing Descriptor,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(SystemError) {
    let number = socket.number
    try SystemCall.run(name, path: text) {
      unsafe withUnsafePointer(to: address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe body(number, $0, socklen_t(MemoryLayout<Address>.size))
        }
      }
    }
  }
}
