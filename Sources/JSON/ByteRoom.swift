/// Room that is there already: every append looks once whether it is enough.
extension OutputSpan<UInt8> {
  /// Appends a run of bytes.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    var offset = 0
    while bytes.count &- offset >= EightBytes.count {
      append(EightBytes(bytes, at: offset))
      offset &+= EightBytes.count
    }
    while offset < bytes.count {
      append(bytes[offset])
      offset &+= 1
    }
  }

  /// Appends all eight.
  @inline(__always)
  mutating func append(_ eight: EightBytes) {
    for place in 0..<UInt64(EightBytes.count) {
      append(UInt8(truncatingIfNeeded: eight.word &>> (8 &* place)))
    }
  }
}
