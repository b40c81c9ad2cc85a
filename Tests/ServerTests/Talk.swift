import FlowModel
import JSON
import Operations
import Server
import SimMethods
import Source
import Synchronization
import Testing
import Wire

/// A conversation with a server in this process, one message a line.
struct Talk {
  let sim: SimService
  let service: Service
  private let log = Log()
  private var session: Session

  /// Lines for the person who runs the process.
  final class Log: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    func add(_ line: String) { kept.withLock { $0.append(line) } }
  }

  static let demo = """
    metadata: {id: demo, title: Demo}
    parameters:
      - {name: bins, type: integer, default: 2, min: 1, max: 10}
      - {name: rate, type: number}
      - {name: label, type: string, default: x}
    grid: {bins: "${bins}", binSize: 1, binUnit: days}
    nodes:
      - {id: a, kind: expr, expr: "${rate}"}
    outputs: [{series: a, as: a.csv, description: "${label}"}]

    """

  init(
    limits: SimLimits = SimLimits(), rights: Rights = .full, writing: Set<String> = [],
    uptime: @escaping @Sendable () -> Duration = { .seconds(1.5) }
  ) {
    let log = log
    let snapshot = Snapshot(
      catalog: TemplateCatalog([
        TemplateCatalog.Entry(path: "demo.yaml", text: SourceText(Talk.demo)),
        TemplateCatalog.Entry(
          path: "broken.yaml", text: SourceText("metadata: {id: broken}\ngrid: [\n")),
      ]))
    var table = MethodTable.sim
    table.writing = writing
    sim = SimService(
      snapshot, limits: limits,
      surroundings: Service.Surroundings(
        now: { .epoch }, uptime: uptime, log: { log.add($0.message) }),
      table: table)
    service = Service(sim)
    session = Session(service, rights: rights)
  }

  var logged: [String] { log.lines }
  var ending: Session.Ending? { session.ending }
  var clientProcessID: Int? { session.clientProcessID }

  /// Another client of the same service.
  mutating func reconnect() { session = Session(service) }

  /// What the client hears when the templates are others.
  mutating func reload(_ entries: [TemplateCatalog.Entry]) throws -> [JSONObject] {
    sim.replace(Snapshot(catalog: TemplateCatalog(entries)))
    session.tellNews()
    return try received()
  }

  /// Sends bytes as they are; returns the messages that come back.
  mutating func send(_ bytes: [UInt8]) throws -> [JSONObject] {
    session.receive(bytes)
    return try received()
  }

  mutating func finish() throws -> [JSONObject] {
    session.finish()
    return try received()
  }

  /// Messages in the output that was taken first, before anything was asked to go on.
  private(set) var firstCount = 0

  private mutating func received() throws -> [JSONObject] {
    var output: [UInt8] = []
    repeat {
      session.doAllHere()
      let taken = session.takeOutput()
      if output.isEmpty { firstCount = taken.count { $0 == 0x0A } }
      output += taken
    } while session.resume()
    return try output.split(separator: 0x0A).filter { $0.first == 0x7B }.map { line in
      try #require(try JSONDocument.parse(Array(line)).root.objectValue)
    }
  }

  mutating func notify(_ method: String, _ params: String) throws -> [JSONObject] {
    try send(Array(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#.utf8) + [0x0A])
  }

  /// The one reply to a request. Params as JSON.
  mutating func ask(_ method: String, _ params: String = "{}") throws -> JSONObject {
    let replies = try send(
      Array(#"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":\#(params)}"#.utf8) + [0x0A])
    #expect(replies.count == 1, "\(method)")
    let reply = try #require(replies.first)
    #expect(reply["id"] == 7)
    return reply
  }

  mutating func result(_ method: String, _ params: String = "{}") throws -> JSONObject {
    let reply = try ask(method, params)
    return try #require(reply["result"]?.objectValue, "\(reply)")
  }
}

/// Text as a JSON string.
func json(_ text: String) -> String {
  String(decoding: JSONValue.string(text).serialized(), as: UTF8.self)
}
