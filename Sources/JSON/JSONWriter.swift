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
    // Room is made once: to grow a large text costs more than to measure it.
    let length = JSONWriter.length(of: self, style, indent: 0)
    JSONWriter.appendMeasured(to: &bytes, length: length) { room, slack in
      JSONWriter.append(self, to: &room, &slack, style, indent: 0)
    }
  }
}

/// The one writer of JSON.
package enum JSONWriter {
  static func append(
    _ value: JSONValue, to room: inout OutputSpan<UInt8>, _ slack: inout Int, _ style: JSONStyle,
    indent: Int
  ) {
    switch value {
    case .null:
      append(0x6E, 0x75, 0x6C, 0x6C, to: &room)
    case .bool(let value):
      if value {
        append(0x74, 0x72, 0x75, 0x65, to: &room)
      } else {
        room.append(0x66)
        append(0x61, 0x6C, 0x73, 0x65, to: &room)
      }
    case .number(let value):
      value.append(to: &room)
    case .string(let value):
      append(string: value, to: &room, &slack, style)
    case .array(let elements):
      room.append(Byte.openBracket)
      let elements = elements.span
      for index in elements.indices {
        if index > 0 { room.append(Byte.comma) }
        breakLine(&room, style, indent: indent + 1)
        append(elements, at: index, to: &room, &slack, style, indent: indent + 1)
      }
      if !elements.isEmpty { breakLine(&room, style, indent: indent) }
      room.append(Byte.closeBracket)
    case .object(let object):
      room.append(Byte.openBrace)
      let names = object.names.span
      let values = object.values.span
      for index in names.indices {
        if index > 0 { room.append(Byte.comma) }
        breakLine(&room, style, indent: indent + 1)
        append(string: names[index], to: &room, &slack, style)
        room.append(Byte.colon)
        if style == .pretty { room.append(Byte.space) }
        append(values, at: index, to: &room, &slack, style, indent: indent + 1)
      }
      if !names.isEmpty { breakLine(&room, style, indent: indent) }
      room.append(Byte.closeBrace)
    }
  }

  /// Appends one value of an array or object: numbers and strings without a call.
  @inline(__always)
  private static func append(
    _ values: Span<JSONValue>, at index: Int, to room: inout OutputSpan<UInt8>,
    _ slack: inout Int, _ style: JSONStyle, indent: Int
  ) {
    switch values[index] {
    case .number(let value): value.append(to: &room)
    case .string(let value): append(string: value, to: &room, &slack, style)
    default: append(values[index], to: &room, &slack, style, indent: indent)
    }
  }

  /// Appends a string with its quotes.
  package static func append(
    string: String, to bytes: inout [UInt8], _ style: JSONStyle = .compact
  ) {
    appendMeasured(to: &bytes, length: string.utf8.count + 2) { room, slack in
      append(string: string, to: &room, &slack, style)
    }
  }

  /// Makes room for `length` bytes and some escapes, and if that was too little, for as many as there are.
  @inline(__always)
  fileprivate static func appendMeasured(
    to bytes: inout [UInt8], length: Int,
    _ write: (inout OutputSpan<UInt8>, inout Int) -> Void
  ) {
    let start = bytes.count
    var slackMax = length / 8 + 32
    while true {
      var slack = slackMax
      bytes.append(addingCapacity: length + slackMax) { room in write(&room, &slack) }
      guard slack < 0 else { return }
      bytes.removeLast(bytes.count - start)
      slackMax -= slack
    }
  }

  @inline(__always)
  private static func append(
    string: String, to room: inout OutputSpan<UInt8>, _ slack: inout Int, _ style: JSONStyle
  ) {
    room.append(Byte.quote)
    append(text: string.utf8.span, to: &room, &slack, style)
    room.append(Byte.quote)
  }

  private static func append(
    text: Span<UInt8>, to room: inout OutputSpan<UInt8>, _ slack: inout Int, _ style: JSONStyle
  ) {
    var offset = 0
    while true {
      let end = style == .ascii ? asciiEnd(text, from: offset) : plainEnd(text, from: offset)
      room.append(copying: text.extracting(offset..<end))
      guard end < text.count else { return }
      offset = end &+ appendEscape(text, end, to: &room, &slack)
    }
  }

  /// The end of the bytes that stand for themselves.
  @inline(__always)
  private static func plainEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while text.count &- end >= EightBytes.count {
      let count = EightBytes(text, at: end).plainCount
      end &+= count
      if count < EightBytes.count { return end }
    }
    while end < text.count, !needsEscape(text[end]) { end &+= 1 }
    return end
  }

  private static func asciiEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count, !needsEscape(text[end]), text[end] < Byte.delete { end += 1 }
    return end
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < Byte.space || byte == Byte.quote || byte == Byte.backslash
  }

  /// Appends the escape of the character at `offset`, or takes note that there is no room. Returns how many bytes the
  /// character has.
  ///
  /// The short form where there is one, else `\u00xx` in lower case: RFC 8785 section 3.2.2.2.
  private static func appendEscape(
    _ text: Span<UInt8>, _ offset: Int, to room: inout OutputSpan<UInt8>, _ slack: inout Int
  ) -> Int {
    let byte = text[offset]
    let letter: UInt8
    switch byte {
    case Byte.quote, Byte.backslash: letter = byte
    case Byte.backspace: letter = 0x62
    case Byte.formFeed: letter = 0x66
    case Byte.lineFeed: letter = 0x6E
    case Byte.carriageReturn: letter = 0x72
    case Byte.tab: letter = 0x74
    case 0x80...:
      let count = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      var scalar = UInt32(byte) & 0x7F >> UInt32(count)
      for place in 1..<count { scalar = scalar << 6 | UInt32(text[offset + place]) & 0x3F }
      slack &+= count
      if scalar >= 0x10000 {
        append(unit: 0xD800 + (scalar - 0x10000) >> 10, to: &room, &slack)
        scalar = 0xDC00 + scalar & 0x3FF
      }
      append(unit: scalar, to: &room, &slack)
      return count
    default:
      slack &+= 1
      append(unit: UInt32(byte), to: &room, &slack)
      return 1
    }
    slack &-= 1
    if slack >= 0 {
      room.append(Byte.backslash)
      room.append(letter)
    }
    return 1
  }

  /// Appends `\u` and four hexadecimal digits in lower case.
  private static func append(
    unit: UInt32, to room: inout OutputSpan<UInt8>, _ slack: inout Int
  ) {
    slack &-= 6
    guard slack >= 0 else { return }
    room.append(Byte.backslash)
    room.append(0x75)
    for shift: UInt32 in [12, 8, 4, 0] {
      room.append(Byte.hexDigit(UInt8(truncatingIfNeeded: unit >> shift & 0x0F)))
    }
  }

  @inline(__always)
  private static func append(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8,
    to room: inout OutputSpan<UInt8>
  ) {
    room.append(first)
    room.append(second)
    room.append(third)
    room.append(fourth)
  }

  private static func breakLine(
    _ room: inout OutputSpan<UInt8>, _ style: JSONStyle, indent: Int
  ) {
    guard style == .pretty else { return }
    room.append(Byte.lineFeed)
    room.append(repeating: Byte.space, count: 2 * indent)
  }
}

