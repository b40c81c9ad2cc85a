/// Finds the ends of strings.
enum StringScan {
  /// The end of the bytes that stand for themselves in a string: those before a quote, a backslash or a control character.
  @inline(__always)
  static func runEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while bytes.count &- end >= EightBytes.count {
      let count = EightBytes(bytes, at: end).plainCount
      end &+= count
      if count < EightBytes.count { return end }
    }
    while end < bytes.count {
      let byte = bytes[end]
      if byte == Byte.quote || byte == Byte.backslash || byte < Byte.space { break }
      end += 1
    }
    return end
  }
}
