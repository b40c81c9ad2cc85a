import EngineMethods
import EngineTestSupport
import JSON
import JSONRPC
import Platform
import Server
import Testing

/// A conversation with an Engine in this process, one message a line, over a data directory of its own, which goes with it.
///
/// Its clock stands unless it is moved on; suffixes of run ids count up.
final class EngineTalk {
  private let home: TemporaryEngine
  let methods: EngineMethods
  var path: String { home.path }
  private let service: Service
  private(set) var session: Session

  init(limits: EngineServiceLimits = EngineServiceLimits(), rights: Rights = .full) throws {
    home = try TemporaryEngine(limits: limits.run)
    methods = EngineMethods(
      engine: home.engine,
      surroundings: Service.Surroundings(
        now: home.clock, uptime: { .seconds(1) }, log: { _ in }),
      limits: limits)
    service = Service(methods)
    session = Session(service, rights: rights)
  }

  /// Another client of the same service.
  func reconnect(rights: Rights = .full) { session = Session(service, rights: rights) }

  /// How often the store has waited for the disk.
  var syncCount: Int { home.syncCount }

  /// How often the store has written its index.
  var indexCount: Int { home.indexCount }

  /// From now on each step of the disk is refused.
  func refuseDisk(_ error: SystemError?) { home.refuseDisk(error) }

  func moveOn(seconds: Int64) { home.moveOn(seconds: seconds) }

  static let usualLimits = EngineServiceLimits()

  func doAllHere() { session.doAllHere() }

  /// Sends bytes as they are; all that comes back.
  func exchange(_ bytes: [UInt8]) -> [UInt8] {
    session.receive(bytes)
    session.doAllHere()
    return session.takeOutput()
  }

  /// Sends messages without doing long work.
  func send(_ text: String) { session.receive(Array((text + "\n").utf8)) }

  func received() throws -> [JSONObject] {
    try session.takeOutput().split(separator: 0x0A).map { line in
      try #require(try JSONDocument.parse(Array(line)).root.objectValue)
    }
  }

  /// The one reply to a request.
  func ask(_ method: String, _ params: JSONValue = [:]) throws -> JSONObject {
    let request: JSONValue = [
      "jsonrpc": "2.0", "id": 7, "method": .string(method), "params": params,
    ]
    send(request.text())
    session.doAllHere()
    let replies = try received()
    #expect(replies.count == 1, "\(method)")
    return try #require(replies.first)
  }

  func result(_ method: String, _ params: JSONValue = [:]) throws -> JSONObject {
    let reply = try ask(method, params)
    return try #require(reply["result"]?.objectValue, "\(reply)")
  }

  func error(_ method: String, _ params: JSONValue = [:]) throws -> JSONObject {
    let reply = try ask(method, params)
    return try #require(reply["error"]?.objectValue, "\(reply)")
  }

  /// Stores a run; its id.
  func run(_ model: String = smallModel, provenance: JSONValue? = nil) throws -> String {
    var params: JSONObject = ["model": .string(model)]
    params["provenance"] = provenance
    let result = try result("run", .object(params))
    return try #require(result["runId"]?.stringValue)
  }
}

let smallModel = """
  schemaVersion: 1
  grid: {bins: 3, binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: [10, 10, 10]}
    - {id: served, kind: expr, expr: demand * 0.8}
  outputs:
    - {series: served, as: served.csv}

  """
