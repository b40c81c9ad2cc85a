/// Why a text is not one JSON value, and where.
package struct JSONFailure: Error, Hashable {
  package enum Reason: Hashable, Sendable {
    /// A value, a comma or a closing bracket is missing when the text ends.
    case unexpectedEnd
    case valueExpected
    case commaOrBracketExpected
    case commaOrBraceExpected
    case nameExpected
    case colonExpected
    /// Something follows the value.
    case trailingText
    /// RFC 8259 section 8.1 lets a reader ignore a leading U+FEFF; this one refuses it, because it has no meaning.
    case byteOrderMark
    case numberMalformed
    /// A byte below 0x20 in a string.
    case controlCharacter
    case escapeUnknown
    case escapeMalformed
    /// Half a surrogate pair, which is no character: RFC 7493 section 2.1, RFC 8785 section 3.2.2.2.
    case surrogateAlone
    case utf8Invalid
    case tooDeep(depthMax: Int)
    case tooLong(textLengthMax: Int)
    case tooManyValues(valueCountMax: Int)
  }

  /// In bytes from the start of the text.
  package let offset: Int
  package let reason: Reason

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// For a person who is not told the place in another way: lower case, no full stop, names the byte.
  package var message: String {
    "\(explanation) at byte \(offset)"
  }

  /// The limit that was passed, by its name in ``JSONLimits``, and its value; nil for wrong text.
  package var limit: (name: String, value: Int)? {
    switch reason {
    case .tooDeep(let depthMax): ("depthMax", depthMax)
    case .tooLong(let textLengthMax): ("textLengthMax", textLengthMax)
    case .tooManyValues(let valueCountMax): ("valueCountMax", valueCountMax)
    default: nil
    }
  }

  /// For a person, without the place: lower case, no full stop.
  package var explanation: String {
    switch reason {
    case .unexpectedEnd: "unexpected end of text"
    case .valueExpected: "expected a value"
    case .commaOrBracketExpected: "expected ',' or ']'"
    case .commaOrBraceExpected: "expected ',' or '}'"
    case .nameExpected: "expected a member name in double quotes"
    case .colonExpected: "expected ':'"
    case .trailingText: "expected the end of the text"
    case .byteOrderMark: "remove the byte order mark"
    case .numberMalformed: "malformed number"
    case .controlCharacter: "a control character in a string must be escaped"
    case .escapeUnknown: "unknown escape"
    case .escapeMalformed: "expected four hexadecimal digits"
    case .surrogateAlone: "half a surrogate pair is no character"
    case .utf8Invalid: "invalid UTF-8"
    case .tooDeep(let depthMax): "nested deeper than \(depthMax) (depthMax)"
    case .tooLong(let textLengthMax): "longer than \(textLengthMax) bytes (textLengthMax)"
    case .tooManyValues(let valueCountMax): "more than \(valueCountMax) values (valueCountMax)"
    }
  }
}
