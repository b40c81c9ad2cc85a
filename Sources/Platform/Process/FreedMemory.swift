/// What becomes of memory that was freed.
package enum FreedMemory {
  /// Keeps up to `byteCount` bytes of freed memory for what comes next, instead of giving each page back at once.
  ///
  /// A server frees the tree of one message and builds that of the next: by default the C library gives the pages back and
  /// faults them in again each time, which takes longer than reading the message. glibc learns from the blocks that are
  /// freed: one of `n` bytes tells it to keep 2 `n` at the end of the heap (mallopt(3), "M_MMAP_THRESHOLD"). So a block that
  /// nobody ever touches, and that costs no memory, is made and freed. Other C libraries are left as they are.
  package static func keep(_ byteCount: Int) {
    var block: [UInt8] = []
    block.reserveCapacity(byteCount / 2)
    withExtendedLifetime(block) {}
  }
}
