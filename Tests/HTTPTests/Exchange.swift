import HTTP
import Testing

/// What comes of a stream: requests as lines, and all that is written.
struct Exchange: Equatable, CustomStringConvertible {
  var requests: [String] = []
  var output: [UInt8] = []
  var isDone = false
  /// The most that ever waited.
  var pendingCountMax = 0

  /// 2026-01-02T03:04:05Z.
  static let start = Moment(uptime: .seconds(100), unixSeconds: 1_767_323_045)

  /// Pushes a stream cut at `cuts` and answers each request at once with its number.
  init(_ stream: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits(), ends: Bool = false) {
    var connection = HTTPConnection(limits: limits, now: Self.start)
    var start = 0
    for end in cuts + [stream.count] where end >= start {
      connection.push(stream[start..<end])
      start = end
      take(&connection)
    }
    if ends {
      connection.finish()
      take(&connection)
    }
    isDone = connection.isDone
  }

  private mutating func take(_ connection: inout HTTPConnection) {
    while let request = connection.next() {
      requests.append(Self.line(request))
      pendingCountMax = max(pendingCountMax, connection.pendingCount)
      let body = Array("answer \(request.number)\n".utf8)
      connection.respond(to: request.number, with: Response(.ok, .plain, body))
      output += connection.takeOutput()
    }
    output += connection.takeOutput()
  }

  /// `POST /a/b c=d Host=h Content-Length=1 [x]`
  static func line(_ request: Request) -> String {
    let path =
      request.target.isAsterisk
      ? "*" : request.target.segments.map { "/" + $0 }.joined()
    let query = request.target.query.map { "\($0.name)=\($0.value)" }
    let fields = request.fields.fields.map { "\($0.name):\($0.value)" }
    let body = String(decoding: request.body, as: UTF8.self)
    return ([request.method, path.isEmpty ? "/" : path] + query + fields + ["[\(body)]"])
      .joined(separator: " ")
  }

  /// The status of each answer, in order; 100 is one.
  var statuses: [Int] {
    outputText.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
  }

  var outputText: String { String(decoding: output, as: UTF8.self) }

  var description: String { "\(requests) \(outputText.debugDescription) \(isDone)" }

  /// Plays a stream whole, cut in two at every byte, and byte by byte: the outcome must be the same.
  static func check(
    _ stream: String, limits: HTTPLimits = HTTPLimits(), ends: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Exchange {
    check(Array(stream.utf8), limits: limits, ends: ends, sourceLocation: sourceLocation)
  }

  static func check(
    _ bytes: [UInt8], limits: HTTPLimits = HTTPLimits(), ends: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Exchange {
    let whole = Exchange(bytes, limits: limits, ends: ends)
    for cuts in bytes.indices.map({ [$0] }) + [Array(bytes.indices)] {
      let cut = Exchange(bytes, cuts: cuts, limits: limits, ends: ends)
      if cut != whole {
        Issue.record(
          "cut at \(cuts.prefix(3)): \(cut) and not \(whole)", sourceLocation: sourceLocation)
        break
      }
    }
    return whole
  }
}
