import CommandLine
import JSON
import JSONRPC
import Operations
import Platform
import Server
import SimMethods
import Wire

/// A command's way to the answers: the same requests an editor sends, to a server in this process or to a daemon.
final class Client {
  private var session: Session?
  /// In this process.
  private var service: SimService?
  private let connection: Descriptor?
  private var arrived: [UInt8] = []
  private var nextID = 1

  /// Reads the templates that were not wanted at first; nil where all are known.
  private var readAll: (() -> Void)?

  /// A server in this process, or the daemon that is asked for.
  ///
  /// - Parameter name: the only template that is wanted, as ``TemplateOperand`` takes it; nil for all.
  init(_ invocation: Invocation, naming name: String? = nil) throws(Stop) {
    if let path = invocation[.socket] {
      do throws(SocketFailure) {
        connection = try UnixSocket.connect(path: path)
      } catch {
        throw .refused(error.message)
      }
      SignalWatch.ignoreWriteSignals()
    } else {
      connection = nil
      try invocation.checkTemplateDirectories()
      var limits = SimLimits()
      // Nobody could send anything else meanwhile.
      limits.server.inlineLengthMax = .max
      let log = { @Sendable (event: LogEvent) in Terminal.notice("note: \(event.message)") }
      let service = SimService.local(invocation, naming: name, limits: limits, log: log)
      session = Session(Service(service))
      self.service = service
      if name != nil {
        readAll = { _ = service.replace(Snapshot.local(invocation, limits, log: log)) }
      }
    }
    _ = try call(
      InitializeMethod.name, ["capabilities": ["general": ["positionEncodings": ["utf-32"]]]])
  }

  /// Sees to it that all templates are known, where something is to be said of them.
  func readAllTemplates() {
    readAll?()
    readAll = nil
  }

  /// The templates, where they are in this process: to resolve a name needs none of what a request would tell of each.
  var catalog: TemplateCatalog? { service?.snapshot.catalog }

  /// Sends a request and waits for its answer.
  ///
  /// - Throws: ``Stop`` where the peer cannot be talked to; an error it answers is a result.
  func call(_ method: String, _ params: JSONObject) throws(Stop) -> Result<JSONValue, Answered> {
    let id = nextID
    nextID += 1
    let request: JSONValue = [
      "jsonrpc": "2.0", "id": .number(JSONNumber(id)), "method": .string(method),
      "params": .object(params),
    ]
    var line = request.serialized()
    line.append(0x0A)
    try send(line)
    while true {
      let reply = try receive()
      guard let message = try? JSONDocument.parse(reply).root.objectValue else {
        throw .refused("the daemon answered with what is no JSON")
      }
      guard message["id"]?.numberValue?.integer == id else {
        // A notification, or a complaint about our line that bears no id.
        if message["method"] != nil { continue }
        return .failure(Answered(message["error"]?.objectValue ?? JSONObject()))
      }
      if let result = message["result"] { return .success(result) }
      return .failure(Answered(message["error"]?.objectValue ?? JSONObject()))
    }
  }

  private func send(_ bytes: [UInt8]) throws(Stop) {
    guard connection != nil else {
      session?.receive(bytes)
      arrived += session?.takeOutput() ?? []
      return
    }
    do throws(SystemError) {
      try connection?.writeAll(bytes.span, timeout: .seconds(30))
    } catch {
      throw .refused("the daemon does not read: \(error.message)")
    }
  }

  /// The next line that arrives.
  private func receive() throws(Stop) -> [UInt8] {
    var searched = 0
    while true {
      if let end = arrived[searched...].firstIndex(of: 0x0A) {
        let line = Array(arrived[..<end])
        arrived.removeSubrange(...end)
        return line
      }
      searched = arrived.count
      var room = [UInt8](repeating: 0, count: 65_536)
      let count: Int
      do throws(SystemError) {
        count = try connection?.read(into: &room) ?? 0
      } catch {
        throw .refused("the daemon does not answer: \(error.message)")
      }
      guard count > 0 else { throw .refused("the daemon closed the connection without an answer") }
      arrived += room.prefix(count)
    }
  }
}

/// An error that answers a request.
struct Answered: Error {
  let code: Int
  let message: String
  let data: JSONObject

  init(_ error: JSONObject) {
    code = error["code"]?.numberValue?.integer ?? 0
    message = error["message"]?.stringValue ?? "the daemon answered with an error that says nothing"
    data = error["data"]?.objectValue ?? JSONObject()
  }

  /// The error of the other one of two, where both are at fault.
  var other: Answered? { data["other"]?.objectValue.map { Answered(of: $0) } }

  /// An error whose data stand beside its code.
  private init(of members: JSONObject) {
    code = members["code"]?.numberValue?.integer ?? 0
    message = members["message"]?.stringValue ?? ""
    data = members
  }

  /// What the message calls members of params, by the options that fill them.
  private static let options = [
    "as": "--as", "builder": "--builder", "force": "--force", "generatedAt": "--generated-at",
    "line": "--line", "lint": "--lint", "mode": "--mode", "model": "--model",
    "parameter": "--parameter", "parameters": "--params", "provenance": "--provenance",
    "provenanceNaming": "--provenance-naming", "replace": "--replace", "series": "--series",
  ]

  /// The message in the words of one who types options, not members of params.
  var spoken: String {
    let names = (data["missing"]?.arrayValue ?? []).compactMap(\.stringValue)
    switch FailureCode(rawValue: code) {
    case .provenanceExists?:
      return "the model has provenance already; --replace puts the new record in its place"
    case .sensitiveValues? where !names.isEmpty:
      return message + ": --params " + names.map { $0 + "=VALUE" }.joined(separator: " ")
    default: break
    }
    let start = "Invalid params: params."
    guard code == RPCError.Code.invalidParams, message.hasPrefix(start) else { return message }
    let rest = message.dropFirst(start.count)
    let name = rest.prefix { $0 != ":" && $0 != "." }
    guard let option = Answered.options[String(name)] else { return message }
    return option + rest.dropFirst(name.count)
  }

  /// The request was understood and what it brought is wrong.
  var isAboutInput: Bool {
    code == RPCError.Code.invalidParams || FailureCode(rawValue: code) != nil
  }
}
