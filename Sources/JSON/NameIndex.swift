import Source

/// Finds a member's name among those before it: by looking at each while they are few, by hash afterwards.
///
/// Complexity: O(1) per name on average, and a text cannot choose the hash.
struct NameIndex {
  /// Up to here a walk over the names is the faster way.
  private static let walkMax = 16

  private var places: [ExactString: Int] = [:]
  /// One bit for the length and some bytes of each name, so that most names need no walk.
  private var traits: UInt64 = 0
  /// How many members it knows, in `traits` or in `places`.
  private var marked = 0
  private var indexed = 0

  /// The place of `name` among the first `count`, or nil. Those stay the first from one question to the next.
  mutating func place(of name: String, among names: [String], count: Int) -> Int? {
    if count <= Self.walkMax {
      while marked < count {
        traits |= Self.trait(of: names[marked])
        marked += 1
      }
      guard traits & Self.trait(of: name) != 0 else { return nil }
      for place in 0..<count where Self.isSame(names[place], name) { return place }
      return nil
    }
    while indexed < count {
      places[ExactString(names[indexed])] = indexed
      indexed += 1
    }
    return places[ExactString(name)]
  }

  private static func trait(of name: String) -> UInt64 { trait(of: name.utf8.span) }

  /// One of 64 bits, the same for the same name.
  @inline(__always)
  static func trait(of bytes: Span<UInt8>) -> UInt64 {
    var sum = bytes.count
    if !bytes.isEmpty {
      sum &+=
        7 &* Int(bytes[0]) &+ 13 &* Int(bytes[bytes.count / 2])
        &+ 29 &* Int(bytes[bytes.count - 1])
    }
    return 1 << UInt64(truncatingIfNeeded: sum & 63)
  }

  /// Whether the bytes are the same.
  @inline(__always)
  static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && ExactString(left) == ExactString(right)
  }
}
