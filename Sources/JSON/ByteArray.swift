extension [UInt8] {
  /// Appends a run of bytes at once.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    append(addingCapacity: bytes.count) { room in
      for offset in bytes.indices { room.append(bytes[offset]) }
    }
  }
}
