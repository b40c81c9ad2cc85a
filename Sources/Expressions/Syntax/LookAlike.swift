/// Characters that a word processor or a keyboard puts in the place of those of the language.
enum LookAlike {
  /// The ASCII character that is meant.
  ///
  /// - Returns: nil where nothing of the language looks like it; a space also for what has no width at all.
  static func ascii(for scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0xFF01...0xFF5E: UInt8(truncatingIfNeeded: scalar - 0xFEE0)
    case 0x2010...0x2015, 0x2212, 0x2796, 0xFE58, 0xFE63: UInt8(ascii: "-")
    case 0x2795, 0xFE62: UInt8(ascii: "+")
    case 0xB7, 0xD7, 0x2217, 0x2219, 0x22C5, 0x2715, 0x2716: UInt8(ascii: "*")
    case 0xF7, 0x2044, 0x2215, 0x2797: UInt8(ascii: "/")
    case 0x201A, 0x060C, 0x3001, 0xFE50: UInt8(ascii: ",")
    case 0x2018, 0x2019, 0x201B: UInt8(ascii: "'")
    case 0x201C...0x201F, 0xAB, 0xBB: UInt8(ascii: "\"")
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: 0x20
    case 0x200B...0x200D, 0x2060, 0xFEFF: 0x20
    default: nil
    }
  }

  /// Whether the character cannot be seen, not even as a gap.
  static func isInvisible(_ scalar: UInt32) -> Bool {
    (0x200B...0x200D).contains(scalar) || scalar == 0x2060 || scalar == 0xFEFF
  }

  /// `U+00D7`.
  static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
