import FlowModel
import JSON
import JSONRPC
import Operations
import Server

/// Bytes of a conversation to bytes of its answers, without a descriptor.
func protocolMeasurements(_ inputs: Inputs) -> [Measurement] {
  let echo = request("echo", ["text": .string(String(repeating: "x", count: 204))])
  let generate = request("generate", ["templateId": "it-system-microservices"])
  let status = request("status", [:])
  return [Framing.line, .header].flatMap { framing in
    [
      decoding(echo, framing),
      conversation("echo", echo, count: 64, framing, inputs),
      conversation("echo", echo, count: 1, framing, inputs),
      conversation("generate", generate, count: 64, framing, inputs),
      conversation("generate", generate, count: 1, framing, inputs),
      conversation("status", status, count: 1, framing, inputs),
    ]
  }
}

private func request(_ method: String, _ params: JSONValue) -> [UInt8] {
  JSONValue.object([
    "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params,
  ]).serialized()
}

private func stream(of body: [UInt8], count: Int, _ framing: Framing) -> [UInt8] {
  var bytes: [UInt8] = []
  for _ in 0..<count { framing.append(body, to: &bytes) }
  return bytes
}

private func decoding(_ body: [UInt8], _ framing: Framing) -> Measurement {
  let count = 64
  let bytes = stream(of: body, count: count, framing)
  return Measurement("framing decode, \(framing)", size: bytes.count, count: count) {
    var decoder = FrameDecoder()
    var length = 0
    decoder.push(bytes.span)
    while let frame = try? decoder.next() {
      if case .body(let body) = frame { length += body.count }
    }
    return length
  }
}

/// Requests that arrive in one read and are answered in one write.
private func conversation(
  _ name: String, _ body: [UInt8], count: Int, _ framing: Framing, _ inputs: Inputs
) -> Measurement {
  let service = Service(
    inputs.snapshot,
    surroundings: Service.Surroundings(now: { .epoch }, uptime: { .zero }, log: { _ in }))
  let holder = Holder(Session(service))
  let bytes = stream(of: body, count: count, framing)
  return Measurement(
    "session \(name), \(count) in a read, \(framing)", size: bytes.count, count: count
  ) {
    holder.session.receive(bytes.span)
    holder.session.doAllHere()
    return holder.session.takeOutput().count
  }
}

/// A session that lives from call to call.
private final class Holder {
  var session: Session

  init(_ session: Session) {
    self.session = session
  }
}
