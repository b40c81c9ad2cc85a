/// A half-open run of bytes in one text.
///
/// Unit: UTF-8 bytes from the start of the text, 0-based. Lines and columns exist only on the wire and at the terminal.
package struct ByteRange: Hashable, Sendable {
  package let start: Int
  package let end: Int

  package init(_ start: Int, _ end: Int) {
    precondition(start >= 0)
    precondition(end >= start)
    self.start = start
    self.end = end
  }

  /// The empty range at `offset`.
  package init(at offset: Int) {
    self.init(offset, offset)
  }

  package var count: Int { end - start }
  package var isEmpty: Bool { start == end }

  /// Whether every byte of `other` lies in this range.
  package func contains(_ other: ByteRange) -> Bool {
    start <= other.start && other.end <= end
  }

  /// The smallest range that covers both.
  package func union(_ other: ByteRange) -> ByteRange {
    ByteRange(min(start, other.start), max(end, other.end))
  }
}

extension ByteRange: Comparable {
  /// By start, then by end: the order in which findings are reported.
  package static func < (left: ByteRange, right: ByteRange) -> Bool {
    left.start != right.start ? left.start < right.start : left.end < right.end
  }
}
