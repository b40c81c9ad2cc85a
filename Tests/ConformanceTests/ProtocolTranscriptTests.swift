import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import SimMethods
import Source
import TestSupport
import Testing

/// The server that a transcript is played against: the bundled templates, a clock that stands still, and the limits
/// that the transcript asks for.
private func service(_ transcript: Transcript) throws -> SimService {
  let entries = try PackageFolder.files(in: "templates", endingIn: ".yaml").map { path in
    TemplateCatalog.Entry(path: path, text: SourceText(try PackageFolder.text(path)))
  }
  var limits = SimLimits()
  for (name, value) in transcript.limits {
    let isKnown = limits.set(name, to: value)
    try #require(isKnown, "\(transcript): no limit '\(name)'")
  }
  return SimService(
    Snapshot(catalog: TemplateCatalog(entries)), limits: limits,
    surroundings: Service.Surroundings(now: { .epoch }, uptime: { .seconds(1) }, log: { _ in }))
}

/// The bundled templates, and those that a transcript has written so far.
private struct Files: TemplateFiles {
  var written: [String: String] = [:]

  func list(_ directory: String) throws(UnreadableFile) -> [String] {
    directory == "own"
      ? written.keys.sorted().map { "own/" + $0 }
      : PackageFolder.files(in: directory, endingIn: ".yaml")
  }

  func read(_ path: String) throws(UnreadableFile) -> [UInt8] {
    let text = written[String(path.dropFirst("own/".count))] ?? (try? PackageFolder.text(path))
    return Array((text ?? "").utf8)
  }
}

private func check(_ ending: Session.Ending?, _ transcript: Transcript) {
  switch transcript.ending {
  case .open: #expect(ending == nil, "\(transcript)")
  case .exit(let status): #expect(ending == .exit(isOrderly: status == 0), "\(transcript)")
  case .closed: #expect(ending == .streamBroken, "\(transcript)")
  }
}

@Test(arguments: try Transcript.all())
func `every reply comes after its message and before the next one is read`(transcript: Transcript)
  throws
{
  for framing in transcript.framings {
    let server = try service(transcript)
    var session = Session(Service(server))
    var files = Files()
    for turn in transcript.turns {
      if let file = turn.file {
        files.written[file.name] = file.text
        let catalog = TemplateCatalog.load(
          from: ["templates", "own"], files, after: server.snapshot.catalog, log: { _ in })
        server.replace(Snapshot(catalog: catalog))
        session.tellNews()
      } else {
        var frame: [UInt8] = []
        framing.append(Array(turn.message.utf8), to: &frame)
        session.receive(frame)
        session.doAllHere()
      }
      let messages = try Transcript.messages(in: session.takeOutput(), framing)
      #expect(transcript.differences(in: turn, from: messages) == [], "\(framing)")
    }
    check(session.ending, transcript)
  }
}

@Test(arguments: try Transcript.all().filter { !$0.changesTemplates }, [1, 7])
func `a conversation is the same however its bytes arrive`(transcript: Transcript, cut: Int) throws
{
  for framing in transcript.framings {
    var session = Session(Service(try service(transcript)))
    var output: [UInt8] = []
    let stream = transcript.stream(framing)
    for start in stride(from: 0, to: stream.count, by: cut) {
      session.receive(Array(stream[start..<min(start + cut, stream.count)]))
      session.doAllHere()
      output += session.takeOutput()
    }
    check(session.ending, transcript)
    session.finish()
    output += session.takeOutput()
    let messages = try Transcript.messages(in: output, framing)
    #expect(transcript.differences(from: messages) == [], "\(framing)")
  }
}

@Test func `there are transcripts, and each says something`() throws {
  let transcripts = try Transcript.all()
  #expect(transcripts.count >= 20)
  for transcript in transcripts {
    #expect(!transcript.turns.isEmpty, "\(transcript)")
    #expect(transcript.turns.contains { !$0.replies.isEmpty }, "\(transcript)")
  }
}

/// Codes that the protocol reserves and no client can bring about, each with why.
private let codesOutOfReach: [Int: String] = [
  RPCError.Code.internalError: "it would be a defect of ours",
  RPCError.Code.requestFailed: "no method writes yet; ServerTests has one that does",
]

@Test func `every error code is met in a transcript`() throws {
  var met: Set<Int> = []
  for transcript in try Transcript.all() {
    for framing in transcript.framings {
      var session = Session(Service(try service(transcript)))
      session.receive(transcript.stream(framing))
      session.doAllHere()
      for message in try Transcript.messages(in: session.takeOutput(), framing) {
        for reply in message.arrayValue ?? [message] {
          let error = reply.objectValue?["error"]?.objectValue
          guard let code = error?["code"]?.numberValue?.integer else { continue }
          met.insert(code)
        }
      }
    }
  }
  let reserved = [
    RPCError.Code.parseError, RPCError.Code.invalidRequest, RPCError.Code.methodNotFound,
    RPCError.Code.invalidParams, RPCError.Code.serverNotInitialized,
    RPCError.Code.requestCancelled,
  ]
  #expect(met == Set(reserved + FailureCode.allCases.map(\.rawValue)))
  #expect(met.isDisjoint(with: codesOutOfReach.keys))
}
