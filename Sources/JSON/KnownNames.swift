/// The names of the object before at the same depth, in their order: those of one array are mostly alike.
///
/// A name that stands in the text as the known one at its place is that name, is no duplicate, and needs no new string.
/// Objects whose names are all alike share one array.
struct KnownNames {
  /// Begins with the names of the object that is being read.
  private(set) var names: [String] = []
  /// Where each name stood in the text, quotes included.
  private var spellings: [(start: Int, count: Int)] = []

  /// The length of the known name at `place`, quotes included, if it stands at `offset` of the text again.
  @inline(__always)
  func count(at place: Int, _ bytes: Span<UInt8>, _ offset: Int) -> Int? {
    guard place < spellings.count else { return nil }
    let (start, count) = spellings[place]
    var at = 0
    while at < count {
      // Near the end of the text a name is read as any other.
      guard bytes.count &- offset &- at >= EightBytes.count else { return nil }
      let different =
        EightBytes(bytes, at: offset &+ at).word ^ EightBytes(bytes, at: start &+ at).word
      at &+= EightBytes.count
      let countBehind = max(0, at &- count)
      guard different << UInt64(truncatingIfNeeded: 8 &* countBehind) == 0 else { return nil }
    }
    return count
  }

  /// Puts a name that stands from `start` to `end` in place of those that are known from `place` on.
  mutating func replace(from place: Int, with name: String, start: Int, end: Int) {
    cut(to: place)
    names.append(name)
    spellings.append((start, end - start))
  }

  /// Leaves no more names than the object has.
  mutating func cut(to count: Int) {
    guard count < names.count else { return }
    names.removeLast(names.count - count)
    spellings.removeLast(spellings.count - count)
  }
}
