/// What stands before a body: the request line, the fields, and what they say about the body and the connection.
struct RequestHead: Sendable {
  enum Body: Sendable {
    case length(Int)
    case chunked
  }

  let method: String
  let target: RequestTarget
  let minorVersion: Int
  private(set) var fields = HeaderFields()

  var isHEAD: Bool { method.utf8.elementsEqual("HEAD".utf8) }

  /// Reads a request line without its break. Source: RFC 9112 section 3.
  init(line: ArraySlice<UInt8>, limits: HTTPLimits) throws(RequestFailure) {
    let parts = line.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3, Grammar.isToken(parts[0]) else { throw .requestLineMalformed }
    minorVersion = try Self.minorVersion(parts[2])
    target = try RequestTarget(parts[1], method: parts[0], limits: limits)
    method = String(decoding: parts[0], as: UTF8.self)
  }

  private static func minorVersion(_ bytes: ArraySlice<UInt8>) throws(RequestFailure) -> Int {
    let form = Array(bytes)
    guard form.count == 8, form.starts(with: "HTTP/".utf8), Grammar.isDigit(form[5]),
      form[6] == 0x2E, Grammar.isDigit(form[7])
    else { throw .requestLineMalformed }
    guard form[5] == 0x31, form[7] <= 0x31 else { throw .versionUnsupported }
    return Int(form[7] - 0x30)
  }

  mutating func append(line: ArraySlice<UInt8>) throws(RequestFailure) {
    let (name, value) = try Self.field(line)
    fields.append(checked: name, value)
  }

  /// Reads a field line without its break. Source: RFC 9112 section 5.
  static func field(
    _ line: ArraySlice<UInt8>
  ) throws(RequestFailure) -> (name: String, value: String) {
    if line.first == 0x20 || line.first == 0x09 { throw .fieldFolded }
    if line.contains(0x0D) { throw .lineBreakMalformed }
    guard let colon = line.firstIndex(of: 0x3A), Grammar.isToken(line[..<colon]) else {
      throw .fieldMalformed
    }
    let value = Grammar.trimmed(line[(colon + 1)...])
    guard value.allSatisfy(Grammar.isValueByte),
      let text = String(validating: value, as: UTF8.self)
    else { throw .fieldMalformed }
    return (String(decoding: line[..<colon], as: UTF8.self), text)
  }

  // MARK: What the fields mean

  /// Whether the connection ends with the answer. HTTP/1.0 is served that way always.
  var closes: Bool {
    minorVersion == 0
      || Grammar.elements(fields.values(of: "Connection")).contains { Grammar.isSame($0, "close") }
  }

  /// Whether the client waits to be told to send the body. Source: RFC 9110 section 10.1.1.
  func expectsContinue() throws(RequestFailure) -> Bool {
    let values = fields.values(of: "Expect")
    guard minorVersion == 1, !values.isEmpty else { return false }
    for element in Grammar.elements(values) where !Grammar.isSame(element, "100-continue") {
      throw .expectationUnknown
    }
    return true
  }

  /// Source: RFC 9112 section 3.2, RFC 3986 section 3.2.2.
  func checkHost() throws(RequestFailure) {
    let values = fields.values(of: "Host")
    if values.isEmpty, minorVersion == 0 { return }
    guard values.count == 1, let value = values.first, Self.isHost(Array(value.utf8)) else {
      throw .hostMalformed
    }
  }

  private static func isHost(_ host: [UInt8]) -> Bool {
    let name: ArraySlice<UInt8>
    let rest: ArraySlice<UInt8>
    if host.first == 0x5B {
      guard let end = host.firstIndex(of: 0x5D) else { return false }
      name = host[1..<end]
      rest = host[(end + 1)...]
      guard name.allSatisfy({ Grammar.hexValue($0) != nil || $0 == 0x3A || $0 == 0x2E }) else {
        return false
      }
    } else {
      let end = host.firstIndex(of: 0x3A) ?? host.endIndex
      name = host[..<end]
      rest = host[end...]
      guard name.allSatisfy(isNameByte) else { return false }
    }
    guard !name.isEmpty else { return false }
    return rest.isEmpty
      || rest.first == 0x3A && rest.count <= 6 && rest.dropFirst().allSatisfy(Grammar.isDigit)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  /// How the body is delimited; without a word about it there is none. Source: RFC 9112 section 6.3.
  func body(limits: HTTPLimits) throws(RequestFailure) -> Body {
    let lengths = fields.values(of: "Content-Length")
    let codings = fields.values(of: "Transfer-Encoding")
    guard lengths.isEmpty || codings.isEmpty else { throw .lengthAndCoding }
    if !codings.isEmpty { return try chunked(codings) }
    guard let text = lengths.first else { return .length(0) }
    guard lengths.count == 1 else { throw .lengthRepeated }
    guard !text.utf8.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy(Grammar.isDigit) else {
      throw .lengthMalformed
    }
    let length = text.utf8.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard length <= limits.bodyLengthMax else { throw .bodyTooLong }
    return .length(length)
  }

  private func chunked(_ codings: [String]) throws(RequestFailure) -> Body {
    let elements = Grammar.elements(codings)
    let others = elements.filter { !Grammar.isSame($0, "chunked") }
    if !others.isEmpty, minorVersion == 1, others.allSatisfy({ Grammar.isToken($0.utf8) }) {
      throw .codingUnknown
    }
    guard minorVersion == 1, codings.count == 1, let only = codings.first,
      Grammar.isSame(only, "chunked")
    else { throw .codingMalformed }
    return .chunked
  }
}
