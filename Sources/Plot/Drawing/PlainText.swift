/// Text of users as a drawing can show it.
enum PlainText {
  /// The text on one line: white space becomes a space, and what XML forbids, controls the terminal or turns the direction
  /// of what follows becomes U+FFFD.
  static func line(_ text: String, max: Int) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard result.count < max else {
        result.removeLast()
        result.append("…")
        break
      }
      result.append(shown(scalar))
    }
    return String(result)
  }

  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
    case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF:
      "\u{FFFD}"
    default: scalar
    }
  }

  /// Content or attribute value of XML.
  static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// About how wide the text is, rather too wide than too narrow, since the font is whatever the reader has.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size
  }

  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "'", "|", "!", ".", ",", ":", ";", " ", "f", "t", "r", "(", ")", "/":
      0.4
    case "m", "w", "M", "W", "@", "%": 0.98
    case "A"..."Z", "+", "=", "<", ">", "&", "…", "×", "−", "~": 0.78
    default: scalar.value < 0x1100 ? 0.64 : 1
    }
  }

  /// As much of the text as fits, with an ellipsis where something is left out.
  static func fitting(_ text: String, size: Double, width: Double) -> String {
    guard PlainText.width(text, size: size) > width else { return text }
    var left = width - PlainText.width("…", size: size)
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      left -= PlainText.width(of: scalar) * size
      guard left >= 0 else { break }
      result.append(scalar)
    }
    return String(result) + "…"
  }
}
