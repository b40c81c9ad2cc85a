import Source

/// One pass over a text, by recursive descent. A parser function begins at `offset` and leaves it behind its production.
struct JSONParser {
  private(set) var duplicateNames: [ByteRange] = []
  private let limits: JSONLimits
  private let depthMax: Int
  private var valueCount = 0
  /// Room for a string with escapes.
  private var unescaped: [UInt8] = []
  /// What the object before had: objects of one array are mostly alike.
  private var memberCountHint = 4
  private var offset = 0

  /// Above this, room is not kept for the next string.
  private static let idleCapacityMax = 1 << 20
  /// What the array before had.
  private var elementCountHint = 0
  /// Above this, room is not made before members or elements come.
  private static let countHintMax = 32

  init(limits: JSONLimits) {
    self.limits = limits
    depthMax = min(limits.depthMax, JSONLimits.depthCeiling)
  }

  /// `JSON-text = ws value ws`
  mutating func text(_ bytes: Span<UInt8>) throws(JSONFailure) -> JSONValue {
    guard bytes.count <= limits.textLengthMax else {
      throw JSONFailure(.tooLong(textLengthMax: limits.textLengthMax), at: limits.textLengthMax)
    }
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      throw JSONFailure(.byteOrderMark, at: 0)
    }
    skipWhiteSpace(bytes)
    let root = try value(bytes, depth: 0)
    skipWhiteSpace(bytes)
    guard offset == bytes.count else { throw JSONFailure(.trailingText, at: offset) }
    return root
  }

  private mutating func value(
    _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONFailure) -> JSONValue {
    guard offset < bytes.count else { throw JSONFailure(.unexpectedEnd, at: offset) }
    guard valueCount < limits.valueCountMax else {
      throw JSONFailure(.tooManyValues(valueCountMax: limits.valueCountMax), at: offset)
    }
    valueCount += 1

    switch bytes[offset] {
    case Byte.quote:
      return .string(try string(bytes))
    case Byte.openBrace:
      return .object(try object(bytes, depth: depth + 1))
    case Byte.openBracket:
      return .array(try array(bytes, depth: depth + 1))
    case Byte.minus, 0x30...0x39:
      return .number(try number(bytes))
    case 0x74:
      try literal([0x74, 0x72, 0x75, 0x65, 0], count: 4, bytes)
      return .bool(true)
    case 0x66:
      try literal([0x66, 0x61, 0x6C, 0x73, 0x65], count: 5, bytes)
      return .bool(false)
    case 0x6E:
      try literal([0x6E, 0x75, 0x6C, 0x6C, 0], count: 4, bytes)
      return .null
    default:
      throw JSONFailure(.valueExpected, at: offset)
    }
  }

  private mutating func array(
    _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONFailure) -> [JSONValue] {
    try enter(depth)
    skipWhiteSpace(bytes)
    if offset < bytes.count, bytes[offset] == Byte.closeBracket {
      offset += 1
      return []
    }
    var elements: [JSONValue] = []
    elements.reserveCapacity(elementCountHint)
    while true {
      elements.append(try value(bytes, depth: depth))
      skipWhiteSpace(bytes)
      guard offset < bytes.count else { throw JSONFailure(.unexpectedEnd, at: offset) }
      let byte = bytes[offset]
      guard byte == Byte.comma || byte == Byte.closeBracket else {
        throw JSONFailure(.commaOrBracketExpected, at: offset)
      }
      offset += 1
      if byte == Byte.closeBracket {
        elementCountHint = min(elements.count, Self.countHintMax)
        return elements
      }
      skipWhiteSpace(bytes)
    }
  }

  private mutating func object(
    _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONFailure) -> JSONObject {
    try enter(depth)
    skipWhiteSpace(bytes)
    if offset < bytes.count, bytes[offset] == Byte.closeBrace {
      offset += 1
      return JSONObject()
    }
    var members: [JSONMember] = []
    members.reserveCapacity(memberCountHint)
    var index = NameIndex()
    while true {
      guard offset < bytes.count else { throw JSONFailure(.unexpectedEnd, at: offset) }
      guard bytes[offset] == Byte.quote else { throw JSONFailure(.nameExpected, at: offset) }
      let nameStart = offset
      let name = try string(bytes)
      let first: Int?
      if name.utf8.count == offset - nameStart - 2 {
        // Every escape is longer than what it stands for: there is none.
        first = index.place(
          of: name, bytes: bytes.extracting(nameStart + 1..<offset - 1), among: members,
          count: members.count)
      } else {
        first = index.place(
          of: name, bytes: name.utf8.span, among: members, count: members.count)
      }
      if first != nil { duplicateNames.append(ByteRange(nameStart, offset)) }

      skipWhiteSpace(bytes)
      guard offset < bytes.count else { throw JSONFailure(.unexpectedEnd, at: offset) }
      guard bytes[offset] == Byte.colon else { throw JSONFailure(.colonExpected, at: offset) }
      offset += 1
      skipWhiteSpace(bytes)
      let value = try value(bytes, depth: depth)
      if let first {
        members[first].value = value
      } else {
        members.append(JSONMember(name, value))
      }

      skipWhiteSpace(bytes)
      guard offset < bytes.count else { throw JSONFailure(.unexpectedEnd, at: offset) }
      let byte = bytes[offset]
      guard byte == Byte.comma || byte == Byte.closeBrace else {
        throw JSONFailure(.commaOrBraceExpected, at: offset)
      }
      offset += 1
      if byte == Byte.closeBrace {
        memberCountHint = min(members.count, Self.countHintMax)
        return JSONObject(unique: members)
      }
      skipWhiteSpace(bytes)
    }
  }

  /// Steps over an opening bracket.
  private mutating func enter(_ depth: Int) throws(JSONFailure) {
    guard depth <= depthMax else {
      throw JSONFailure(.tooDeep(depthMax: depthMax), at: offset)
    }
    offset += 1
  }

  private mutating func number(_ bytes: Span<UInt8>) throws(JSONFailure) -> JSONNumber {
    switch NumberScan.scan(bytes, from: offset) {
    case .malformed(let place):
      throw JSONFailure(place == bytes.count ? .unexpectedEnd : .numberMalformed, at: place)
    case .short(let short, let end):
      offset = end
      return JSONNumber(short)
    case .long(let end):
      let spelling = try copy(bytes, offset, end)
      offset = end
      return JSONNumber(long: spelling)
    }
  }

  /// Steps over one of the three words.
  @inline(__always)
  private mutating func literal(
    _ word: InlineArray<5, UInt8>, count: Int, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    for place in 1..<count {
      guard offset + place < bytes.count else {
        throw JSONFailure(.unexpectedEnd, at: bytes.count)
      }
      guard bytes[offset + place] == word[place] else {
        throw JSONFailure(.valueExpected, at: offset)
      }
    }
    offset += count
  }

  /// `string = quotation-mark *char quotation-mark`, RFC 8259 section 7.
  private mutating func string(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    let start = offset + 1
    let end = Self.runEnd(bytes, from: start)
    guard end < bytes.count, bytes[end] == Byte.quote else {
      do throws(JSONFailure) {
        return try escapedString(bytes, from: start, firstEscape: end)
      } catch {
        // Broken UTF-8 before that place is the earlier fault.
        _ = try copy(bytes, start, min(error.offset, bytes.count))
        throw error
      }
    }
    offset = end + 1
    return try copy(bytes, start, end)
  }

  /// Goes on with a string at the first byte that does not stand for itself.
  private mutating func escapedString(
    _ bytes: Span<UInt8>, from start: Int, firstEscape: Int
  ) throws(JSONFailure) -> String {
    unescaped.removeAll(keepingCapacity: unescaped.capacity <= Self.idleCapacityMax)
    unescaped.append(copying: bytes.extracting(start..<firstEscape))
    var end = firstEscape
    while end < bytes.count {
      switch bytes[end] {
      case Byte.quote:
        offset = end + 1
        do throws(UTF8.ValidationError) {
          return String(copying: try UTF8Span(validating: unescaped.span))
        } catch {
          return try copy(bytes, start, end)  // which throws, with the place in the text
        }
      case Byte.backslash:
        let scalar = try escape(bytes, &end)
        if scalar.isASCII {
          unescaped.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
          unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
      case 0..<Byte.space:
        throw JSONFailure(.controlCharacter, at: end)
      default:
        let runEnd = Self.runEnd(bytes, from: end)
        unescaped.append(copying: bytes.extracting(end..<runEnd))
        end = runEnd
      }
    }
    throw JSONFailure(.unexpectedEnd, at: end)
  }

  /// The end of the bytes that stand for themselves in a string.
  @inline(__always)
  private static func runEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      if byte == Byte.quote || byte == Byte.backslash || byte < Byte.space { break }
      end += 1
    }
    return end
  }

  /// The character of the escape at `place`, which moves behind it.
  private func escape(
    _ bytes: Span<UInt8>, _ place: inout Int
  ) throws(JSONFailure) -> Unicode.Scalar {
    let start = place
    guard start + 1 < bytes.count else { throw JSONFailure(.unexpectedEnd, at: bytes.count) }
    let letter = bytes[start + 1]
    place = start + 2
    switch letter {
    case Byte.quote, Byte.backslash, Byte.slash: return Unicode.Scalar(letter)
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x6E: return "\n"
    case 0x72: return "\r"
    case 0x74: return "\t"
    case 0x75: break
    default: throw JSONFailure(.escapeUnknown, at: start)
    }

    let unit = try codeUnit(bytes, &place)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, place + 1 < bytes.count, bytes[place] == Byte.backslash,
      bytes[place + 1] == 0x75
    else { throw JSONFailure(.surrogateAlone, at: start) }
    place += 2
    let low = try codeUnit(bytes, &place)
    guard low >= 0xDC00, low <= 0xDFFF,
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw JSONFailure(.surrogateAlone, at: start) }
    return scalar
  }

  /// `4HEXDIG`
  private func codeUnit(
    _ bytes: Span<UInt8>, _ place: inout Int
  ) throws(JSONFailure) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard place < bytes.count else { throw JSONFailure(.unexpectedEnd, at: place) }
      guard let digit = Byte.hexValue(bytes[place]) else {
        throw JSONFailure(.escapeMalformed, at: place)
      }
      unit = unit << 4 | digit
      place += 1
    }
    return unit
  }

  /// The text of a run of bytes; this is where UTF-8 is validated, since none may stand outside strings.
  @inline(__always)
  private func copy(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) throws(JSONFailure) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes.extracting(start..<end)))
    } catch {
      throw JSONFailure(.utf8Invalid, at: start + error.byteOffsets.lowerBound)
    }
  }

  /// `ws = *( %x20 / %x09 / %x0A / %x0D )`
  @inline(__always)
  private mutating func skipWhiteSpace(_ bytes: Span<UInt8>) {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte <= Byte.space,
        byte == Byte.space || byte == Byte.lineFeed || byte == Byte.carriageReturn
          || byte == Byte.tab
      else { return }
      offset += 1
    }
  }
}
