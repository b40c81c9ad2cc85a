/// Why a value has no canonical form.
package enum CanonicalFailure: Error, Hashable {
  /// A number beyond the greatest finite double, by its spelling.
  case numberTooLarge(String)
}

/// The one text that every implementation makes of equal values: what hashes are taken over.
///
/// Source: RFC 8785 (JSON Canonicalization Scheme).
package enum CanonicalJSON {
  /// The canonical UTF-8 text: no spaces, members sorted by the UTF-16 code units of their names, numbers as doubles.
  ///
  /// A number that no double holds exactly is rounded to the nearest, as the RFC says (section 3.2.2.3): who must not
  /// lose digits looks at ``JSONNumber/integer`` first.
  /// - Throws: ``CanonicalFailure`` for a number that overflows a double.
  package static func bytes(of value: JSONValue) throws(CanonicalFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    try append(value, to: &bytes)
    return bytes
  }

  /// 2^53: a double holds every whole number up to here.
  private static let exactIntegerMax: UInt = 1 << 53

  /// Appends a whole number whose magnitude is at most 2^53.
  package static func append(integer: Int, to bytes: inout [UInt8]) {
    var magnitude = integer.magnitude
    if integer < 0 { bytes.append(Byte.minus) }
    let start = bytes.count
    repeat {
      let (rest, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
      bytes.append(Byte.zero &+ UInt8(truncatingIfNeeded: digit))
      magnitude = rest
    } while magnitude > 0
    bytes[start...].reverse()
  }

  /// Appends a double.
  ///
  /// - Returns: whether it is finite; else nothing is appended.
  package static func append(double: Double, to bytes: inout [UInt8]) -> Bool {
    guard let spelling = ECMAScriptNumber.spelling(of: double) else { return false }
    bytes.append(contentsOf: spelling.utf8)
    return true
  }

  private static func append(
    _ value: JSONValue, to bytes: inout [UInt8]
  ) throws(CanonicalFailure) {
    switch value {
    case .null, .bool:
      value.append(to: &bytes)
    case .string(let string):
      JSONWriter.append(string: string, to: &bytes)
    case .number(let number):
      // Most numbers are whole, and no double stands between these and their spelling.
      if let integer = number.integer, integer.magnitude <= exactIntegerMax {
        append(integer: integer, to: &bytes)
        return
      }
      guard let double = number.double, append(double: double, to: &bytes) else {
        throw .numberTooLarge(number.spelling)
      }
    case .array(let elements):
      bytes.append(Byte.openBracket)
      for index in elements.indices {
        if index > 0 { bytes.append(Byte.comma) }
        try append(elements[index], to: &bytes)
      }
      bytes.append(Byte.closeBracket)
    case .object(let object):
      bytes.append(Byte.openBrace)
      let names = object.names
      // Places move, not members.
      let order = names.indices.sorted { precedes(names[$0], names[$1]) }
      for (index, place) in order.enumerated() {
        if index > 0 { bytes.append(Byte.comma) }
        JSONWriter.append(string: names[place], to: &bytes)
        bytes.append(Byte.colon)
        try append(object.values[place], to: &bytes)
      }
      bytes.append(Byte.closeBrace)
    }
  }

  /// Whether a name comes before another by UTF-16 code units (section 3.2.3).
  ///
  /// That is the order of the UTF-8 bytes, but that surrogates (bytes from 0xF0) come before U+E000...U+FFFF (0xEE, 0xEF).
  package static func precedes(_ left: String, _ right: String) -> Bool {
    let left = left.utf8.span
    let right = right.utf8.span
    for offset in 0..<min(left.count, right.count) where left[offset] != right[offset] {
      let (leftByte, rightByte) = (left[offset], right[offset])
      if min(leftByte, rightByte) >= 0xEE, (leftByte >= 0xF0) != (rightByte >= 0xF0) {
        return leftByte >= 0xF0
      }
      return leftByte < rightByte
    }
    return left.count < right.count
  }
}
