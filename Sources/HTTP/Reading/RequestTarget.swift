/// What a request is about: a path and a query, decoded once.
///
/// Source: RFC 9112 section 3.2.1 (origin-form), RFC 3986 sections 3.3 and 3.4; queries as HTML forms write them. A target
/// with a host in it, which a proxy gets, is refused.
package struct RequestTarget: Sendable {
  package struct Pair: Sendable {
    package let name: String
    /// Empty where there is no `=`.
    package let value: String
  }

  /// As it was sent: ASCII without blanks.
  package let text: String
  /// The path between its slashes, decoded; none of `/`. A slash at the end leaves an empty one.
  ///
  /// None is `.` or `..` or has a slash, a backslash or a control character, so that no name leads elsewhere.
  package let segments: [String]
  /// The pairs of the query in order, decoded; `+` is a blank.
  package let query: [Pair]
  /// `*`, which asks about the server as a whole. Only OPTIONS has it.
  package let isAsterisk: Bool

  /// The values of a name in the query, in order.
  package func values(of name: String) -> [String] {
    query.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
  }

  /// - Throws: ``RequestFailure``: `targetTooLong`, `targetNotOriginForm`, `targetMalformed`, `targetEscapes` or
  ///   `queryTooMany`.
  init(
    _ bytes: ArraySlice<UInt8>, method: ArraySlice<UInt8>, limits: HTTPLimits
  ) throws(RequestFailure) {
    guard bytes.count <= limits.targetLengthMax else { throw .targetTooLong }
    text = String(decoding: bytes, as: UTF8.self)
    isAsterisk = bytes.elementsEqual("*".utf8)
    if isAsterisk {
      guard method.elementsEqual("OPTIONS".utf8) else { throw .targetNotOriginForm }
      segments = []
      query = []
      return
    }
    guard bytes.first == 0x2F else { throw .targetNotOriginForm }
    let mark = bytes.firstIndex(of: 0x3F)
    segments = try Self.segments(bytes[..<(mark ?? bytes.endIndex)])
    query =
      try mark.map { mark throws(RequestFailure) in
        try Self.pairs(bytes[(mark + 1)...], countMax: limits.queryCountMax)
      } ?? []
  }

  private static func segments(_ path: ArraySlice<UInt8>) throws(RequestFailure) -> [String] {
    guard path.count > 1 else { return [] }
    var segments: [String] = []
    for part in path.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false) {
      let decoded = try decoded(part, inQuery: false)
      for byte in decoded where byte < 0x20 || byte == 0x7F || byte == 0x2F || byte == 0x5C {
        throw .targetEscapes
      }
      if decoded.elementsEqual(".".utf8) || decoded.elementsEqual("..".utf8) {
        throw .targetEscapes
      }
      segments.append(try text(decoded))
    }
    return segments
  }

  private static func pairs(
    _ query: ArraySlice<UInt8>, countMax: Int
  ) throws(RequestFailure) -> [Pair] {
    var pairs: [Pair] = []
    for part in query.split(separator: 0x26) {
      guard pairs.count < countMax else { throw .queryTooMany }
      let equals = part.firstIndex(of: 0x3D)
      let name = try decoded(part[..<(equals ?? part.endIndex)], inQuery: true)
      let value = try decoded(part[(equals.map { $0 + 1 } ?? part.endIndex)...], inQuery: true)
      guard !name.contains(0), !value.contains(0) else { throw .targetEscapes }
      pairs.append(Pair(name: try text(name), value: try text(value)))
    }
    return pairs
  }

  private static func text(_ bytes: [UInt8]) throws(RequestFailure) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .targetMalformed }
    return text
  }

  private static func decoded(
    _ bytes: ArraySlice<UInt8>, inQuery: Bool
  ) throws(RequestFailure) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == 0x25 {
        guard let high = rest.popFirst().flatMap(Grammar.hexValue),
          let low = rest.popFirst().flatMap(Grammar.hexValue)
        else { throw .targetMalformed }
        decoded.append(high << 4 | low)
      } else if inQuery, byte == 0x2B {
        decoded.append(0x20)
      } else {
        guard isPathByte(byte) || inQuery && (byte == 0x2F || byte == 0x3F) else {
          throw .targetMalformed
        }
        decoded.append(byte)
      }
    }
    return decoded
  }

  /// `pchar` of RFC 3986 without `%`.
  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x40...0x5A, 0x61...0x7A: true
    case 0x21, 0x24, 0x26...0x2E, 0x3A, 0x3B, 0x3D, 0x5F, 0x7E: true
    default: false
    }
  }
}
