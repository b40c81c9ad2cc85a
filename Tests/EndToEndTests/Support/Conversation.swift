import JSON
import Platform
import Testing

/// The client's end of a byte stream to the program.
protocol ByteStream {
  func write(_ bytes: [UInt8]) throws
  /// What arrives next; empty at the end.
  func read() throws -> [UInt8]
  /// Says that nothing more comes, while answers may still arrive.
  func closeInput()
}

extension Program: ByteStream {}

/// A client of the socket daemon.
final class SocketStream: ByteStream {
  private let descriptor: Descriptor

  init(_ path: String, trusting users: Set<UInt32> = UnixSocket.trustedUsers) throws {
    SignalWatch.ignoreWriteSignals()
    descriptor = try UnixSocket.connect(path: path, trusting: users)
  }

  func write(_ bytes: [UInt8]) throws {
    try descriptor.writeAll(bytes.span, timeout: Program.patience)
  }

  func read() throws -> [UInt8] {
    let ready = try Poll.wait(
      for: .readable, on: descriptor.number, timeout: Program.patience)
    if ready.isEmpty { throw Program.Failure.tooSlow(doing: "reading the socket", notices: "") }
    var room = [UInt8](repeating: 0, count: 65_536)
    do throws(SystemError) {
      let count = try descriptor.read(into: &room)
      return Array(room.prefix(count))
    } catch {
      // The daemon closed with bytes of ours unread.
      if error.isBrokenPipe { return [] }
      throw error
    }
  }

  func closeInput() {
    descriptor.shutDown(.writing)
  }
}

/// How messages are told apart, written here a second time so that the program's own code cannot hide a mistake.
enum WireFraming: CaseIterable {
  case line, header

  func frame(_ body: [UInt8]) -> [UInt8] {
    switch self {
    case .line: body + [0x0A]
    case .header: Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
  }

  /// Takes the first whole message off the front.
  func takeFrame(_ bytes: inout [UInt8]) throws -> [UInt8]? {
    let body: Range<Int>
    let end: Int
    switch self {
    case .line:
      guard let lineEnd = bytes.firstIndex(of: 0x0A) else { return nil }
      body = 0..<lineEnd
      end = lineEnd + 1
    case .header:
      guard let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
      let header = String(decoding: bytes[..<blank.lowerBound], as: UTF8.self)
      let field = header.split(separator: ": ")
      let length = try #require(Int(field.last ?? ""), "no length in '\(header)'")
      #expect(field.first == "Content-Length")
      end = blank.upperBound + length
      guard bytes.count >= end else { return nil }
      body = blank.upperBound..<end
    }
    defer { bytes.removeSubrange(..<end) }
    return Array(bytes[body])
  }
}

/// A client's conversation with the program, one request after the other.
final class Conversation {
  let stream: any ByteStream
  let framing: WireFraming
  private var arrived: [UInt8] = []
  private var nextID = 1

  init(_ stream: any ByteStream, _ framing: WireFraming = .line) {
    self.stream = stream
    self.framing = framing
  }

  func send(_ message: JSONValue) throws {
    try stream.write(framing.frame(message.serialized()))
  }

  /// The next message, which is an object; nil at the end of the stream.
  func receive() throws -> JSONObject? {
    guard let message = try receiveAny() else { return nil }
    let object: JSONObject = try #require(message.objectValue, "no object: \(message.text())")
    return object
  }

  /// The next message or batch; nil at the end of the stream.
  func receiveAny() throws -> JSONValue? {
    // What has been searched once for the end of a line is not searched again with each piece that follows.
    var mayBeWhole = true
    while true {
      if mayBeWhole, let body = try framing.takeFrame(&arrived) {
        return try JSONDocument.parse(body).root
      }
      let bytes = try stream.read()
      mayBeWhole = framing == .header || bytes.contains(0x0A)
      if bytes.isEmpty {
        #expect(arrived.isEmpty, "the stream ends within a message")
        return nil
      }
      arrived += bytes
    }
  }

  /// Sends a request and returns its reply, whatever it says.
  func request(_ method: String, _ params: JSONValue? = nil) throws -> JSONObject {
    let id = nextID
    nextID += 1
    var message: JSONObject = [
      "jsonrpc": "2.0", "id": .number(JSONNumber(id)), "method": .string(method),
    ]
    if let params { message["params"] = params }
    try send(.object(message))
    let reply = try #require(try receive(), "no reply to '\(method)'")
    #expect(reply["id"] == .number(JSONNumber(id)))
    return reply
  }

  /// Sends a request that must succeed.
  func call(_ method: String, _ params: JSONValue? = nil) throws -> JSONObject {
    let reply = try request(method, params)
    return try #require(
      reply["result"]?.objectValue, "'\(method)' failed: \(JSONValue.object(reply).text())")
  }

  func notify(_ method: String, _ params: JSONValue? = nil) throws {
    var message: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
    if let params { message["params"] = params }
    try send(.object(message))
  }
}
