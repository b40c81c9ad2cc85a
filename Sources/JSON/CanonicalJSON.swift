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

  private static func append(
    _ value: JSONValue, to bytes: inout [UInt8]
  ) throws(CanonicalFailure) {
    switch value {
    case .null, .bool:
      value.append(to: &bytes)
    case .string(let string):
      JSONWriter.append(string: string, to: &bytes)
    case .number(let number):
      guard let double = number.double, let spelling = ECMAScriptNumber.spelling(of: double) else {
        throw .numberTooLarge(number.spelling)
      }
      bytes.append(contentsOf: spelling.utf8)
    case .array(let elements):
      bytes.append(Byte.openBracket)
      for index in elements.indices {
        if index > 0 { bytes.append(Byte.comma) }
        try append(elements[index], to: &bytes)
      }
      bytes.append(Byte.closeBracket)
    case .object(let object):
      bytes.append(Byte.openBrace)
      let members = object.members.sorted {
        $0.name.utf16.lexicographicallyPrecedes($1.name.utf16)
      }
      for index in members.indices {
        if index > 0 { bytes.append(Byte.comma) }
        JSONWriter.append(string: members[index].name, to: &bytes)
        bytes.append(Byte.colon)
        try append(members[index].value, to: &bytes)
      }
      bytes.append(Byte.closeBrace)
    }
  }
}
