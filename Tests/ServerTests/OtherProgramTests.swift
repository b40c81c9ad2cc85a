import FlowModel
import JSON
import JSONRPC
import Server
import Testing
import Wire

/// A program of one method, which has nothing else of its own.
private struct Doubling: ServedMethods {
  struct Limits: NamedLimits {
    var server = Server.Limits()
    var numberMax = 100
    var fixed: [(name: String, value: Int)] { [("factorMax", 2)] }
    static var paths: [(name: String, path: WritableKeyPath<Limits, Int>)] {
      [("numberMax", \.numberMax)]
    }
  }

  struct Handlers: MethodHandlers {
    func answer(_ method: String, _ params: JSONValue?) throws(RPCError) -> JSONValue {
      guard method == "double" else { throw .methodNotFound(method) }
      guard let number = params?.arrayValue?.first?.numberValue?.integer else {
        throw .invalidParams("params[0]: expected an integer")
      }
      return .number(JSONNumber(2 * number))
    }
  }

  enum Double: Method {
    static let name = "double"
    typealias Params = Nothing
    typealias Result = Nothing
  }

  let programName = "doubling"
  let programVersion = "1.2.3"
  let table = MethodTable(requests: [Double.self])
  let discovery: JSONValue = ["openrpc": "1.3.2"]
  let limits: any NamedLimits = Limits()
  let surroundings = Service.Surroundings(
    now: { .epoch }, uptime: { .seconds(1) }, log: { _ in })
  let watchers = Watchers()

  func handlers(connection: Int) -> any MethodHandlers { Handlers() }
}

@Test(arguments: [
  ("double", "[21]", #"{"jsonrpc":"2.0","id":1,"result":42}"#),
  ("echo", "[21]", #"{"jsonrpc":"2.0","id":1,"result":[21]}"#),
  ("rpc.discover", "[]", #"{"jsonrpc":"2.0","id":1,"result":{"openrpc":"1.3.2"}}"#),
  (
    "initialize", "{}",
    #"{"jsonrpc":"2.0","id":1,"result":{"capabilities":{},"serverInfo":{"name":"doubling","version":"1.2.3"}}}"#
  ),
  (
    "generate", "{}",
    #"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found: 'generate'","data":{"kind":"methodNotFound"}}}"#
  ),
])
func `a program of other methods has the same server`(
  method: String, params: String, reply: String
) {
  var session = Session(Service(Doubling()))
  session.receive(
    Array(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#.utf8) + [0x0A])
  #expect(String(decoding: session.takeOutput(), as: UTF8.self) == reply + "\n")
}

@Test func `a program's own bounds and methods are told among those of its server`() throws {
  var session = Session(Service(Doubling()))
  session.receive(
    Array(
      (#"{"jsonrpc":"2.0","id":1,"method":"double","params":[1]}"# + "\n"
        + #"{"jsonrpc":"2.0","id":2,"method":"status"}"# + "\n").utf8))
  let reply = try #require(session.takeOutput().split(separator: 0x0A).last)
  let status = try JSONDocument.parse(Array(reply)).root.objectValue?["result"]?.objectValue
  #expect(status?["name"] == "doubling")
  #expect(
    status?["limits"]?.objectValue?.members.suffix(3).map(\.name)
      == ["numberMax", "logBufferLengthMax", "factorMax"])
  #expect(status?["methods"]?.objectValue?["double"]?.objectValue?["count"] == 1)
  var limits = Doubling.Limits()
  let isKnown = limits.set("numberMax", to: 7) && limits.set("workCountMax", to: 8)
  #expect(isKnown)
  #expect(limits.changed.map { "\($0.name)=\($0.value)" } == ["workCountMax=8", "numberMax=7"])
}
