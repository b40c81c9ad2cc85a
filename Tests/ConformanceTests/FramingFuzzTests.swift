import JSON
import JSONRPC
import Testing

/// Any bytes: the frames, the failure and the replies are the same however the stream is cut.
///
/// Total: it must return for every input.
func fuzzFraming(_ bytes: Span<UInt8>) {
  let stream = bytes.indices.prefix(512).map { bytes[$0] }
  var limits = RPCLimits()
  limits.bodyLengthMax = 200
  limits.headerLengthMax = 100
  limits.headerCountMax = 3
  for framing in [Framing.header, nil] {
    let whole = Listener(stream, [], framing, limits)
    let pieces = Listener(stream, Array(stream.indices), framing, limits)
    #expect(pieces == whole)
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
      let piece = stream.span.extracting(start..<end)
      decoder.push(piece)
      connection.receive(piece)
      listen(&decoder, &connection)
      start = end
    }
    decoder.finish()
    connection.finish()
    listen(&decoder, &connection)
    state = connection.state
    readReplies(connection.takeOutput(), connection.framing ?? .header)
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
        connection.reply(to: key, with: .success(params ?? .null))
      }
    }
  }

  private mutating func readReplies(_ output: [UInt8], _ framing: Framing) {
    var decoder = FrameDecoder(framing: framing)
    decoder.push(output.span)
    decoder.finish()
    // What is written can be read, and each reply is of the right form.
    while let frame = try? decoder.next(), case .body(let body) = frame {
      let root = (try? JSONDocument.parse(body))?.root
      for reply in root?.arrayValue ?? [root ?? .null] {
        let object = reply.objectValue
        #expect(object?["jsonrpc"] == "2.0")
        #expect((object?["result"] == nil) != (object?["error"] == nil))
        let code = object?["error"]?.objectValue?["code"]?.text() ?? "result"
        replies.append("\(object?["id"]?.text() ?? "-") \(code)")
      }
    }
  }
}

@Test func `any stream is heard alike however it is cut`() throws {
  var streams: [[UInt8]] = []
  for row in try ConformanceData.values("lsp-framing/cases.jsonl") {
    let hex = (row["chunks_hex"]?.arrayValue ?? []).compactMap(\.stringValue)
    streams.append(try hex.flatMap { try ConformanceData.unhex($0) })
  }
  for file in ["jsonrpc/spec-examples.jsonl", "jsonrpc/edge-cases.jsonl"] {
    for row in try ConformanceData.values(file) {
      let body = Array((row["send"]?.stringValue ?? "").utf8)
      for framing in [Framing.line, .header] {
        var stream: [UInt8] = []
        for _ in 0..<2 { framing.append(body, to: &stream) }
        streams.append(stream)
      }
    }
  }
  Fuzz.run(over: streams, fuzzFraming)
}
