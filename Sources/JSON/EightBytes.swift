/// Eight bytes of a text in one word, so that all of them are looked at together.
///
/// The first byte is the lowest. A byte that is found is the first of its kind; those behind it may be wrong, because
/// borrows and carries run upwards.
struct EightBytes {
  static let count = 8

  let word: UInt64

  @inline(__always)
  init(_ word: UInt64) {
    self.word = word
  }

  /// The bytes from `offset` on, of which there must be eight.
  @inline(__always)
  init(_ bytes: Span<UInt8>, at offset: Int) {
    let eight = bytes.extracting(offset..<offset &+ 8)
    word =
      UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
      | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40 | UInt64(eight[6]) << 48
      | UInt64(eight[7]) << 56
  }

  private static let lowBits: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// How many bytes stand before the first that a string must escape; 8 if there is none.
  @inline(__always)
  var plainCount: Int {
    let quotes = word ^ (Self.lowBits &* UInt64(Byte.quote))
    let backslashes = word ^ (Self.lowBits &* UInt64(Byte.backslash))
    let found =
      (quotes &- Self.lowBits) & ~quotes
      | (backslashes &- Self.lowBits) & ~backslashes
      | (word &- Self.lowBits &* UInt64(Byte.space)) & ~word
    return (found & Self.highBits).trailingZeroBitCount &>> 3
  }

  /// How many digits stand before the first byte that is none; 8 if all are.
  @inline(__always)
  var digitCount: Int {
    let digits = word ^ (Self.lowBits &* UInt64(Byte.zero))
    let others = (digits &+ Self.lowBits &* 0x76) | digits
    return (others & Self.highBits).trailingZeroBitCount &>> 3
  }

  /// The number that the first `count` bytes spell, all of them digits. `count` is 1 to 8.
  @inline(__always)
  func decimal(count: Int) -> Int {
    // Zeros in front bring it to eight digits; then pairs, fours and all are joined.
    let all =
      (word ^ (Self.lowBits &* UInt64(Byte.zero))) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    let twos = (all &* 10 &+ all &>> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (twos &* 100 &+ twos &>> 16) & 0x0000_FFFF_0000_FFFF
    let eight = (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
    return Int(truncatingIfNeeded: eight)
  }
}
