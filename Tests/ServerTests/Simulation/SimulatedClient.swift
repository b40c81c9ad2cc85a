import JSON
import JSONRPC
import Server
import SimMethods
import TestSupport

/// A client that says what a seed tells it, and holds what it hears against that.
struct SimulatedClient {
  let number: Int
  var session: Session
  /// What happened to its work, and the session has not been told.
  var box: [WorkEvent] = []
  var outCount = 0
  private(set) var isClosed = false
  var newProblems: [String] = []

  private let framing: Framing
  private let stream: [UInt8]
  private var sent = 0
  private var isInputOver = false
  private var output: [UInt8] = []
  /// Ids of requests in the order in which they are sent.
  private var requests: [Int] = []
  /// Those that are answered on the spot and by themselves, which must be answered in this order.
  private var inlineRequests: [Int] = []
  private var cancelled: Set<Int> = []
  /// What the last message about each document leaves: its version, or nil where it is closed.
  private var documents: [String: Int?] = [:]
  /// The numbers of the messages that closed each document.
  private var closings: [String: [Int]] = [:]
  private var saysExit = false
  private var saysShutdown = false
  private var endsWithin = false

  init(_ number: Int, _ service: Service, _ random: inout SplitMix64) {
    self.number = number
    session = Session(service)
    framing = Bool.random(using: &random) ? .line : .header
    var script = Script()
    var messages = [script.request("initialize", [:])]
    for _ in 0..<Int.random(in: 1...14, using: &random) {
      if Int.random(in: 0..<6, using: &random) == 0 {
        let batch = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          script.message(in: true, &random)
        }
        messages.append(.array(batch))
      } else {
        messages.append(script.message(in: false, &random))
      }
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      messages.append(script.request("shutdown"))
      saysShutdown = true
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      messages.append(["jsonrpc": "2.0", "method": "exit"])
      saysExit = true
    }
    var stream: [UInt8] = []
    for message in messages { framing.append(message.serialized(), to: &stream) }
    // The last line of a stream needs no break.
    if framing == .header, Int.random(in: 0..<3, using: &random) == 0 {
      stream += Array("Content-Length: 10\r\n\r\n{".utf8)
      endsWithin = true
    }
    self.stream = stream
    requests = script.requests
    inlineRequests = script.inlineRequests
    cancelled = script.cancelled
    documents = script.documents
    closings = script.closings
  }

  /// What is sent, while it is made up.
  private struct Script {
    static let model =
      "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: days}\nnodes: [{id: a, kind: const, values: [1]}]"

    var nextID = 1
    /// Rises with each message about a document.
    var version = 0
    var documents: [String: Int?] = [:]
    var closings: [String: [Int]] = [:]
    var requests: [Int] = []
    var inlineRequests: [Int] = []
    var cancelled: Set<Int> = []

    /// A request that is answered on the spot.
    mutating func request(_ method: String, _ params: JSONValue? = nil) -> JSONValue {
      var message: JSONObject = [
        "jsonrpc": "2.0", "id": .number(JSONNumber(nextID)), "method": .string(method),
      ]
      if let params { message["params"] = params }
      requests.append(nextID)
      inlineRequests.append(nextID)
      nextID += 1
      return .object(message)
    }

    /// A document is opened, changed or closed.
    mutating func documentMessage(_ random: inout SplitMix64) -> JSONValue {
      let uri = Bool.random(using: &random) ? "a" : "b"
      version += 1
      let isOpen = documents[uri].flatMap(\.self) != nil
      let text = "- x #" + String(repeating: " ", count: Int.random(in: 0...120, using: &random))
      var document: JSONObject = [
        "uri": .string(uri), "version": .number(JSONNumber(version)), "languageId": "yaml",
      ]
      var params: JSONObject = [:]
      var method = "didOpen"
      if isOpen, Int.random(in: 0..<4, using: &random) == 0 {
        method = "didClose"
        documents[uri] = .some(nil)
        closings[uri, default: []].append(version)
      } else {
        documents[uri] = version
        if isOpen {
          method = "didChange"
          params["contentChanges"] = [["text": .string(text)]]
        } else {
          document["text"] = .string(text)
        }
      }
      params["textDocument"] = .object(document)
      return [
        "jsonrpc": "2.0", "method": .string("textDocument/" + method), "params": .object(params),
      ]
    }

    mutating func message(in batch: Bool, _ random: inout SplitMix64) -> JSONValue {
      let id = nextID
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1:
        nextID += 1
        requests.append(id)
        if !batch { inlineRequests.append(id) }
        return [
          "jsonrpc": "2.0", "id": .number(JSONNumber(id)), "method": "echo", "params": ["a", "b"],
        ]
      case 2, 3:
        // Also ids that are answered by then, and ones that come later.
        let other = Int.random(in: 1...(id + 1), using: &random)
        cancelled.insert(other)
        return [
          "jsonrpc": "2.0", "method": "$/cancelRequest",
          "params": ["id": .number(JSONNumber(other))],
        ]
      case 4:
        return ["jsonrpc": "2.0", "method": "$/unknown"]
      case 5, 6, 7, 8:
        return documentMessage(&random)
      default:
        nextID += 1
        requests.append(id)
        let filler = String(repeating: " ", count: Int.random(in: 60...400, using: &random))
        let isRun = Bool.random(using: &random)
        let model = isRun ? Script.model : "schemaVersion: 1"
        var params: JSONObject = ["model": .string(model + filler)]
        if Bool.random(using: &random) { params["workDoneToken"] = .number(JSONNumber(id)) }
        return [
          "jsonrpc": "2.0", "id": .number(JSONNumber(id)),
          "method": isRun ? "preview" : "validateModel", "params": .object(params),
        ]
      }
    }
  }

  /// Whether everything is sent, and nothing is awaited.
  var isOver: Bool {
    session.ending != nil && box.isEmpty && outCount == 0
      || isInputOver && !session.hasWork && box.isEmpty && session.wantsInputOrIsDone
  }

  var canReceive: Bool { session.wantsInput && !isInputOver }

  /// Sends some bytes, or the end.
  mutating func receive(_ random: inout SplitMix64) {
    session.answersOnlyBrief = Bool.random(using: &random)
    defer { session.answersOnlyBrief = false }
    guard sent < stream.count else {
      isInputOver = true
      session.finish()
      return
    }
    let count = Int.random(in: 1...min(stream.count - sent, 200), using: &random)
    session.receive(Array(stream[sent..<(sent + count)]))
    sent += count
  }

  mutating func write() {
    let bytes = session.takeOutput()
    output += bytes
    _ = session.resume()
  }

  /// Tells the session what happened to its work.
  mutating func tell() {
    let event = box.removeFirst()
    if case .ended = event { outCount -= 1 }
    let isEnded = session.ending != nil
    if isEnded { write() }
    session.take(event)
    if isEnded, !session.takeOutput().isEmpty { newProblems.append("it speaks after its end") }
  }

  /// Goes away without a word.
  mutating func close() {
    isClosed = true
    outCount = 0
  }

  // MARK: What must hold

  func problemsAtEnd(limits: Limits) -> [String] {
    var problems: [String] = []
    func demand(_ holds: Bool, _ what: String) {
      if !holds { problems.append("client \(number): \(what)") }
    }
    guard let messages = try? Transcript.messages(in: output, framing) else {
      return ["client \(number): what it hears cannot be read"]
    }
    var replies: [Int] = []
    var progress: [Int: [String]] = [:]
    var frameEnd = false
    var told: [String: Int?] = [:]
    var closedCount: [String: Int] = [:]
    for message in messages.flatMap({ $0.arrayValue ?? [$0] }) {
      guard let object = message.objectValue else { return ["client \(number): no object"] }
      if object["method"] == "textDocument/publishDiagnostics" {
        let params = object["params"]?.objectValue
        let uri = params?["uri"]?.stringValue ?? ""
        let version = params?["version"]?.numberValue?.integer
        let last = told[uri].flatMap(\.self)
        if let version, let last {
          demand(version > last, "version \(version) of \(uri) after \(last)")
        }
        if version == nil { closedCount[uri, default: 0] += 1 }
        let closings = closings[uri, default: []].prefix(closedCount[uri, default: 0])
        if let version, let closing = closings.last {
          demand(version > closing, "version \(version) of \(uri), which was closed by \(closing)")
        }
        told[uri] = .some(version)
        continue
      }
      if object["method"] == "$/progress" {
        let params = object["params"]?.objectValue
        let token = params?["token"]?.numberValue?.integer ?? 0
        let kind = params?["value"]?.objectValue?["kind"]?.stringValue ?? ""
        demand(!replies.contains(token), "progress of \(token) after its reply")
        progress[token, default: []].append(kind)
        continue
      }
      guard let id = object["id"]?.numberValue?.integer else {
        frameEnd = true
        demand(
          object["error"]?.objectValue?["data"]?.objectValue?["limit"] == "frameSecondsMax",
          "\(message.text())")
        continue
      }
      demand(!replies.contains(id), "two replies to \(id)")
      replies.append(id)
      let code = object["error"]?.objectValue?["code"]?.numberValue?.integer
      if code == RPCError.Code.requestCancelled {
        demand(cancelled.contains(id), "\(id) was never cancelled")
      } else {
        demand(code == nil || code == RPCError.Code.invalidRequest, "\(message.text())")
      }
    }
    for (token, kinds) in progress {
      let isWhole = kinds.first == "begin" && (kinds.last == "end" || !replies.contains(token))
      demand(isWhole, "progress of \(token): \(kinds)")
      demand(
        kinds.dropFirst().dropLast().allSatisfy { $0 == "report" }, "progress of \(token): \(kinds)"
      )
    }
    let inline = replies.filter(inlineRequests.contains)
    demand(inlineRequests.starts(with: inline), "replies come as \(inline)")
    if isClosed || saysExit && session.ending != .streamBroken {
      demand(Set(replies).isSubset(of: requests), "a reply to nothing")
    } else if frameEnd {
      // It was slow in the middle: what came before is answered.
      demand(session.ending == .streamBroken, "a slow message does not end it")
    } else {
      if !saysShutdown, !endsWithin {
        demand(told == documents, "it is told of \(told) and not \(documents)")
      }
      demand(Set(replies) == Set(requests), "replies to \(replies.sorted()) and not \(requests)")
      demand(
        session.ending == (endsWithin ? .streamBroken : nil),
        "it ends as \(String(describing: session.ending))")
    }
    if !isClosed { demand(!session.hasWork, "there is work left") }
    return problems
  }
}

extension Session {
  /// Whether nothing that has arrived waits.
  fileprivate var wantsInputOrIsDone: Bool { wantsInput || ending != nil || !isWaiting }
}
