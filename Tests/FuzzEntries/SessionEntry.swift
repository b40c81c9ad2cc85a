import EngineMethods
import EngineOperations
import EngineTestSupport
import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import SimMethods
import Source

/// A session never traps, says only JSON-RPC, and answers each request once, and short ones in order.
func fuzzSession(_ bytes: Span<UInt8>) {
  let stream = bytes.prefixArray(16_384)
  var limits = SimLimits()
  limits.server.rpc = fuzzedLimits
  // What is judged to be long is answered behind what comes after it; in half of the streams nothing is.
  let mayBeLong = (stream.last ?? 0) & 2 == 0
  if !mayBeLong { limits.server.inlineLengthMax = .max }
  let service = Service(
    SimService(SessionTemplates.snapshot, limits: limits, surroundings: fuzzedSurroundings))
  demandReplies(to: stream, by: service, inOrder: !mayBeLong)
}

/// The same of an Engine, which answers what waits for the disk when it is done.
func fuzzEngineSession(_ bytes: Span<UInt8>) {
  var limits = EngineServiceLimits()
  limits.server.rpc = fuzzedLimits
  limits.run.nodeCountMax = 50
  limits.run.binCountMax = 60
  guard let home = try? TemporaryEngine(limits: limits.run) else {
    return Invariant.report("there is no place for a data directory")
  }
  let methods = EngineMethods(
    engine: home.engine, surroundings: fuzzedSurroundings, limits: limits)
  demandReplies(to: bytes.prefixArray(16_384), by: Service(methods), inOrder: false)
  demandWhole(home)
}

private let fuzzedSurroundings = Service.Surroundings(
  now: { .epoch }, uptime: { .seconds(1) }, log: { _ in })

private let fuzzedLimits = {
  var limits = RPCLimits()
  limits.bodyLengthMax = 12_000
  limits.headerLengthMax = 400
  limits.batchCountMax = 20
  limits.depthMax = 40
  return limits
}()

private func demandReplies(to stream: [UInt8], by service: Service, inOrder: Bool) {
  var session = Session(service)
  // The stream says in what pieces it comes.
  let piece = 1 + Int(stream.last ?? 0) * 16
  var output: [UInt8] = []
  for start in stride(from: 0, to: stream.count, by: piece) {
    session.receive(stream[start..<min(start + piece, stream.count)])
    session.doAllHere()
    output += session.takeOutput()
  }
  session.finish()
  session.doAllHere()
  // A session that has much to say may wait until that is taken.
  while case let more = session.takeOutput(), !more.isEmpty {
    output += more
    session.receive([])
  }

  var reference = RPCConnection(limits: fuzzedLimits)
  reference.receive(stream)
  reference.finish()
  while let incoming = reference.next() {
    if case .request(let key, _, _) = incoming {
      reference.reply(to: key, with: .success(.null))
    }
  }
  let framing = reference.framing ?? .header
  let expected = Reply.all(in: reference.takeOutput(), framing).map(\.id)
  let heard = Reply.all(in: output, framing).map(\.id)
  // After `exit` nothing more is answered.
  if !inOrder {
    var left = expected
    for id in heard {
      let place = left.firstIndex(of: id)
      Invariant.demand(place != nil, "a reply to '\(id)' that nobody waits for: \(heard)")
      if let place { left.remove(at: place) }
    }
    var isOver = false
    if case .exit = session.ending { isOver = true }
    Invariant.demand(left.isEmpty || isOver, "no reply to \(left)")
  } else if case .exit = session.ending {
    Invariant.demand(
      expected.starts(with: heard), "replies up to 'exit': \(heard) of \(expected)")
  } else {
    Invariant.demand(heard == expected, "replies: \(heard) and not \(expected)")
  }
}

/// The templates that a fuzzed session knows.
private enum SessionTemplates {
  static let snapshot = Snapshot(
    catalog: TemplateCatalog([
      TemplateCatalog.Entry(path: "small.yaml", text: SourceText(small)),
      TemplateCatalog.Entry(path: "broken.yaml", text: SourceText("metadata: {id: broken\n")),
    ]))

  private static let small = """
    schemaVersion: 1
    metadata: {id: small, title: "Small: a", version: "1.0"}
    parameters:
      - {name: bins, type: integer, default: 3, min: 1, max: 1000}
      - {name: label, type: string, default: a.csv}
      - {name: demand, type: array, arrayOf: number, default: [1, 2.5, 3], fit: repeat}
    grid: {bins: "${bins}", binSize: 1, binUnit: hours}
    nodes:
      - {id: a, kind: const, values: "${demand}"}
      - {id: b, kind: expr, expr: "a * ${bins}"}
    outputs:
      - {series: b, as: "${label}"}

    """
}
