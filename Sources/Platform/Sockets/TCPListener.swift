import Glibc

/// A TCP port that this process serves. Anybody who can reach the address can connect: there is no user to be asked for.
package struct TCPListener: ~Copyable {
  /// Where it listens, with the port that was chosen if any would do.
  package let address: TCPAddress
  private let socket: Descriptor

  /// Listens at `address`.
  ///
  /// A port whose former connections are still fading (TIME_WAIT) can be taken at once; one that is served cannot. At an
  /// IPv6 address IPv4 is not served.
  ///
  /// - Throws: ``SocketFailure/system(_:)``, which names the address: another serves it, it is none of this machine's,
  ///   or the port is for root alone.
  package static func open(_ address: TCPAddress) throws(SocketFailure) -> TCPListener {
    try SocketFailure.wrapping { () throws(SystemError) in
      // Whoever polls must not block when the client has gone in between.
      let socket = try TCPSocket.open(address.family, isBlocking: false)
      try TCPSocket.setOption(SOL_SOCKET, SO_REUSEADDR, on: socket)
      if address.family == AF_INET6 {
        try TCPSocket.setOption(Int32(IPPROTO_IPV6), IPV6_V6ONLY, on: socket)
      }
      try unsafe address.call("bind", socket) { unsafe bind($0, $1, $2) }
      try SystemCall.run("listen", path: address.text) {
        Glibc.listen(socket.number, queueLength)
      }
      return TCPListener(address: try TCPAddress.bound(of: socket), socket: socket)
    }
  }

  private init(address: TCPAddress, socket: consuming Descriptor) {
    self.address = address
    self.socket = socket
  }

  /// Becomes readable when a client waits; for ``Poll``.
  package var number: Int32 { socket.number }

  /// Lets nobody connect any more. Who waits in the queue and was not accepted is turned away.
  package borrowing func closeDoor() {
    socket.shutDown(.reading)
  }

  /// Takes the next client from the queue.
  ///
  /// - Parameter timeout: How long to wait for one; nil waits for ever.
  /// - Returns: The connection; nil when the time has passed.
  /// - Throws: ``SocketFailure``: `exhausted`, after which the listener serves on, and a caller lets some time pass or
  ///   some connection close before the next call. `system` is final.
  package borrowing func accept(
    timeout: Duration? = nil
  ) throws(SocketFailure) -> Descriptor? {
    try ListeningSocket.wait(timeout, on: number) { () throws(SocketFailure) in
      try acceptWaiting()
    }
  }

  /// Takes the next client from the queue; nil where none waits, or the one that did has gone. See ``accept(timeout:)``.
  ///
  /// What is written goes out at once: answers are written whole, and waiting for more would only delay them.
  package borrowing func acceptWaiting() throws(SocketFailure) -> Descriptor? {
    guard let connection = try ListeningSocket.takeNext(number, address.text) else { return nil }
    try SocketFailure.wrapping { () throws(SystemError) in
      try TCPSocket.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, on: connection)
    }
    return connection
  }

  /// The queue of clients that have connected and were not accepted.
  private static let queueLength: Int32 = 128
}

/// Connections through addresses.
package enum TCPSocket {
  /// Connects to whoever listens at `address`.
  ///
  /// - Throws: ``SystemError``, which names the address.
  package static func connect(_ address: TCPAddress) throws(SystemError) -> Descriptor {
    let connection = try open(address.family)
    try unsafe address.call("connect", connection) { unsafe Glibc.connect($0, $1, $2) }
    try setOption(Int32(IPPROTO_TCP), TCP_NODELAY, on: connection)
    return connection
  }

  static func open(_ family: Int32, isBlocking: Bool = true) throws(SystemError) -> Descriptor {
    let flags = SOCK_CLOEXEC.rawValue | (isBlocking ? 0 : SOCK_NONBLOCK.rawValue)
    let type = Int32(SOCK_STREAM.rawValue) | Int32(flags)
    return Descriptor(owning: try SystemCall.run("socket") { socket(family, type, 0) })
  }

  static func setOption(
    _ level: Int32, _ name: Int32, on socket: borrowing Descriptor
  ) throws(SystemError) {
    var value: Int32 = 1
    let length = socklen_t(MemoryLayout<Int32>.size)
    let number = socket.number
    try SystemCall.run("setsockopt") { unsafe setsockopt(number, level, name, &value, length) }
  }
}
