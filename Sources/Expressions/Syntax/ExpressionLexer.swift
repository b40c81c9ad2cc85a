/// Cuts a text into tokens. It never fails: what is not of the language is a token too.
struct ExpressionLexer {
  let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Leaves out the rest of the text.
  mutating func stop() { offset = bytes.count }

  mutating func next() -> ExpressionToken {
    let start = offset
    guard start < bytes.count else { return ExpressionToken(.end, start, start) }
    let kind = read(bytes[start])
    return ExpressionToken(kind, start, offset)
  }

  /// The byte at a place, or 0 beyond the text.
  private func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func read(_ first: UInt8) -> ExpressionToken.Kind {
    if Self.isNameStart(first) { return name() }
    if Self.isDigit(first) { return number() }
    if first >= 0x80 { return character() }
    offset += 1
    switch first {
    case 0x20, 0x09, 0x0A, 0x0D:
      while Self.isSpace(byte(offset)) { offset += 1 }
      return .space
    case UInt8(ascii: "+"): return .plus
    case UInt8(ascii: "-"): return .minus
    case UInt8(ascii: "*"): return repeated(first) ? .foreignOperator : .times
    case UInt8(ascii: "/"): return repeated(first) ? .foreignOperator : .divide
    case UInt8(ascii: "("): return .open
    case UInt8(ascii: ")"): return .close
    case UInt8(ascii: "["): return .openList
    case UInt8(ascii: "]"): return .closeList
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: ".") where Self.isDigit(byte(offset)):
      offset -= 1
      return number()
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"):
      while byte(offset) == UInt8(ascii: "=") || byte(offset) == UInt8(ascii: ">") { offset += 1 }
      return .foreignOperator
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      _ = repeated(first)
      return .foreignOperator
    case UInt8(ascii: "^"), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      return .foreignOperator
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return text(from: first)
    case UInt8(ascii: "#"):
      while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
      return .comment
    case UInt8(ascii: "$") where byte(offset) == UInt8(ascii: "{"): return placeholder()
    case UInt8(ascii: "$") where Self.isNamePart(byte(offset)):
      while Self.isNamePart(byte(offset)) { offset += 1 }
      return .placeholder
    case UInt8(ascii: "{"): return bracedName() ? .placeholder : .invalid
    default: return .invalid
    }
  }

  /// Takes a second `first`.
  private mutating func repeated(_ first: UInt8) -> Bool {
    guard byte(offset) == first else { return false }
    offset += 1
    return true
  }

  private mutating func name() -> ExpressionToken.Kind {
    while Self.isNamePart(byte(offset)) { offset += 1 }
    return continuesForeignName() ? foreignName() : .name
  }

  /// Whether what follows a word can only be meant as part of it.
  private func continuesForeignName() -> Bool {
    let next = byte(offset)
    if next == UInt8(ascii: ".") || next == UInt8(ascii: "@") {
      return Self.isNamePart(byte(offset + 1))
    }
    return next >= 0x80 && isForeignNamePart(at: offset)
  }

  private func isForeignNamePart(at place: Int) -> Bool {
    let (scalar, _) = scalar(at: place)
    if let ascii = LookAlike.ascii(for: scalar) { return Self.isNamePart(ascii) }
    let properties = Unicode.Scalar(scalar)?.properties
    return properties?.isAlphabetic == true || properties?.numericType != nil
  }

  private mutating func foreignName() -> ExpressionToken.Kind {
    while offset < bytes.count {
      if Self.isNamePart(bytes[offset]) {
        offset += 1
      } else if continuesForeignName() {
        offset += scalar(at: offset).length
      } else {
        break
      }
    }
    return .foreignName
  }

  /// A character that is not ASCII.
  private mutating func character() -> ExpressionToken.Kind {
    if isForeignNamePart(at: offset) { return foreignName() }
    let (scalar, length) = scalar(at: offset)
    offset += length
    guard let ascii = LookAlike.ascii(for: scalar) else { return .invalid }
    return ascii == UInt8(ascii: "\"") || ascii == UInt8(ascii: "'")
      ? text(from: ascii) : .lookAlike
  }

  /// Number [digit+ ['.' digit+]], or what other languages write so.
  private mutating func number() -> ExpressionToken.Kind {
    let start = offset
    var points = 0
    var isForeign = false
    while true {
      let next = byte(offset)
      if Self.isDigit(next) {
        offset += 1
      } else if next == UInt8(ascii: ".") {
        points += 1
        isForeign = isForeign || points > 1 || offset == start || !Self.isDigit(byte(offset + 1))
        offset += 1
      } else if next == UInt8(ascii: "_"), Self.isDigit(byte(offset + 1)) {
        isForeign = true
        offset += 1
      } else {
        break
      }
    }
    if byte(offset) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(offset + 1)
      let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
      let digits = offset + (isSigned ? 2 : 1)
      if Self.isDigit(byte(digits)) {
        isForeign = true
        offset = digits
        while Self.isDigit(byte(offset)) { offset += 1 }
      }
    }
    return isForeign ? .foreignNumber : .number
  }

  /// Up to the next quote of the same kind, or to the end of the text.
  private mutating func text(from quote: UInt8) -> ExpressionToken.Kind {
    while offset < bytes.count {
      let (scalar, length) = scalar(at: offset)
      offset += length
      if scalar == UInt32(quote) || LookAlike.ascii(for: scalar) == quote { break }
    }
    return .text
  }

  /// `${` up to a `}` on the same line, or the two alone.
  private mutating func placeholder() -> ExpressionToken.Kind {
    offset += 1
    var end = offset
    while Self.isNamePart(byte(end)) { end += 1 }
    if byte(end) == UInt8(ascii: "}") { offset = end + 1 }
    return .placeholder
  }

  /// Takes the rest of `{name}` or `{{ name }}`; nothing where it is something else.
  private mutating func bracedName() -> Bool {
    var end = offset
    let isTwofold = byte(end) == UInt8(ascii: "{")
    if isTwofold { end += 1 }
    while byte(end) == 0x20 { end += 1 }
    let start = end
    while Self.isNamePart(byte(end)) { end += 1 }
    guard end > start else { return false }
    while byte(end) == 0x20 { end += 1 }
    for _ in 0..<(isTwofold ? 2 : 1) {
      guard byte(end) == UInt8(ascii: "}") else { return false }
      end += 1
    }
    offset = end
    return true
  }

  /// The character at a place and its length in bytes; a byte that begins none stands for itself.
  func scalar(at place: Int) -> (value: UInt32, length: Int) {
    let first = byte(place)
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, place + length <= bytes.count else { return (UInt32(first), 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for next in place + 1..<place + length { value = value << 6 | UInt32(bytes[next] & 0x3F) }
    return (value, length)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F
  }

  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }
}
