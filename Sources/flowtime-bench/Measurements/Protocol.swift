import FlowModel
import JSON
import JSONRPC
import Operations
import Platform
import Server
import SimMethods

/// Bytes of a conversation to bytes of its answers, without a descriptor.
func protocolMeasurements(_ inputs: Inputs) -> [Measurement] {
  let echo = request("echo", ["text": .string(String(repeating: "x", count: 204))])
  let id = "it-system-microservices"
  let again = request("generate", ["templateId": .string(id)])
  let changed = inputs.changedValues(for: id).map {
    request("generate", ["templateId": .string(id), "parameters": .object($0)])
  }
  let status = request("status", [:])
  return [Framing.line, .header].flatMap { framing in
    [
      decoding(echo, framing),
      conversation("echo", [echo], count: 64, framing, inputs),
      conversation("echo", [echo], count: 1, framing, inputs),
      conversation("generate", changed, count: 64, framing, inputs),
      conversation("generate", changed, count: 1, framing, inputs),
      conversation("generate again", [again], count: 64, framing, inputs),
      conversation("generate again", [again], count: 1, framing, inputs),
      conversation("status", [status], count: 1, framing, inputs),
    ]
  }
}

private func request(_ method: String, _ params: JSONValue) -> [UInt8] {
  JSONValue.object([
    "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params,
  ]).serialized()
}

private func stream(of bodies: [[UInt8]], _ framing: Framing) -> [UInt8] {
  var bytes: [UInt8] = []
  for body in bodies { framing.append(body, to: &bytes) }
  return bytes
}

private func decoding(_ body: [UInt8], _ framing: Framing) -> Measurement {
  let count = 64
  let bytes = stream(of: Array(repeating: body, count: count), framing)
  return Measurement("framing decode, \(framing)", size: bytes.count, count: count) {
    var decoder = FrameDecoder()
    var length = 0
    decoder.push(bytes)
    while let frame = try? decoder.next() {
      if case .body(let body) = frame { length += body.count }
    }
    return length
  }
}

/// Requests that arrive in one read and are answered in one write; those of each read follow upon those of the last.
private func conversation(
  _ name: String, _ bodies: [[UInt8]], count: Int, _ framing: Framing, _ inputs: Inputs
) -> Measurement {
  let service = Service(
    SimService(
      inputs.snapshot,
      surroundings: Service.Surroundings(
        now: { .epoch }, uptime: SystemClock.monotonic, log: { _ in })))
  let holder = Holder(Session(service))
  let reads = stride(from: 0, to: bodies.count, by: count).map { start in
    stream(of: (start..<(start + count)).map { bodies[$0 % bodies.count] }, framing)
  }
  return Measurement(
    "session \(name), \(count) in a read, \(framing)", size: reads[0].count, count: count
  ) {
    holder.next = (holder.next + 1) % reads.count
    let read = reads[holder.next]
    holder.session.receive(read)
    holder.session.doAllHere()
    return holder.session.takeOutput().count
  }
}

/// A session that lives from call to call.
private final class Holder {
  var session: Session
  var next = 0

  init(_ session: Session) {
    self.session = session
  }
}
