import Source

extension Parser {
  /// c-double-quoted [109] or c-single-quoted [120], `at` being on its opening quote.
  ///
  /// A scalar that is not closed before a line that cannot be part of it ends on its first line.
  mutating func quoted(
    _ text: Span<UInt8>, _ quote: UInt8, indent: Int, isFlow: Bool, _ isKeyPlace: Bool
  ) -> Int32 {
    let start = at
    let firstLine = lineStart
    let isDouble = quote == UInt8(ascii: "\"")
    let diagnosticCount = diagnostics.count
    let reported = lineReported
    var record = Record(isDouble ? .doubleQuoted : .singleQuoted, start, start)
    var offset = start + 1
    var isClosed = false
    scan: while offset < text.count {
      let byte = text[offset]
      if byte == quote {
        offset += 1
        if !isDouble, text.byte(at: offset) == quote {
          record.isVerbatim = false
          offset += 1
          continue
        }
        isClosed = true
        break
      }
      if byte == UInt8(ascii: "\\"), isDouble {
        record.isVerbatim = false
        offset = escape(text, offset)
        continue
      }
      guard byte.isBreak else {
        offset += 1
        continue
      }
      record.isVerbatim = false
      // Blank lines may have any indentation.
      repeat {
        offset = text.skippingBreak(from: offset)
        lineStart = offset
        lineShift = 0
        if text.documentMarker(at: offset) != nil { break scan }
        let spaces = offset
        while offset < text.count, text[offset] == 0x20 { offset += 1 }
        let column = offset - spaces
        offset = text.skippingBlanks(from: offset)
        if column <= indent, !text.isLineEnd(at: offset) { break scan }
      } while offset < text.count && text[offset].isBreak
    }
    if isClosed, lineStart != firstLine, !isFollowed(text, offset, isFlow: isFlow) {
      isClosed = false
    }
    if isClosed {
      at = offset
    } else {
      if diagnostics.count > diagnosticCount {
        diagnostics.removeLast(diagnostics.count - diagnosticCount)
      }
      lineReported = reported
      lineStart = firstLine
      at = unclosedEnd(text, start, isFlow: isFlow, isKeyPlace)
      record.isVerbatim = false
      record.link = 0
      let name = isDouble ? "double" : "single"
      reportSyntax(
        at: start, start + 1, "this \(name) quote is not closed; add the closing one on its line")
    }
    record.end = Int32(truncatingIfNeeded: at)
    return append(record)
  }

  /// Whether what stands after a quoted scalar may stand there.
  private func isFollowed(_ text: Span<UInt8>, _ offset: Int, isFlow: Bool) -> Bool {
    let next = text.skippingBlanks(from: offset)
    if text.isLineEnd(at: next) || text.startsComment(at: next) { return true }
    let byte = text[next]
    if byte == UInt8(ascii: ":") { return isFlow || text.isSeparator(at: next + 1) }
    return isFlow
      && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}"))
  }

  /// Where a quoted scalar without closing quote ends: where its line or what is around it goes on.
  private func unclosedEnd(
    _ text: Span<UInt8>, _ start: Int, isFlow: Bool, _ isKeyPlace: Bool
  ) -> Int {
    var offset = start + 1
    while !text.isLineEnd(at: offset) {
      let byte = text[offset]
      if isFlow, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
      {
        break
      }
      if isFlow || isKeyPlace, byte == UInt8(ascii: ":"), text.isSeparator(at: offset + 1) { break }
      if byte == UInt8(ascii: "#"), text[offset - 1].isBlank { break }
      offset += 1
    }
    return text.droppingBlanks(before: offset, notBefore: start + 1)
  }

  /// c-ns-esc-char [62], and an escaped break, which is left to the caller.
  ///
  /// - Returns: the offset of what follows.
  private mutating func escape(_ text: Span<UInt8>, _ start: Int) -> Int {
    let byte = text.byte(at: start + 1)
    if byte.isBreak || start + 1 >= text.count { return start + 1 }
    let digits: Int
    switch byte {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default:
      if ScalarContent.isSimpleEscape(byte) { return start + 2 }
      var end = start + 2
      while text.byte(at: end).isContinuation { end += 1 }
      reportSyntax(
        at: start, end, "there is no such escape; write '\\\\' for a backslash",
        fixIts: [FixIt("double the backslash", [TextEdit(ByteRange(at: start), "\\")])])
      return end
    }
    var offset = start + 2
    var value: UInt32 = 0
    while offset < start + 2 + digits, let digit = text.byte(at: offset).hexValue {
      value = value << 4 | digit
      offset += 1
    }
    if offset < start + 2 + digits {
      reportSyntax(at: start, offset, "this escape needs \(digits) hexadecimal digits")
    } else if Unicode.Scalar(value) == nil, !(0xD800...0xDFFF).contains(value) {
      reportSyntax(at: start, offset, "this escape is beyond U+10FFFF")
    }
    return offset
  }
}
