import JSON
import JSONRPC
import Server
import SimMethods
import Testing

/// A bound that `status` lists, how it is reached, and what tells that it is.
struct LimitEdge: Sendable, CustomTestStringConvertible {
  /// From where on it is told.
  enum Start: Int, Sendable {
    /// At the bound itself: what has come so far is enough.
    case atBound = 0
    /// One beyond it.
    case beyond = 1
  }

  /// How the bound comes to have the value that it is tried with.
  enum Way: Sendable {
    /// As `--limit` sets it.
    case flag
    /// It is what it always is.
    case fixed
    /// Handed to the entry point that keeps it: as it always is it would take too much to reach.
    case passed
  }

  /// As `status` has it.
  let name: String
  let value: Int
  let way: Way
  let start: Start
  /// Stands in what ``act`` gives where the bound is told, and else not.
  let says: String
  /// Brings `count` of what is bounded, and gives what is said or seen of it.
  let act: @Sendable (_ limits: SimLimits, _ count: Int) throws -> String

  /// - Parameter value: what the bound is set to; nil for one that cannot be changed.
  init(
    _ name: String, at value: Int? = nil, _ way: Way? = nil, from start: Start = .beyond,
    says: String, act: @escaping @Sendable (_ limits: SimLimits, _ count: Int) throws -> String
  ) {
    self.name = name
    self.value = value ?? SimLimits().named.first { $0.name == name }?.value ?? 0
    self.way = way ?? (value == nil ? .fixed : .flag)
    self.start = start
    self.says = says
    self.act = act
  }

  var testDescription: String { name }

  func check() throws {
    var limits = SimLimits()
    #expect(limits.settable.contains(name) == (way == .flag))
    if way == .flag {
      let isSet = limits.set(name, to: value)
      #expect(isSet)
    }
    for offset in -1...1 {
      let said = try act(limits, value + offset)
      #expect(
        said.contains(says) == (offset >= start.rawValue),
        "\(value + offset) of \(value): \(said.prefix(2_000))")
    }
  }
}

@Test(arguments: [protocolEdges, workEdges, documentEdges, textEdges, modelEdges].joined())
func `a bound holds one below it, at it and one beyond it`(edge: LimitEdge) throws {
  try edge.check()
}

// MARK: What is sent

/// What a session answers and logs when these bytes have come, and all work is done.
func said(_ limits: SimLimits, _ bytes: [UInt8]) -> String {
  let talk = Talk(limits: limits)
  var session = Session(talk.service)
  session.receive(bytes)
  var output: [UInt8] = []
  repeat {
    session.doAllHere()
    output += session.takeOutput()
  } while session.resume()
  return String(decoding: output, as: UTF8.self) + talk.logged.joined(separator: "\n")
}

func said(_ limits: SimLimits, _ lines: [String]) -> String {
  said(limits, Array(lines.map { $0 + "\n" }.joined().utf8))
}

/// A request; params as JSON.
func request(_ id: Int, _ method: String, _ params: String) -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
}

func notification(_ method: String, _ params: String) -> String {
  #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#
}

let initialize = request(0, "initialize", "{}")

/// A request that is about that many bytes.
func request(_ id: Int, ofLength length: Int) -> String {
  // Names, values and the object itself count a little.
  request(id, "validateModel", #"{"model":"\#(String(repeating: " ", count: length - 53))"}"#)
}

func didOpen(_ uri: String, _ text: String, version: Int = 1) -> String {
  notification(
    "textDocument/didOpen",
    #"{"textDocument":{"uri":"\#(uri)","languageId":"yaml","version":\#(version),"text":\#(json(text))}}"#
  )
}

/// What the server says of a model.
func saidOfModel(_ text: String) -> String {
  said(SimLimits(), [request(1, "validateModel", #"{"model":\#(json(text))}"#)])
}
