extension JSONValue {
  /// The value's text in UTF-8: the same bytes for the same value, always.
  package func serialized(_ style: JSONStyle = .compact) -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, style)
    return bytes
  }

  /// The value's text as a string.
  package func text(_ style: JSONStyle = .compact) -> String {
    String(decoding: serialized(style), as: UTF8.self)
  }

  /// Appends what ``serialized(_:)`` returns.
  package func append(to bytes: inout [UInt8], _ style: JSONStyle = .compact) {
    JSONWriter.append(self, to: &bytes, style, indent: 0)
  }
}

/// The one writer of JSON.
package enum JSONWriter {
  static func append(
    _ value: JSONValue, to bytes: inout [UInt8], _ style: JSONStyle, indent: Int
  ) {
    switch value {
    case .null:
      bytes.append(contentsOf: "null".utf8)
    case .bool(let value):
      bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    case .number(let value):
      value.append(to: &bytes)
    case .string(let value):
      append(string: value, to: &bytes, style)
    case .array(let elements):
      bytes.append(Byte.openBracket)
      for index in elements.indices {
        if index > 0 { bytes.append(Byte.comma) }
        breakLine(&bytes, style, indent: indent + 1)
        append(elements[index], to: &bytes, style, indent: indent + 1)
      }
      if !elements.isEmpty { breakLine(&bytes, style, indent: indent) }
      bytes.append(Byte.closeBracket)
    case .object(let object):
      bytes.append(Byte.openBrace)
      for index in object.names.indices {
        if index > 0 { bytes.append(Byte.comma) }
        breakLine(&bytes, style, indent: indent + 1)
        append(string: object.names[index], to: &bytes, style)
        bytes.append(Byte.colon)
        if style == .pretty { bytes.append(Byte.space) }
        append(object.values[index], to: &bytes, style, indent: indent + 1)
      }
      if !object.names.isEmpty { breakLine(&bytes, style, indent: indent) }
      bytes.append(Byte.closeBrace)
    }
  }

  /// Appends a string with its quotes.
  package static func append(
    string: String, to bytes: inout [UInt8], _ style: JSONStyle = .compact
  ) {
    let text = string.utf8.span
    bytes.append(Byte.quote)
    if style == .ascii {
      for scalar in string.unicodeScalars { append(asciiOf: scalar, to: &bytes) }
    } else {
      var offset = bytes.append(copying: text, from: 0) { !needsEscape($0) }
      while offset < text.count {
        appendEscape(of: text[offset], to: &bytes)
        offset = bytes.append(copying: text, from: offset + 1) { !needsEscape($0) }
      }
    }
    bytes.append(Byte.quote)
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < Byte.space || byte == Byte.quote || byte == Byte.backslash
  }

  private static func append(asciiOf scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    if scalar.value < Byte.delete {
      let byte = UInt8(scalar.value)
      if needsEscape(byte) {
        appendEscape(of: byte, to: &bytes)
      } else {
        bytes.append(byte)
      }
    } else {
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        appendEscape(of: unit, to: &bytes)
      }
    }
  }

  /// The short form where there is one, else `\u00xx` in lower case: RFC 8785 section 3.2.2.2.
  private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    let letter: UInt8
    switch byte {
    case Byte.quote, Byte.backslash: letter = byte
    case Byte.backspace: letter = 0x62
    case Byte.formFeed: letter = 0x66
    case Byte.lineFeed: letter = 0x6E
    case Byte.carriageReturn: letter = 0x72
    case Byte.tab: letter = 0x74
    default: return appendEscape(of: UInt16(byte), to: &bytes)
    }
    bytes.append(Byte.backslash)
    bytes.append(letter)
  }

  private static func appendEscape(of unit: UInt16, to bytes: inout [UInt8]) {
    bytes.append(Byte.backslash)
    bytes.append(0x75)
    for shift in [12, 8, 4, 0] { bytes.append(Byte.hexDigit(UInt8(unit >> shift & 0x0F))) }
  }

  private static func breakLine(_ bytes: inout [UInt8], _ style: JSONStyle, indent: Int) {
    guard style == .pretty else { return }
    bytes.append(Byte.lineFeed)
    bytes.append(contentsOf: repeatElement(Byte.space, count: 2 * indent))
  }
}
