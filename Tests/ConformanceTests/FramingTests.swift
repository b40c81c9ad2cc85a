import JSON
import JSONRPC
import Testing

/// One row of the framing table.
private struct Case {
  let name: String
  let chunks: [[UInt8]]
  /// nil: a body that is not UTF-8.
  let bodies: [[UInt8]?]
  let then: String

  init(_ row: JSONObject) throws {
    name = try #require(row["case"]?.stringValue)
    then = try #require(row["then"]?.stringValue)
    bodies = try #require(row["bodies"]?.arrayValue).map { $0.stringValue.map { Array($0.utf8) } }
    let hex = try #require(row["chunks_hex"]?.arrayValue).compactMap(\.stringValue)
    let counts = try #require(row["repeat"]?.arrayValue).compactMap(\.numberValue?.integer)
    try #require(hex.count == counts.count)
    chunks = try zip(hex, counts).flatMap { text, count in
      Array(repeating: try ConformanceData.unhex(text), count: count)
    }
  }

  var stream: [UInt8] { Array(chunks.joined()) }

  /// The stream as it is cut in the table, at each single byte, and into bytes.
  var arrivals: [[[UInt8]]] {
    let bytes = stream
    let cuts = bytes.count <= 2_000 ? Array(0...bytes.count) : [0, 1, bytes.count / 2]
    return [chunks, bytes.map { [$0] }]
      + cuts.map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
  }

  static func all() throws -> [Case] {
    try ConformanceData.values("lsp-framing/cases.jsonl").map(Case.init)
  }
}

private struct Outcome: Equatable {
  var bodies: [[UInt8]?] = []
  var refusals = 0
  var failure: FrameDecoder.Failure?

  init(_ chunks: [[UInt8]], framing: Framing?) {
    var decoder = FrameDecoder(framing: framing)
    do throws(FrameDecoder.Failure) {
      for chunk in chunks {
        decoder.push(chunk)
        try take(&decoder)
      }
      decoder.finish()
      try take(&decoder)
    } catch {
      failure = error
    }
  }

  private mutating func take(_ decoder: inout FrameDecoder) throws(FrameDecoder.Failure) {
    while let frame = try decoder.next() {
      switch frame {
      case .body(let body): bodies.append(String(validating: body, as: UTF8.self).map { _ in body })
      case .refused: refusals += 1
      }
    }
  }

  func agrees(with row: Case) -> Bool {
    let isEnd = failure?.isEnd
    switch row.then {
    case "eof-clean", "error-then-continue": return bodies == row.bodies && isEnd == nil
    case "eof-mid": return bodies == row.bodies && isEnd == true
    case "fatal": return bodies == row.bodies && isEnd == false
    default: return false
    }
  }
}

@Test func `every framing case is read as the table says, wherever it is cut`() throws {
  let rows = try Case.all()
  for row in rows {
    let expected = Outcome(row.chunks, framing: .header)
    #expect(expected.agrees(with: row), "\(row.name): \(expected)")
    for chunks in row.arrivals {
      #expect(Outcome(chunks, framing: .header) == expected, "\(row.name)")
    }
  }
  if ConformanceData.isPresent { #expect(rows.count == 60) }
}

/// Rows whose first byte that is not white space is a brace: that is what one message a line looks like.
private let linesByDetection: Set = ["raw-json-no-header", "no-headers"]

@Test func `a stream whose framing is found is read like one whose framing is given`() throws {
  for row in try Case.all() {
    let isLines = linesByDetection.contains(row.name)
    let expected = Outcome(row.chunks, framing: nil)
    if isLines {
      #expect(expected == Outcome(row.chunks, framing: .line), "\(row.name)")
      #expect(expected.bodies.count == 1 && expected.failure == nil, "\(row.name)")
    } else {
      #expect(expected.agrees(with: row), "\(row.name): \(expected)")
    }
    for chunks in row.arrivals {
      #expect(Outcome(chunks, framing: nil) == expected, "\(row.name)")
    }
  }
}

@Test func `every framing case gets the replies that the table asks for`() throws {
  for row in try Case.all() {
    for chunks in row.arrivals {
      var connection = RPCConnection(framing: .header)
      for chunk in chunks {
        connection.receive(chunk)
        answerAll(&connection)
      }
      connection.finish()
      answerAll(&connection)
      try checkReplies(of: &connection, row)
    }
  }
}

private func answerAll(_ connection: inout RPCConnection) {
  while let incoming = connection.next() {
    guard case .request(let key, let method, _) = incoming else { continue }
    connection.reply(to: key, with: .failure(.methodNotFound(method)))
  }
}

private func checkReplies(of connection: inout RPCConnection, _ row: Case) throws {
  var decoder = FrameDecoder(framing: .header)
  decoder.push(connection.takeOutput())
  decoder.finish()
  var codes: [Int] = []
  while let frame = try decoder.next() {
    guard case .body(let body) = frame else { continue }
    let reply = try #require(try JSONDocument.parse(body).root.objectValue)
    let error = try #require(reply["error"]?.objectValue)
    #expect(error["data"]?.objectValue?["kind"]?.stringValue != nil, "\(row.name)")
    codes.append(try #require(error["code"]?.numberValue?.integer))
    let isFault = codes.last != RPCError.Code.methodNotFound
    #expect((reply["id"]?.isNull == true) == isFault, "\(row.name)")
  }
  let faults = codes.filter { $0 != RPCError.Code.methodNotFound }
  switch (row.then, connection.state) {
  case ("eof-clean", .closed(.ended)):
    // A body may be whole for the framing and yet no message: a byte order mark.
    #expect(codes.count == row.bodies.count, "\(row.name)")
    #expect(faults.isEmpty || row.name == "bom-in-body", "\(row.name)")
  case ("error-then-continue", .closed(.ended)):
    #expect(faults == [RPCError.Code.parseError], "\(row.name)")
  case ("eof-mid", .closed(.cutOff)):
    #expect(codes.isEmpty, "\(row.name)")
    #expect(connection.takeLog().count == 1, "\(row.name)")
  case ("fatal", .closed(.unreadable(let failure))):
    let code = failure.limit == nil ? RPCError.Code.parseError : RPCError.Code.limitExceeded
    #expect(faults.last == code, "\(row.name)")
    #expect(codes.count == row.bodies.count + 1, "\(row.name)")
  default:
    Issue.record("\(row.name): \(connection.state)")
  }
}