extension JSONWriter {
  /// The most bytes that a value's text takes if nothing in it is escaped.
  fileprivate static func length(of value: JSONValue, _ style: JSONStyle, indent: Int) -> Int {
    switch value {
    case .null, .bool: return 5
    case .number(let value): return value.lengthMax
    case .string(let value): return 2 + value.utf8.count
    case .array(let elements):
      var length = 2 + elements.count
      if style == .pretty { length += lineBreaksLength(elements.count, indent: indent) }
      let elements = elements.span
      for index in elements.indices {
        length += Self.length(of: elements, at: index, style, indent: indent + 1)
      }
      return length
    case .object(let object):
      // Quotes, a comma, a colon and a space for each member.
      var length = 2 + 5 * object.names.count
      if style == .pretty { length += lineBreaksLength(object.names.count, indent: indent) }
      let names = object.names.span
      for index in names.indices { length += names[index].utf8.count }
      let values = object.values.span
      for index in values.indices {
        length += Self.length(of: values, at: index, style, indent: indent + 1)
      }
      return length
    }
  }

  @inline(__always)
  private static func length(
    of values: Span<JSONValue>, at index: Int, _ style: JSONStyle, indent: Int
  ) -> Int {
    switch values[index] {
    case .null, .bool: 5
    case .number(let value): value.lengthMax
    case .string(let value): 2 + value.utf8.count
    default: length(of: values[index], style, indent: indent)
    }
  }

  /// A line for each element and one for the closing bracket.
  private static func lineBreaksLength(_ count: Int, indent: Int) -> Int {
    (count + 1) * (3 + 2 * indent)
  }
}
