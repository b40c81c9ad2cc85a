package import Source

/// The members of an object whose text was looked at from end to end, and whose values were not made.
///
/// For those who need little of a text: three short members tell one message from another, and the rest is read when
/// somebody wants it. Whatever ``JSONDocument`` refuses is refused here, without a reason; so is what is rare, to keep
/// the questions few. The reader turns to the document then.
package struct JSONOutline: Sendable {
  /// A member of the object, by its place in the text.
  package struct Member: Sendable {
    /// Without the quotes. It has no escapes.
    package let name: ByteRange
    package let value: ByteRange
  }

  /// In the order of the text; no two have the same name.
  package private(set) var members: [Member] = []
  /// Of the objects that are open, the innermost object's last.
  private var names: [ByteRange] = []
  private var offset = 0
  private var valueCount = 0
  private var limits = JSONLimits()

  /// In one object: each name is compared with those before it.
  private static let memberCountMax = 64
  private static let depthMax = 64

  package init() {}

  /// Looks at a text, in the room of the one before.
  ///
  /// - Returns: false where the text is no object, is wrong, passes a limit or repeats a name, and where it has an escape
  ///   in a name, a surrogate, more than 64 members in one object or a depth of more than 64.
  ///
  /// Source: RFC 8259. Complexity: O(bytes).
  package mutating func read(_ bytes: Span<UInt8>, limits: JSONLimits) -> Bool {
    members.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    offset = 0
    valueCount = 1
    self.limits = limits
    guard bytes.count <= limits.textLengthMax, limits.valueCountMax > 0,
      nextByte(bytes) == Byte.openBrace, object(bytes, depth: 1)
    else { return false }
    skipWhiteSpace(bytes)
    // None of it stands outside strings.
    return offset == bytes.count && (try? UTF8Span(validating: bytes)) != nil
  }

  /// Steps over a value. Every function here returns false at what it does not understand.
  private mutating func value(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    guard valueCount < limits.valueCountMax else { return false }
    valueCount &+= 1
    switch nextByte(bytes) {
    case Byte.quote: return string(bytes)
    case Byte.openBrace: return object(bytes, depth: depth + 1)
    case Byte.openBracket: return array(bytes, depth: depth + 1)
    case Byte.minus, 0x30...0x39: return number(bytes)
    case 0x74: return word([0x74, 0x72, 0x75, 0x65, 0], count: 4, bytes)
    case 0x66: return word([0x66, 0x61, 0x6C, 0x73, 0x65], count: 5, bytes)
    case 0x6E: return word([0x6E, 0x75, 0x6C, 0x6C, 0], count: 4, bytes)
    default: return false
    }
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    guard depth <= min(limits.depthMax, Self.depthMax) else { return false }
    offset += 1
    var byte = nextByte(bytes)
    if byte == Byte.closeBrace {
      offset += 1
      return true
    }
    let first = names.count
    var traits: UInt64 = 0
    while true {
      let start = offset + 1
      guard byte == Byte.quote, names.count - first < Self.memberCountMax else { return false }
      let end = StringScan.runEnd(bytes, from: start)
      guard end < bytes.count, bytes[end] == Byte.quote else { return false }
      let name = ByteRange(start, end)
      let trait = NameIndex.trait(of: bytes.extracting(start..<end))
      if traits & trait != 0, hasName(name, from: first, bytes) { return false }
      traits |= trait
      names.append(name)
      offset = end + 1

      guard nextByte(bytes) == Byte.colon else { return false }
      offset += 1
      skipWhiteSpace(bytes)
      let valueStart = offset
      guard value(bytes, depth: depth) else { return false }
      if depth == 1 {
        members.append(Member(name: name, value: ByteRange(valueStart, offset)))
      }

      byte = nextByte(bytes)
      offset += 1
      if byte == Byte.closeBrace { break }
      guard byte == Byte.comma else { return false }
      byte = nextByte(bytes)
    }
    names.removeLast(names.count - first)
    return true
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    guard depth <= min(limits.depthMax, Self.depthMax) else { return false }
    offset += 1
    if nextByte(bytes) == Byte.closeBracket {
      offset += 1
      return true
    }
    while true {
      guard value(bytes, depth: depth) else { return false }
      let byte = nextByte(bytes)
      offset += 1
      if byte == Byte.closeBracket { return true }
      guard byte == Byte.comma else { return false }
    }
  }

  private mutating func string(_ bytes: Span<UInt8>) -> Bool {
    var end = StringScan.runEnd(bytes, from: offset + 1)
    while end < bytes.count, bytes[end] == Byte.backslash {
      guard let length = Self.escapeLength(bytes, at: end) else { return false }
      end = StringScan.runEnd(bytes, from: end + length)
    }
    guard end < bytes.count, bytes[end] == Byte.quote else { return false }
    offset = end + 1
    return true
  }

  /// The length of an escape; nil where it is wrong or stands for a surrogate.
  private static func escapeLength(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    guard place + 1 < bytes.count else { return nil }
    switch bytes[place + 1] {
    case Byte.quote, Byte.backslash, Byte.slash, 0x62, 0x66, 0x6E, 0x72, 0x74: return 2
    case 0x75: break
    default: return nil
    }
    guard place + 5 < bytes.count else { return nil }
    var unit: UInt32 = 0
    for at in (place + 2)..<(place + 6) {
      guard let digit = Byte.hexValue(bytes[at]) else { return nil }
      unit = unit << 4 | digit
    }
    return Unicode.Scalar(unit) == nil ? nil : 6
  }

  private mutating func number(_ bytes: Span<UInt8>) -> Bool {
    switch NumberScan.scan(bytes, from: offset) {
    case .malformed: return false
    case .short(_, let end), .long(let end): offset = end
    }
    return true
  }

  @inline(__always)
  private mutating func word(
    _ word: InlineArray<5, UInt8>, count: Int, _ bytes: Span<UInt8>
  ) -> Bool {
    guard bytes.count - offset >= count else { return false }
    for place in 1..<count where bytes[offset + place] != word[place] { return false }
    offset += count
    return true
  }

  /// The byte behind white space, at which `offset` then stands; 0, which nothing begins with, at the end.
  @inline(__always)
  private mutating func nextByte(_ bytes: Span<UInt8>) -> UInt8 {
    if offset < bytes.count, bytes[offset] > Byte.space { return bytes[offset] }
    skipWhiteSpace(bytes)
    return offset < bytes.count ? bytes[offset] : 0
  }

  @inline(__always)
  private mutating func skipWhiteSpace(_ bytes: Span<UInt8>) {
    offset = WhiteSpace.end(bytes, from: offset)
  }

  // MARK: Names

  private func hasName(_ name: ByteRange, from first: Int, _ bytes: Span<UInt8>) -> Bool {
    for place in first..<names.count where Self.isSame(names[place], name, bytes) { return true }
    return false
  }

  private static func isSame(_ left: ByteRange, _ right: ByteRange, _ bytes: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for at in 0..<left.count where bytes[left.start + at] != bytes[right.start + at] {
      return false
    }
    return true
  }
}
