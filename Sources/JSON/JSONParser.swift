import Source

/// One pass over a text, by recursive descent. A parser function begins at `offset` and leaves it behind its production.
struct JSONParser {
  private(set) var duplicateNames: [ByteRange] = []
  private let limits: JSONLimits
  private let depthMax: Int
  private var valueCount = 0
  /// Room for a string with escapes.
  private var unescaped: [UInt8] = []
  private var offset = 0
  /// By depth.
  private var knownNames: [KnownNames] = []

  /// Above this, room is not kept for the next string.
  private static let idleCapacityMax = 1 << 20
  /// What the array before had.
  private var elementCountHint = 2
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
    let root = try value(bytes, first: try nextByte(bytes), depth: 0)
    skipWhiteSpace(bytes)
    guard offset == bytes.count else { throw JSONFailure(.trailingText, at: offset) }
    return root
  }

  /// - Parameter first: the byte at `offset`.
  @inline(__always)
  private mutating func value(
    _ bytes: Span<UInt8>, first: UInt8, depth: Int
  ) throws(JSONFailure) -> JSONValue {
    guard valueCount < limits.valueCountMax else {
      throw JSONFailure(.tooManyValues(valueCountMax: limits.valueCountMax), at: offset)
    }
    valueCount &+= 1

    switch first {
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
    var byte = try nextByte(bytes)
    if byte == Byte.closeBracket {
      offset += 1
      return []
    }
    var elements: [JSONValue] = []
    var isOpen = true
    while isOpen {
      try elements.append(addingCapacity: max(elements.count, elementCountHint)) {
        room throws(JSONFailure) in
        while isOpen, !room.isFull {
          if Byte.isDigit(byte) {
            wholeNumbers(bytes, to: &room)
            guard !room.isFull else {
              byte = try nextByte(bytes)
              return
            }
            byte = try nextByte(bytes)
          }
          room.append(try value(bytes, first: byte, depth: depth))
          byte = try nextByte(bytes)
          if byte == Byte.closeBracket {
            isOpen = false
          } else if byte != Byte.comma {
            throw JSONFailure(.commaOrBracketExpected, at: offset)
          }
          offset &+= 1
          if isOpen { byte = try nextByte(bytes) }
        }
      }
    }
    elementCountHint = min(max(elements.count, 2), Self.countHintMax)
    return elements
  }

  /// Appends short whole numbers for as long as a comma follows at once, and steps over the comma: what series are made
  /// of. Whatever is left is for ``value(_:first:depth:)`` to read or to refuse.
  @inline(__always)
  private mutating func wholeNumbers(_ bytes: Span<UInt8>, to room: inout OutputSpan<JSONValue>) {
    while !room.isFull, valueCount < limits.valueCountMax,
      let found = NumberScan.wholeNumber(bytes, from: offset), found.next == Byte.comma
    {
      room.append(.number(JSONNumber(found.number)))
      valueCount &+= 1
      offset &+= found.count &+ 1
    }
  }

  private mutating func object(
    _ bytes: Span<UInt8>, depth: Int
  ) throws(JSONFailure) -> JSONObject {
    try enter(depth)
    var byte = try nextByte(bytes)
    if byte == Byte.closeBrace {
      offset += 1
      return JSONObject()
    }
    while knownNames.count <= depth { knownNames.append(KnownNames()) }
    var known = KnownNames()
    swap(&known, &knownNames[depth])
    var index = NameIndex()
    var values: [JSONValue] = []
    /// Of members whose names came before.
    var lateValues: [(place: Int, value: JSONValue)] = []
    var count = 0
    var isOpen = true
    while isOpen {
      let capacity = max(values.count, min(known.names.count, Self.countHintMax), 2)
      try values.append(addingCapacity: capacity) { room throws(JSONFailure) in
        while isOpen, !room.isFull {
          guard byte == Byte.quote else { throw JSONFailure(.nameExpected, at: offset) }
          var first: Int?
          if let length = known.count(at: count, bytes, offset) {
            offset &+= length
          } else {
            first = try unknownName(bytes, at: count, &known, &index)
          }
          guard try nextByte(bytes) == Byte.colon else {
            throw JSONFailure(.colonExpected, at: offset)
          }
          offset &+= 1
          let value = try value(bytes, first: try nextByte(bytes), depth: depth)
          if let first {
            lateValues.append((first, value))
          } else {
            room.append(value)
            count &+= 1
          }

          byte = try nextByte(bytes)
          if byte == Byte.closeBrace {
            isOpen = false
          } else if byte != Byte.comma {
            throw JSONFailure(.commaOrBraceExpected, at: offset)
          }
          offset &+= 1
          if isOpen { byte = try nextByte(bytes) }
        }
      }
    }
    for late in lateValues { values[late.place] = late.value }
    known.cut(to: count)
    let object = JSONObject(unique: known.names, values)
    swap(&known, &knownNames[depth])
    return object
  }

  /// Reads the name of the member at `place`. Returns the place where it came before, or nil.
  private mutating func unknownName(
    _ bytes: Span<UInt8>, at place: Int, _ known: inout KnownNames, _ index: inout NameIndex
  ) throws(JSONFailure) -> Int? {
    let start = offset
    let name = try string(bytes)
    let first = index.place(of: name, among: known.names, count: place)
    if first != nil {
      duplicateNames.append(ByteRange(start, offset))
    } else {
      known.replace(from: place, with: name, start: start, end: offset)
    }
    return first
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
    let end = StringScan.runEnd(bytes, from: start)
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
    let end = Self.stringEnd(bytes, from: firstEscape)
    unescaped.removeAll(keepingCapacity: unescaped.capacity <= Self.idleCapacityMax)
    // Every escape is longer than what it stands for. With room for none, after a quote that ends the text, Swift would write
    // the count of the empty array, which is one for all threads.
    try unescaped.append(addingCapacity: max(end - start, 1)) { room throws(JSONFailure) in
      var place = start
      while place < end {
        let byte = bytes[place]
        if byte == Byte.backslash {
          let scalar = try Self.escape(bytes, &place)
          if scalar.isASCII {
            room.append(UInt8(truncatingIfNeeded: scalar.value))
            continue
          }
          for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { room.append(byte) }
        } else if byte < Byte.space {
          throw JSONFailure(.controlCharacter, at: place)
        } else {
          room.append(byte)
          place &+= 1
        }
      }
    }
    guard end < bytes.count else { throw JSONFailure(.unexpectedEnd, at: end) }
    do throws(UTF8.ValidationError) {
      let string = String(copying: try UTF8Span(validating: unescaped.span))
      offset = end + 1
      return string
    } catch {
      return try copy(bytes, start, end)  // which throws, with the place in the text
    }
  }

  /// The place of the quote that ends a string, or the end of the text.
  private static func stringEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != Byte.quote {
      end = StringScan.runEnd(bytes, from: bytes[end] == Byte.backslash ? end + 2 : end + 1)
    }
    return min(end, bytes.count)
  }

  /// The character of the escape at `place`, which moves behind it.
  private static func escape(
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
  private static func codeUnit(
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

  /// The byte behind white space, at which `offset` then stands.
  @inline(__always)
  private mutating func nextByte(_ bytes: Span<UInt8>) throws(JSONFailure) -> UInt8 {
    // Most texts that programs send have none.
    if offset < bytes.count, bytes[offset] > Byte.space { return bytes[offset] }
    skipWhiteSpace(bytes)
    guard offset < bytes.count else { throw JSONFailure(.unexpectedEnd, at: offset) }
    return bytes[offset]
  }

  @inline(__always)
  private mutating func skipWhiteSpace(_ bytes: Span<UInt8>) {
    offset = WhiteSpace.end(bytes, from: offset)
  }
}
