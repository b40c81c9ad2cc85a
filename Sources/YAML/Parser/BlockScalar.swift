import Source

extension Parser {
  /// c-l+literal(n) [170] or c-l+folded(n) [174], `at` being on its `|` or `>`.
  mutating func blockScalar(_ text: Span<UInt8>, indent parent: Int) -> Int32 {
    let start = at
    var record = Record(text[at] == UInt8(ascii: "|") ? .literal : .folded, start, start)
    var explicit = 0
    header(text, &record, &explicit)
    let headerEnd = at
    // A blank and a comment may follow, nothing else.
    let offset = text.skippingBlanks(from: at)
    if !text.isLineEnd(at: offset), !text.startsComment(at: offset) {
      at = offset
      reportSyntax(
        at: at, endOfContent(text, from: at),
        "the text of a block scalar starts on the next line; only a comment may follow its header")
      skipLine(text)
    }
    record.end = Int32(truncatingIfNeeded: headerEnd)
    at = text.lineEnd(from: at)
    var indent = explicit > 0 ? max(parent, 0) + explicit : -1
    // Leading blank lines: the longest must not be deeper than the first line of text.
    var blankStart = -1
    var blankMax = 0
    var end = -1
    var next = at
    while next < text.count {
      let line = text.skippingBreak(from: next)
      var content = line
      while content < text.count, text[content] == 0x20, indent < 0 || content - line < indent {
        content += 1
      }
      if content >= text.count, content == line { break }
      if text.isLineEnd(at: content) {
        if indent < 0, content - line > blankMax {
          blankMax = content - line
          blankStart = line
        }
        if record.chomping == .keep {
          end = content
        }
        at = content
        next = content
        continue
      }
      let spaces = content - line
      if indent < 0 {
        guard spaces > parent, spaces > 0 || parent < 0 else { break }
        if spaces == 0, text.documentMarker(at: line) != nil { break }
        if blankMax > spaces {
          lineStart = blankStart
          reportSyntax(
            at: blankStart, blankStart + blankMax,
            "this blank line has more spaces than the first line of the block scalar; remove them",
            fixIts: [
              FixIt(
                "remove the spaces",
                [TextEdit(ByteRange(blankStart, blankStart + blankMax), "")])
            ])
        }
        indent = spaces
      } else if spaces < indent || (indent == 0 && text.documentMarker(at: line) != nil) {
        break
      }
      lineStart = line
      lineShift = 0
      next = text.lineEnd(from: content)
      end = next
      at = next
    }
    if at < text.count { checkAfterBlockScalar(text) }
    if end >= 0 { record.end = Int32(truncatingIfNeeded: end) }
    record.link = Int32(truncatingIfNeeded: indent < 0 ? blankMax : indent)
    return append(record)
  }

  /// c-b-block-header(t) [162]
  private mutating func header(_ text: Span<UInt8>, _ record: inout Record, _ explicit: inout Int) {
    at += 1
    var hasChomping = false
    while !text.isSeparator(at: at) {
      let byte = text[at]
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), !hasChomping {
        hasChomping = true
        record.chomping = byte == UInt8(ascii: "+") ? .keep : .strip
      } else if byte >= UInt8(ascii: "1"), byte <= UInt8(ascii: "9"), explicit == 0 {
        explicit = Int(byte) - 0x30
      } else if byte == UInt8(ascii: "#") {
        reportSyntax(at: at, at + 1, "a comment needs a space before its '#'")
        skipLine(text)
        return
      } else {
        let end = endOfContent(text, from: at)
        reportSyntax(
          at: at, end,
          "a block scalar header has at most one of 1 to 9 and one of '+' and '-'; its text starts on the next line"
        )
        skipLine(text)
        return
      }
      at += 1
    }
  }

  /// A line right after a block scalar that is blank but for a tab is no blank line: `l-empty` [70] wants spaces.
  private mutating func checkAfterBlockScalar(_ text: Span<UInt8>) {
    let line = text.skippingBreak(from: at)
    var offset = line
    while text.byte(at: offset) == 0x20 { offset += 1 }
    guard text.byte(at: offset) == 0x09 else { return }
    let end = text.skippingBlanks(from: offset)
    guard text.isLineEnd(at: end) else { return }
    lineStart = line
    reportSyntax(
      at: offset, offset + 1, "a blank line of a block scalar cannot hold a tab",
      fixIts: [FixIt("remove the blanks", [TextEdit(ByteRange(line, end), "")])])
  }
}
