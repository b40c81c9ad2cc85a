/// Where the lines of a text begin.
///
/// A line ends with LF, CR LF or a CR alone: what YAML 1.2.2 (`b-break` [28]) and LSP both say.
package struct LineTable: Hashable, Sendable {
  /// Byte offset of the first byte of each line; never empty, the first is 0.
  package let starts: [Int]
  /// Number of bytes in the text.
  private let end: Int

  package init(_ text: SourceText) {
    self.init(text.bytes)
  }

  package init(_ bytes: [UInt8]) {
    var starts = [0]
    let span = bytes.span
    var offset = 0
    while offset < span.count {
      let byte = span[offset]
      offset += 1
      if byte == 0x0A {
        starts.append(offset)
      } else if byte == 0x0D {
        if offset < span.count, span[offset] == 0x0A { offset += 1 }
        starts.append(offset)
      }
    }
    self.starts = starts
    self.end = span.count
  }

  package var lineCount: Int { starts.count }

  /// The 0-based line that holds `offset`; an offset past the end is on the last line.
  ///
  /// Complexity: O(log lines).
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a 0-based line with its line break, or nil where there is no such line.
  package func range(ofLine line: Int) -> ByteRange? {
    guard line >= 0, line < starts.count else { return nil }
    return ByteRange(starts[line], line + 1 < starts.count ? starts[line + 1] : end)
  }
}
