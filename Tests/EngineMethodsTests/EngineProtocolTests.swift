import EngineMethods
import EngineOperations
import JSON
import JSONRPC
import Server
import TestSupport
import Testing

private func document() throws -> JSONObject {
  let text = try PackageFolder.text("protocol/engine.openrpc.json")
  return try #require(try JSONDocument.parse(Array(text.utf8)).root.objectValue)
}

@Test func `the Engine answers with its document, whose examples are real answers`() throws {
  let document = try document()
  let talk = try EngineTalk()
  #expect(try talk.result("rpc.discover") == document)
  var count = 0
  for method in document["methods"]?.arrayValue?.compactMap(\.objectValue) ?? [] {
    let name = try #require(method["name"]?.stringValue)
    for example in method["examples"]?.arrayValue?.compactMap(\.objectValue) ?? [] {
      var params = JSONObject()
      for param in example["params"]?.arrayValue?.compactMap(\.objectValue) ?? [] {
        params[try #require(param["name"]?.stringValue)] = param["value"]
      }
      let talk = try EngineTalk()
      let expected = example["result"]?.objectValue?["value"]
      #expect(try talk.ask(name, .object(params))["result"] == expected, "\(name)")
      count += 1
    }
  }
  #expect(count >= 3)
}

@Test func `status tells the bounds that hold`() throws {
  var limits = EngineServiceLimits()
  limits.run.nodeCountMax = 5
  limits.groupRunCountMax = 6
  let told = try EngineTalk(limits: limits).result("status")["limits"]?.objectValue
  #expect(told?.members.map(\.name) == limits.named.map(\.name))
  #expect(told?["nodeCountMax"] == 5)
  #expect(told?["groupRunCountMax"] == 6)
}

private func talk(_ transcript: Transcript) throws -> EngineTalk {
  var limits = EngineServiceLimits()
  for (name, value) in transcript.limits {
    let isKnown = limits.set(name, to: value)
    try #require(isKnown, "\(transcript): no limit '\(name)'")
  }
  return try EngineTalk(limits: limits)
}

private let transcripts = Result { try Transcript.all(in: "protocol/engine-transcripts") }

@Test(arguments: try transcripts.get())
func `an Engine says what its transcripts say`(transcript: Transcript) throws {
  for framing in transcript.framings {
    let talk = try talk(transcript)
    for turn in transcript.turns {
      var frame: [UInt8] = []
      framing.append(Array(turn.message.utf8), to: &frame)
      let messages = try Transcript.messages(in: talk.exchange(frame), framing)
      #expect(transcript.differences(in: turn, from: messages) == [], "\(framing)")
    }
    switch transcript.ending {
    case .open: #expect(talk.session.ending == nil)
    case .exit(let status): #expect(talk.session.ending == .exit(isOrderly: status == 0))
    case .closed: #expect(talk.session.ending == .streamBroken)
    }
  }
}

/// Codes that no transcript brings about, each with why.
private let codesOutOfReach: [Int: String] = [
  RPCError.Code.internalError: "it would be a defect of ours",
  RPCError.Code.requestFailed: "the connection of a transcript may write",
  RPCError.Code.serverNotInitialized: "the Engine has no method that waits for initialize",
  EngineFailureCode.storeFailed.rawValue: "the disk would have to refuse",
  EngineFailureCode.storeFull.rawValue: "the disk would have to be full",
  EngineFailureCode.busy.rawValue: "others would have to hold all the room",
]

@Test func `every error code of an Engine is met in a transcript`() throws {
  let text = try PackageFolder.files(in: "protocol/engine-transcripts", endingIn: ".transcript")
    .map { try PackageFolder.text($0) }.joined()
  let met = Set(text.matches(of: /"code": ?(-?[0-9]+)/).compactMap { Int($0.1) })
  let components = try document()["components"]?.objectValue
  let errors = try #require(components?["errors"]?.objectValue)
  let codes = Set(
    errors.members.compactMap { $0.value.objectValue?["code"]?.numberValue?.integer })
  #expect(met.subtracting(codes) == [])
  #expect(codes.subtracting(met) == Set(codesOutOfReach.keys))
}

// MARK: The page

@Test func `the page lists every limit with its value and every error with its code`() throws {
  let page = try PackageFolder.text("docs/reference/engine-rpc.md")
  let rows = page.matches(of: /(?m)^\| `([a-zA-Z]+Max)` \| ([0-9,]+) \|/)
  let listed = rows.map { "\($0.1)=\($0.2.filter { $0 != "," })" }
  let guide = try PackageFolder.text("docs/guides/integrator.md")
  let known = Set(guide.matches(of: /(?m)^\| `([a-zA-Z]+Max)` \|/).map { String($0.1) })
  let own = EngineServiceLimits().named.filter { !known.contains($0.name) }
  #expect(listed == own.map { "\($0.name)=\($0.value)" })
  for code in EngineFailureCode.allCases {
    #expect(page.contains("| \(code.rawValue) | `\(code.kind)` |"), "\(code)")
  }
}
