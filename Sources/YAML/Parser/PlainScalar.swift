import Source

/// Why a plain scalar ends where it does on its line.
enum PlainEnd {
  case line, colon, comment, flowIndicator
}

extension Parser {
  /// nb-ns-plain-in-line [132] after the first character, from `start` on.
  ///
  /// - Returns: where the text ends, without trailing blanks; where what ends it stands.
  @inline(__always)
  func plainLine(
    _ text: Span<UInt8>, from start: Int, isFlow: Bool
  ) -> (end: Int, stop: Int, reason: PlainEnd) {
    var offset = start
    var end = start
    while offset < text.count {
      switch text[offset] {
      case 0x20, 0x09:
        offset += 1
        continue
      case 0x0A, 0x0D:
        return (end, offset, .line)
      case UInt8(ascii: ":"):
        if text.isSeparator(at: offset + 1)
          || (isFlow && text.byte(at: offset + 1).isFlowIndicator)
        {
          return (end, offset, .colon)
        }
      case UInt8(ascii: "#"):
        if offset > 0, text[offset - 1].isBlank { return (end, offset, .comment) }
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        if isFlow {
          let after = placeholders ? placeholderEnd(text, brace: offset) : offset
          if after == offset { return (end, offset, .flowIndicator) }
          offset = after
          end = after
          continue
        }
      default: break
      }
      offset += 1
      end = offset
    }
    return (end, offset, .line)
  }

  /// The offset after a `${name}` whose brace stands at `brace`, or `brace` itself where there is none.
  private func placeholderEnd(_ text: Span<UInt8>, brace: Int) -> Int {
    guard text[brace] == UInt8(ascii: "{"), brace > 0, text[brace - 1] == UInt8(ascii: "$")
    else { return brace }
    var offset = brace + 1
    while !text.isLineEnd(at: offset), !text[offset].isFlowIndicator { offset += 1 }
    return text.byte(at: offset) == UInt8(ascii: "}") ? offset + 1 : brace
  }

  /// ns-plain [131] in block context.
  ///
  /// - Parameter mayLackColon: whether it may turn out to be a key without its `:`.
  mutating func plain(_ text: Span<UInt8>, _ request: Request, mayLackColon: Bool) -> Leaf {
    let start = at
    // The first character may be an indicator that is text here.
    let line = plainLine(text, from: start + 1, isFlow: false)
    let end = max(line.end, start + 1)
    let record = append(Record(.plain, start, end))
    at = end
    guard line.reason == .line, !request.isEntry else { return Leaf(record: record) }
    at = line.stop
    let column = column(of: start)
    let interruption = plainLines(
      text, record, indent: request.indent, keyAllowed: false, isFlow: false)
    guard let interruption else { return Leaf(record: record) }
    if mayLackColon, records[Int(record)].isVerbatim, interruption.column >= column {
      return Leaf(record: record, isKey: true)
    }
    return Leaf(record: record)
  }

  /// s-ns-plain-next-line(n,c) [134]*: the further lines of a plain scalar, `at` being at the end of its first.
  ///
  /// - Parameter keyAllowed: whether a `:` may follow a later line, because this is a key that may have several.
  /// - Returns: the offset and column of a line that would belong to the scalar but has a key; it is left alone.
  mutating func plainLines(
    _ text: Span<UInt8>, _ record: Int32, indent: Int, keyAllowed: Bool, isFlow: Bool
  ) -> (offset: Int, column: Int)? {
    while at < text.count {
      var offset = at
      var line = lineStart
      var spaces = 0
      repeat {
        offset = text.skippingBreak(from: offset)
        line = offset
        while offset < text.count, text[offset] == 0x20 { offset += 1 }
        spaces = offset - line
        offset = text.skippingBlanks(from: offset)
        guard offset < text.count else { return nil }
      } while text[offset].isBreak
      let byte = text[offset]
      if spaces <= indent || byte == UInt8(ascii: "#") { return nil }
      if spaces == 0, text.documentMarker(at: line) != nil { return nil }
      if isFlow, byte.isFlowIndicator { return nil }
      let next = plainLine(text, from: offset, isFlow: isFlow)
      if next.reason == .colon, !keyAllowed {
        if isFlow, next.stop == offset { return nil }
        return (offset, spaces)
      }
      if next.end == offset { return nil }
      records[Int(record)].end = Int32(truncatingIfNeeded: next.end)
      records[Int(record)].isVerbatim = false
      lineStart = line
      lineShift = 0
      at = next.reason == .line ? next.stop : next.end
      if next.reason != .line { return nil }
    }
    return nil
  }
}
