import EngineMethods
import EngineOperations
import FlowModel
import JSON
import JSONRPC
import Platform
import RunStore
import Server
import Synchronization
import Testing

/// A conversation with an Engine in this process, one message a line, over a data directory of its own, which goes with it.
///
/// Its clock stands unless it is moved on; suffixes of run ids count up.
final class EngineTalk {
  private final class World: Sendable {
    let second = Mutex<Int64>(1_758_801_600)
    let suffix = Mutex<UInt32>(0)
    let refusal = Mutex<SystemError?>(nil)
    let syncCount = Mutex<Int>(0)

    var now: Timestamp { second.withLock { Timestamp(seconds: $0) ?? .epoch } }
  }

  private let world = World()
  let methods: EngineMethods
  let path: String
  private let service: Service
  private(set) var session: Session

  init(limits: EngineServiceLimits = EngineServiceLimits(), rights: Rights = .full) throws {
    let world = world
    // In memory where the system has such a place: nobody has to wait for a disk.
    let folder = FileSystem.exists("/dev/shm") ? "/dev/shm" : "/tmp"
    path =
      try FileSystem.canonicalPath(folder) + "/flowtime-methods-"
      + String(UInt64.random(in: 0 ... .max), radix: 36)
    try FileSystem.makeNewDirectory(path)
    let store = try RunStore(
      directory: path,
      surroundings: .init(
        now: { world.now },
        suffix: {
          world.suffix.withLock {
            $0 += 1
            return $0
          }
        },
        beforeStep: { (step: RunStore.Step, _: String) throws(SystemError) in
          if step == .sync { world.syncCount.withLock { $0 += 1 } }
          if let refusal = world.refusal.withLock({ $0 }) { throw refusal }
        }))
    methods = EngineMethods(
      engine: Engine(store: store, limits: limits.run, now: { world.now }),
      surroundings: Service.Surroundings(
        now: { world.now }, uptime: { .seconds(1) }, log: { _ in }),
      limits: limits)
    service = Service(methods)
    session = Session(service, rights: rights)
  }

  deinit { try? FileSystem.removeTree(path) }

  /// Another client of the same service.
  func reconnect(rights: Rights = .full) { session = Session(service, rights: rights) }

  /// How often the store has waited for the disk.
  var syncCount: Int { world.syncCount.withLock { $0 } }

  /// From now on each step of the disk is refused.
  func refuseDisk(_ error: SystemError?) { world.refusal.withLock { $0 = error } }

  func moveOn(seconds: Int64) { world.second.withLock { $0 += seconds } }

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
