import JSON
import JSONRPC

/// The frames, the failure and the replies are the same however the stream is cut.
func fuzzFraming(_ bytes: Span<UInt8>) {
  let stream = bytes.prefixArray(512)
  var limits = RPCLimits()
  limits.bodyLengthMax = 200
  limits.headerLengthMax = 100
  limits.headerCountMax = 3
  limits.batchCountMax = 5
  for framing in [Framing.header, nil] {
    let whole = Listener(stream, [], framing, limits)
    Invariant.demand(
      Listener(stream, Array(stream.indices), framing, limits) == whole,
      "byte by byte is as in one piece, framing \(framing == nil ? "found" : "known")")
    // The stream itself says where else it is cut.
    var cuts: [Int] = []
    for byte in stream {
      let cut = (cuts.last ?? 0) + Int(byte & 0x1F)
      if cut < stream.count { cuts.append(cut) }
    }
    Invariant.demand(
      Listener(stream, cuts, framing, limits) == whole,
      "cut at \(cuts) is as in one piece, framing \(framing == nil ? "found" : "known")")
  }
}

/// What comes of a stream.
private struct Listener: Equatable {
  var frames: [FrameDecoder.Frame] = []
  var failure: FrameDecoder.Failure?
  var calls: [Incoming] = []
  var state = RPCConnection.State.open
  /// Codes and ids alone: a message may show more or less of what could not be read.
  var replies: [String] = []

  init(_ stream: [UInt8], _ cuts: [Int], _ framing: Framing?, _ limits: RPCLimits) {
    var decoder = FrameDecoder(framing: framing, limits: limits)
    var connection = RPCConnection(framing: framing, limits: limits)
    var start = 0
    for end in cuts + [stream.count] {
      let piece = stream[start..<end]
      decoder.push(piece)
      connection.receive(piece)
      listen(&decoder, &connection)
      start = end
    }
    decoder.finish()
    connection.finish()
    listen(&decoder, &connection)
    state = connection.state
    Invariant.demand(connection.pendingCount == 0, "nothing waits for an answer")
    for reply in Reply.all(in: connection.takeOutput(), connection.framing ?? .header) {
      replies.append("\(reply.id) \(reply.code)")
    }
  }

  private mutating func listen(_ decoder: inout FrameDecoder, _ connection: inout RPCConnection) {
    do throws(FrameDecoder.Failure) {
      while let frame = try decoder.next() { frames.append(frame) }
    } catch {
      failure = error
    }
    while let incoming = connection.next() {
      calls.append(incoming)
      if case .request(let key, _, let params) = incoming {
        connection.reply(to: key, with: .success(params?.value ?? .null))
      }
    }
  }
}
