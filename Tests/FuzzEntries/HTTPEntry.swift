import HTTP

/// The requests and the answers are the same however the stream is cut; what is handed out keeps to its bounds, leads
/// nowhere else, and goes by the router's table.
func fuzzHTTP(_ bytes: Span<UInt8>) {
  let stream = bytes.prefixArray(512)
  var limits = HTTPLimits()
  limits.requestLineLengthMax = 100
  limits.targetLengthMax = 60
  limits.queryCountMax = 4
  limits.headerLengthMax = 160
  limits.headerCountMax = 6
  limits.bodyLengthMax = 100
  limits.chunkExtensionLengthMax = 12
  limits.trailerLengthMax = 20
  let whole = Exchange(stream, [], limits)
  Invariant.demand(
    Exchange(stream, Array(stream.indices), limits) == whole, "byte by byte is as in one piece")
  // The stream itself says where else it is cut.
  var cuts: [Int] = []
  for byte in stream {
    let cut = (cuts.last ?? 0) + Int(byte & 0x1F)
    if cut < stream.count { cuts.append(cut) }
  }
  Invariant.demand(Exchange(stream, cuts, limits) == whole, "cut at \(cuts) is as in one piece")
}

/// What comes of a stream.
private struct Exchange: Equatable {
  /// Bytes, since strings would be compared by what they mean.
  var requests: [[UInt8]] = []
  var output: [UInt8] = []

  init(_ stream: [UInt8], _ cuts: [Int], _ limits: HTTPLimits) {
    var connection = HTTPConnection(
      limits: limits, now: Moment(uptime: .zero, unixSeconds: 1_700_000_000))
    var start = 0
    for end in cuts + [stream.count] {
      connection.push(stream[start..<end])
      take(&connection, limits)
      start = end
    }
    connection.finish()
    take(&connection, limits)
    Invariant.demand(connection.isDone, "a connection ends with its stream")
  }

  private mutating func take(_ connection: inout HTTPConnection, _ limits: HTTPLimits) {
    while let request = connection.next() {
      check(request, limits)
      requests.append(Self.bytes(of: request))
      connection.respond(to: request.number, with: Self.answer(request))
      Invariant.demand(connection.pendingCount == 0, "what is answered does not wait")
    }
    output += connection.takeOutput()
  }

  private func check(_ request: Request, _ limits: HTTPLimits) {
    Invariant.demand(request.number == requests.count, "requests are numbered in order")
    Invariant.demand(request.body.count <= limits.bodyLengthMax, "a body has its bound")
    Invariant.demand(
      request.fields.fields.count <= limits.headerCountMax, "fields have their bound")
    for segment in request.target.segments {
      let isPlain = segment.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x2F && $0 != 0x5C && $0 != 0x7F }
      Invariant.demand(
        isPlain && !segment.utf8.elementsEqual(".".utf8) && !segment.utf8.elementsEqual("..".utf8),
        "a segment leads nowhere else: \(segment.debugDescription)")
    }
    for field in request.fields.fields {
      Invariant.demand(
        field.value.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x09 },
        "no value has a line break: \(field.value.debugDescription)")
    }
  }

  private static let router = Router<Int>([
    Route("GET", "/a", 0), Route("POST", "/a/{id}", 1, consumes: [.yaml], produces: [.json, .csv]),
    Route("GET", "/a/{id}/{name...}", 2),
  ])

  private static func answer(_ request: Request) -> Response {
    switch router.route(request) {
    case .found(let match): Response(.ok, match.produced ?? .plain, [UInt8(match.handler)])
    case .answered(let response): response
    }
  }

  private static func bytes(of request: Request) -> [UInt8] {
    var parts = [request.method, request.target.text] + request.target.segments
    for pair in request.target.query { parts += [pair.name, pair.value] }
    for field in request.fields.fields { parts += [field.name, field.value] }
    return parts.flatMap { Array($0.utf8) + [0] } + request.body
  }
}
