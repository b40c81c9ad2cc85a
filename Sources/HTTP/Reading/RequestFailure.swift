/// Why a request is refused before anybody has seen it. The connection closes: what follows cannot be trusted.
///
/// Raw values are published as the `kind` of a problem document, and never reused.
package enum RequestFailure: String, Error, CaseIterable, Sendable {
  case requestLineMalformed = "request-line-malformed"
  case requestLineTooLong = "request-line-too-long"
  case versionUnsupported = "version-unsupported"
  case targetNotOriginForm = "target-not-origin-form"
  case targetMalformed = "target-malformed"
  case targetEscapes = "target-escapes"
  case targetTooLong = "target-too-long"
  case queryTooMany = "query-too-many"
  case lineBreakMalformed = "line-break-malformed"
  case fieldMalformed = "field-malformed"
  case fieldFolded = "field-folded"
  case headersTooLong = "headers-too-long"
  case headersTooMany = "headers-too-many"
  case hostMalformed = "host-malformed"
  case lengthMalformed = "length-malformed"
  case lengthRepeated = "length-repeated"
  case lengthAndCoding = "length-and-coding"
  case codingMalformed = "coding-malformed"
  case codingUnknown = "coding-unknown"
  case expectationUnknown = "expectation-unknown"
  case bodyTooLong = "body-too-long"
  case chunkMalformed = "chunk-malformed"
  case chunkExtensionsTooLong = "chunk-extensions-too-long"
  case trailersTooLong = "trailers-too-long"
  case endedInRequest = "ended-in-request"
  case headTooSlow = "head-too-slow"
  case bodyTooSlow = "body-too-slow"
  case waitingTooLong = "waiting-too-long"

  package var status: HTTPStatus {
    switch self {
    case .requestLineTooLong, .targetTooLong, .queryTooMany: .targetTooLong
    case .versionUnsupported: .versionNotSupported
    case .headersTooLong, .headersTooMany, .trailersTooLong: .headersTooLarge
    case .codingUnknown: .notImplemented
    case .expectationUnknown: .expectationFailed
    case .bodyTooLong: .contentTooLarge
    case .headTooSlow, .bodyTooSlow: .requestTimeout
    case .waitingTooLong: .tooManyRequests
    default: .badRequest
    }
  }

  /// What is wrong and what would be right; lower case, no full stop.
  var detail: String {
    switch self {
    case .requestLineMalformed:
      "the first line must be a method, a target and HTTP/1.1, with one space between them"
    case .requestLineTooLong: "the request line is too long"
    case .versionUnsupported: "only HTTP/1.1 and HTTP/1.0 are spoken here"
    case .targetNotOriginForm:
      "the target must be a path that begins with '/', with or without a query"
    case .targetMalformed:
      "the target has a character that must be percent-encoded, a wrong percent-encoding, or is no UTF-8"
    case .targetEscapes:
      "the path has a segment '.' or '..', an encoded slash or a control character"
    case .targetTooLong: "the target is too long"
    case .queryTooMany: "the query has too many pairs"
    case .lineBreakMalformed:
      "every line of a head must end with CR LF, and neither may stand alone"
    case .fieldMalformed:
      "a field must be a name, a colon right behind it, and a value in UTF-8 without control characters"
    case .fieldFolded: "a field must not go on in the next line"
    case .headersTooLong: "the header fields are too long"
    case .headersTooMany: "there are too many header fields"
    case .hostMalformed: "there must be one Host, a name or address with or without a port"
    case .lengthMalformed: "Content-Length must be digits and nothing else, at most 18"
    case .lengthRepeated: "there must be one Content-Length"
    case .lengthAndCoding: "Content-Length and Transfer-Encoding exclude each other"
    case .codingMalformed: "Transfer-Encoding must be 'chunked', once and alone, in HTTP/1.1"
    case .codingUnknown: "no transfer coding but 'chunked' is known"
    case .expectationUnknown: "no expectation but '100-continue' is known"
    case .bodyTooLong: "the body is too long"
    case .chunkMalformed:
      "a chunk must be its size in at most 16 hexadecimal digits, CR LF, that many bytes, CR LF"
    case .chunkExtensionsTooLong: "the chunk extensions are too long"
    case .trailersTooLong: "the trailer fields are too long"
    case .endedInRequest: "the connection ended within the request"
    case .headTooSlow: "the head did not arrive in time"
    case .bodyTooSlow: "the body did not arrive in time"
    case .waitingTooLong: "too much was sent before earlier requests were answered"
    }
  }

  /// The bound that was passed and its value, which is in milliseconds for a time.
  func limit(_ limits: HTTPLimits) -> (name: String, value: Int)? {
    switch self {
    case .requestLineTooLong: ("requestLineLengthMax", limits.requestLineLengthMax)
    case .targetTooLong: ("targetLengthMax", limits.targetLengthMax)
    case .queryTooMany: ("queryCountMax", limits.queryCountMax)
    case .headersTooLong: ("headerLengthMax", limits.headerLengthMax)
    case .headersTooMany: ("headerCountMax", limits.headerCountMax)
    case .bodyTooLong: ("bodyLengthMax", limits.bodyLengthMax)
    case .chunkExtensionsTooLong: ("chunkExtensionLengthMax", limits.chunkExtensionLengthMax)
    case .trailersTooLong: ("trailerLengthMax", limits.trailerLengthMax)
    case .waitingTooLong: ("waitingInputLengthMax", limits.waitingInputLengthMax)
    case .headTooSlow: ("headTimeMax", Self.milliseconds(limits.headTimeMax))
    case .bodyTooSlow: ("bodyTimeMax", Self.milliseconds(limits.bodyTimeMax))
    default: nil
    }
  }

  private static func milliseconds(_ time: Duration) -> Int {
    let count = time / .milliseconds(1)
    return count < 1e15 ? Int(max(count, 0)) : Int.max
  }
}
