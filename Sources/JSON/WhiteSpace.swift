/// `ws = *( %x20 / %x09 / %x0A / %x0D )`, RFC 8259 section 2.
enum WhiteSpace {
  /// The place of the first byte from `start` on that is none.
  @inline(__always)
  static func end(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte <= Byte.space,
        byte == Byte.space || byte == Byte.lineFeed || byte == Byte.carriageReturn
          || byte == Byte.tab
      else { break }
      offset += 1
    }
    return offset
  }
}
