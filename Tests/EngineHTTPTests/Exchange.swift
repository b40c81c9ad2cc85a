import EngineHTTP
import EngineOperations
import EngineTestSupport
import HTTP
import JSON
import Platform
import Testing

/// An Engine over a data directory of one test's own, asked over HTTP. It goes when the value dies.
///
/// Its clock stands unless it is moved on; suffixes of run ids count up.
final class Exchange: Sendable {
  private let home: TemporaryEngine
  private let door: EngineDoor
  var engine: Engine { home.engine }
  var path: String { home.path }

  init(limits: RunLimits = RunLimits()) throws {
    home = try TemporaryEngine(limits: limits)
    door = EngineDoor(home.engine)
  }

  /// How often the store has written its index.
  var indexCount: Int { home.indexCount }

  func moveOn(seconds: Int64) { home.moveOn(seconds: seconds) }

  /// An answer as it was written.
  struct Reply {
    let status: Int
    let head: String
    let body: String

    var json: JSONObject {
      (try? JSONDocument.parse(Array(body.utf8)).root.objectValue) ?? JSONObject()
    }

    subscript(name: String) -> JSONValue? { json[name] }

    /// The value of a field.
    func field(_ name: String) -> String? {
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
        .map { String($0.dropFirst(name.count + 2)) }
    }
  }

  /// Sends a request as bytes over a connection of its own.
  func send(
    _ method: String, _ target: String, _ fields: [String] = [], _ body: String = ""
  ) throws -> Reply {
    var connection = HTTPConnection(now: Moment(uptime: .zero, unixSeconds: 0))
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    for field in fields { text += field + "\r\n" }
    if !body.isEmpty { text += "Content-Length: \(body.utf8.count)\r\n" }
    connection.push(Array((text + "\r\n" + body).utf8))
    if let request = connection.next() {
      connection.respond(to: request.number, with: door.respond(to: request))
    }
    let answer = String(decoding: connection.takeOutput(), as: UTF8.self)
    let end = try #require(answer.firstRange(of: "\r\n\r\n"))
    let head = String(answer[..<end.lowerBound])
    return Reply(
      status: try #require(Int(head.split(separator: " ")[1])), head: head,
      body: String(answer[end.upperBound...]))
  }

  func get(_ target: String, _ fields: String...) throws -> Reply {
    try send("GET", target, fields)
  }

  /// Runs a model.
  func run(_ model: String, _ fields: String...) throws -> Reply {
    try send("POST", "/v1/run", fields, model)
  }

  /// Runs a model with a header of provenance that must be taken.
  func stored(_ model: String, provenance: String? = nil) throws -> String {
    let reply = try send(
      "POST", "/v1/run", provenance.map { ["X-Model-Provenance: " + $0] } ?? [], model)
    #expect(reply.status == 200, "\(reply.body)")
    return try #require(reply["runId"]?.stringValue)
  }

  /// The record that is stored with a run; nil for none.
  func record(_ id: String) throws -> JSONObject? {
    let reply = try get("/v1/runs/\(id)/provenance.json")
    return reply.status == 404 ? nil : reply.json
  }

  /// The numbers of a stored series.
  func series(_ name: String, of id: String) throws -> [String] {
    let reply = try get("/v1/runs/\(id)/series/\(name)")
    #expect(reply.status == 200, "\(name): \(reply.body)")
    return reply.body.split(separator: "\n").dropFirst().map {
      String($0.drop { $0 != "," }.dropFirst())
    }
  }

  /// The ids that a query finds.
  func ids(_ query: String) throws -> [String] {
    let reply = try get("/v1/artifacts" + query)
    #expect(reply.status == 200, "\(reply.body)")
    return (reply["artifacts"]?.arrayValue ?? []).compactMap {
      $0.objectValue?["id"]?.stringValue
    }
  }

  func file(_ path: String) -> String? {
    (try? FileSystem.readFile(
      self.path + "/" + path, lengthMax: 1 << 20, regularOnly: true, followingLinks: false)).map {
        String(decoding: $0, as: UTF8.self)
      }
  }

  func write(_ text: String, to path: String) throws {
    try FileSystem.writeNewFile(Array(text.utf8), to: self.path + "/" + path)
  }
}

/// Three bins of demand, of which four fifths are served.
let smallModel = """
  schemaVersion: 1
  grid:
    bins: 3
    binSize: 1
    binUnit: hours
  nodes:
    - id: demand
      kind: const
      values: [10, 10, 10]
    - id: served
      kind: expr
      expr: demand * 0.8
  """ + "\n"
