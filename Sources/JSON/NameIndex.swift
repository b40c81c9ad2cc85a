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
  private var indexed = 0

  /// The place of `name` among the first `count` members, or nil. To be asked once for each member, in order.
  ///
  /// - Parameter bytes: the name's UTF-8, which a parser has at hand.
  mutating func place(
    of name: String, bytes: Span<UInt8>, among members: [JSONMember], count: Int
  ) -> Int? {
    let trait = Self.trait(of: bytes)
    if count <= Self.walkMax {
      guard traits & trait != 0 else {
        traits |= trait
        return nil
      }
      for place in 0..<count where Self.isSame(members[place].name, name) { return place }
      return nil
    }
    while indexed < count {
      places[ExactString(members[indexed].name)] = indexed
      indexed += 1
    }
    return places[ExactString(name)]
  }

  private static func trait(of bytes: Span<UInt8>) -> UInt64 {
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
