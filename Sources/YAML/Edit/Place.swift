import Source

/// Where in a text an edit happens: lines, indentation and comments around offsets.
struct Place {
  let storage: YAMLTree.Storage

  var bytes: [UInt8] { storage.text.bytes }

  /// The start of the line that `offset` is on, after a byte order mark.
  func lineStart(_ offset: Int) -> Int {
    let bytes = bytes
    let text = bytes.span
    let start = text.droppingLine(before: offset)
    return text.isByteOrderMark(at: start) && start + 3 <= offset ? start + 3 : start
  }

  /// The break, or the end of the text, that ends the line of `offset`.
  func lineEnd(_ offset: Int) -> Int {
    let bytes = bytes
    return bytes.span.lineEnd(from: offset)
  }

  /// The offset after the break at `offset`.
  func afterBreak(_ offset: Int) -> Int {
    let bytes = bytes
    return bytes.span.skippingBreak(from: offset)
  }

  /// The break before the line that starts at `start`; empty at the start of the text.
  func breakBefore(_ start: Int) -> Range<Int> {
    let bytes = bytes
    guard start > 0, bytes[start - 1].isBreak else { return start..<start }
    let isPair = start > 1 && bytes[start - 1] == 0x0A && bytes[start - 2] == 0x0D
    return (isPair ? start - 2 : start - 1)..<start
  }

  /// The break of the line of `offset`, else of the line before, else LF.
  func lineBreak(_ offset: Int) -> [UInt8] {
    let end = lineEnd(offset)
    let own = end..<afterBreak(end)
    if !own.isEmpty { return Array(bytes[own]) }
    let before = breakBefore(lineStart(offset))
    return before.isEmpty ? [0x0A] : Array(bytes[before])
  }

  /// What stands before `offset` on its line if that is blank, else as many spaces.
  func indentation(_ offset: Int) -> [UInt8] {
    let prefix = bytes[lineStart(offset)..<offset]
    return prefix.map { $0 == 0x09 && isFirst(offset) ? 0x09 : 0x20 }
  }

  func column(_ offset: Int) -> Int { offset - lineStart(offset) }

  /// Whether nothing but blanks is before `offset` on its line.
  func isFirst(_ offset: Int) -> Bool {
    bytes[lineStart(offset)..<offset].allSatisfy { $0.isBlank }
  }

  /// The comments in a range, each from its `#`.
  func comments(_ range: Range<Int>) -> [[UInt8]] {
    // Most edits are where no `#` is.
    guard bytes[range].contains(UInt8(ascii: "#")) else { return [] }
    var comments: [[UInt8]] = []
    for token in YAMLTokens(storage: storage) {
      if token.range.start >= range.upperBound { break }
      if token.kind == .comment, token.range.start >= range.lowerBound {
        comments.append(Array(bytes[token.range.start..<token.range.end]))
      }
    }
    return comments
  }

  /// The offset of the first byte from `offset` on that is no blank, break or comment.
  func skippingSpace(_ offset: Int) -> Int {
    let bytes = bytes
    let text = bytes.span
    var offset = offset
    while offset < text.count {
      if text[offset].isBlank || text[offset].isBreak {
        offset += 1
      } else if text.startsComment(at: offset) {
        offset = text.lineEnd(from: offset)
      } else {
        break
      }
    }
    return offset
  }

  /// A `#` line for each comment, with `indentation` before and `lineBreak` between.
  static func joined(
    _ comments: [[UInt8]], _ indentation: [UInt8], _ lineBreak: [UInt8]
  ) -> [UInt8] {
    Array(comments.map { indentation + $0 }.joined(separator: lineBreak))
  }
}

extension TextEdit {
  init(_ range: Range<Int>, _ bytes: [UInt8]) {
    self.init(
      ByteRange(range.lowerBound, range.upperBound), String(decoding: bytes, as: UTF8.self))
  }
}
