/// The beginning of what a peer sent, fit for a message or a terminal.
enum Excerpt {
  /// In bytes.
  static let lengthMax = 40

  /// At most ``lengthMax`` bytes, as printable ASCII: `\n`, `\r`, `\t`, `\\`, and `\xNN` for all else.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    var count = 0
    for byte in bytes {
      guard count < lengthMax else { return text + "..." }
      count += 1
      switch byte {
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0x5C: text += "\\\\"
      case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16)
        text += byte < 0x10 ? "\\x0" + digits : "\\x" + digits
      }
    }
    return text
  }
}
