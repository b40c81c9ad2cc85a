/// The SHA-256 of a stream of bytes.
///
/// Source: FIPS 180-4, sections 5.1.1, 5.3.3 and 6.2. The sigmas are those of section 4.1.2.
package struct SHA256: Sendable {
  /// Bytes per block.
  private static let blockLength = 64

  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// The beginning of a block that is not full.
  private var partial: [UInt8] = []
  /// In bytes; the standard ends at 2^61.
  private var length: UInt64 = 0

  package init() {}

  /// Takes the next bytes of the message. It does not matter how the message is cut.
  ///
  /// Complexity: O(bytes).
  package mutating func update(_ bytes: Span<UInt8>) {
    length &+= UInt64(bytes.count)
    var offset = 0
    if !partial.isEmpty {
      offset = min(Self.blockLength - partial.count, bytes.count)
      for place in 0..<offset { partial.append(bytes[place]) }
      guard partial.count == Self.blockLength else { return }
      let block = partial
      partial = []
      Self.compress(block.span, into: &state)
    }
    while bytes.count - offset >= Self.blockLength {
      Self.compress(bytes.extracting(offset..<(offset + Self.blockLength)), into: &state)
      offset += Self.blockLength
    }
    for place in offset..<bytes.count { partial.append(bytes[place]) }
  }

  package mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// The digest, 32 bytes. The value is then as new, ready for another message.
  package mutating func finalize() -> [UInt8] {
    let bitCount = length &* 8
    var padding: [UInt8] = [0x80]
    // So that the padded message is whole blocks with 8 bytes for its length.
    let zeroCount = (2 * Self.blockLength - 9 - partial.count) % Self.blockLength
    padding.append(contentsOf: repeatElement(0, count: zeroCount))
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    update(padding)

    var digest: [UInt8] = []
    digest.reserveCapacity(32)
    for place in state.indices {
      for shift in [24, 16, 8, 0] as [UInt32] {
        digest.append(UInt8(truncatingIfNeeded: state[place] >> shift))
      }
    }
    self = SHA256()
    return digest
  }

  /// The digest of a whole message in lower-case hexadecimal, 64 digits.
  package static func hex(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalizeHex()
  }

  /// The digest as ``finalize()`` gives it, in lower-case hexadecimal.
  package mutating func finalizeHex() -> String {
    let digits: [UInt8] = finalize().flatMap { [Self.digit($0 >> 4), Self.digit($0 & 0x0F)] }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x61 + value - 10
  }
}

// MARK: The compression function

extension SHA256 {
  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  // swift-format-ignore
  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5,
    0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
    0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc,
    0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
    0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3,
    0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5,
    0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
    0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  /// Takes in one block of 64 bytes (section 6.2.2). Sums are modulo 2^32.
  private static func compress(_ block: Span<UInt8>, into state: inout InlineArray<8, UInt32>) {
    var words = InlineArray<64, UInt32>(repeating: 0)
    for place in 0..<16 {
      words[place] =
        UInt32(block[4 &* place]) << 24 | UInt32(block[4 &* place &+ 1]) << 16
        | UInt32(block[4 &* place &+ 2]) << 8 | UInt32(block[4 &* place &+ 3])
    }
    for place in 16..<64 {
      words[place] =
        words[place &- 16] &+ smallSigma0(words[place &- 15]) &+ words[place &- 7]
        &+ smallSigma1(words[place &- 2])
    }

    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // Eight rounds bring each variable back to its place, so that none is moved.
    for place in stride(from: 0, to: 64, by: 8) {
      turn(a, b, c, &d, e, f, g, &h, constants[place] &+ words[place])
      turn(h, a, b, &c, d, e, f, &g, constants[place &+ 1] &+ words[place &+ 1])
      turn(g, h, a, &b, c, d, e, &f, constants[place &+ 2] &+ words[place &+ 2])
      turn(f, g, h, &a, b, c, d, &e, constants[place &+ 3] &+ words[place &+ 3])
      turn(e, f, g, &h, a, b, c, &d, constants[place &+ 4] &+ words[place &+ 4])
      turn(d, e, f, &g, h, a, b, &c, constants[place &+ 5] &+ words[place &+ 5])
      turn(c, d, e, &f, g, h, a, &b, constants[place &+ 6] &+ words[place &+ 6])
      turn(b, c, d, &e, f, g, h, &a, constants[place &+ 7] &+ words[place &+ 7])
    }

    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  /// One round, after which the variables are called by the letter before theirs: `h` is the new `a`.
  @inline(__always)
  private static func turn(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    // Ch and Maj with one step less than the standard writes them.
    h = h &+ bigSigma1(e) &+ (g ^ e & (f ^ g)) &+ word
    d = d &+ h
    h = h &+ bigSigma0(a) &+ (b ^ (a ^ b) & (b ^ c))
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  // The sums of rotations by 2, 13 and 22, and by 6, 11 and 25: each rotation goes on from the one before.

  @inline(__always)
  private static func bigSigma0(_ word: UInt32) -> UInt32 {
    rotated(word ^ rotated(word ^ rotated(word, 9), 11), 2)
  }

  @inline(__always)
  private static func bigSigma1(_ word: UInt32) -> UInt32 {
    rotated(word ^ rotated(word ^ rotated(word, 14), 5), 6)
  }

  @inline(__always)
  private static func smallSigma0(_ word: UInt32) -> UInt32 {
    rotated(word, 7) ^ rotated(word, 18) ^ word &>> 3
  }

  @inline(__always)
  private static func smallSigma1(_ word: UInt32) -> UInt32 {
    rotated(word, 17) ^ rotated(word, 19) ^ word &>> 10
  }
}
