/// The form of names that expressions and references can hold: `^[a-zA-Z_][a-zA-Z0-9_]*$`.
package enum Identifier {
  package static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, isStart(first) else { return false }
    return text.utf8.allSatisfy(isPart)
  }

  package static func isStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F
  }

  package static func isPart(_ byte: UInt8) -> Bool {
    isStart(byte) || (byte >= 0x30 && byte <= 0x39)
  }
}
