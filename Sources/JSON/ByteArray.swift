extension [UInt8] {
  /// Appends a run of bytes at once.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    append(addingCapacity: bytes.count) { room in
      for offset in bytes.indices { room.append(bytes[offset]) }
    }
  }

  /// Appends bytes from `start` on as long as they are wanted. Returns the offset of the first that is not.
  @inline(__always)
  mutating func append(
    copying bytes: Span<UInt8>, from start: Int, while isWanted: (UInt8) -> Bool
  ) -> Int {
    var offset = start
    append(addingCapacity: bytes.count - start) { room in
      while offset < bytes.count {
        let byte = bytes[offset]
        guard isWanted(byte) else { break }
        room.append(byte)
        offset += 1
      }
    }
    return offset
  }
}
