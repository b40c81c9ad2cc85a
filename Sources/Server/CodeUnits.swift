package import Source
package import Wire

/// Turns bytes of one text into offsets in code units of the agreed encoding, counted from its start.
package struct CodeUnits {
  private let encoding: PositionEncoding
  /// After each character that has more bytes than code units: where it ends, and how many more bytes there are so far.
  private let surpluses: [(end: Int, surplus: Int)]

  package init(_ text: SourceText, _ encoding: PositionEncoding) {
    self.encoding = encoding
    var surpluses: [(end: Int, surplus: Int)] = []
    if encoding != .utf8 {
      var surplus = 0
      var offset = 0
      let bytes = text.bytes.span
      while offset < bytes.count {
        let length = min(Positions.length(of: bytes[offset]), bytes.count - offset)
        offset += length
        if length > 1 {
          surplus += length - Positions.units(length, encoding)
          surpluses.append((offset, surplus))
        }
      }
    }
    self.surpluses = surpluses
  }

  /// Complexity: O(log characters beyond ASCII).
  func offset(of byte: Int) -> Int {
    var low = 0
    var high = surpluses.count
    while low < high {
      let middle = low + (high - low) / 2
      if surpluses[middle].end <= byte { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? byte - surpluses[low - 1].surplus : byte
  }

  package func run(_ range: ByteRange) -> WireSourceMap.Run {
    let start = offset(of: range.start)
    return WireSourceMap.Run(start: start, length: offset(of: range.end) - start)
  }
}
