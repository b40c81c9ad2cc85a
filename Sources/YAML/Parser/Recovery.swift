import Source

/// What is said about broken text, and how it is read on.
extension Parser {
  // MARK: Tabs

  mutating func reportTab(_ text: Span<UInt8>, _ tab: Int) {
    if isSilent { return }
    let end = text.skippingBlanks(from: tab)
    var tabs = 0
    for offset in tab..<end where text[offset] == 0x09 { tabs += 1 }
    reportSyntax(
      at: tab, max(end, tab + 1), "a tab cannot indent a block collection; use spaces",
      fixIts: [
        FixIt(
          "replace tabs by spaces",
          [
            TextEdit(
              ByteRange(tab, end), String(repeating: " ", count: end - tab - tabs + 2 * tabs))
          ])
      ])
  }

  /// The column of this line's content if each tab before it were two spaces.
  private func expandedColumn(_ text: Span<UInt8>) -> Int {
    var column = 0
    for offset in lineStart..<at { column += text[offset] == 0x09 ? 2 : 1 }
    return column
  }

  /// Whether this line would be deeper than `indent` if its tabs were spaces.
  func isIndentedByTab(_ text: Span<UInt8>, beyond indent: Int) -> Bool {
    expandedColumn(text) > indent
  }

  /// Lets the columns of this line count its tabs as two spaces each.
  mutating func expandTab(_ text: Span<UInt8>) {
    column = expandedColumn(text)
    lineShift = column - (at - lineStart)
    tabOffset = -1
  }

  // MARK: Keys and colons

  /// c-s-implicit-json-key [155], ns-s-implicit-yaml-key [154]: one line, 1024 characters.
  mutating func checkImplicitKey(_ text: Span<UInt8>, _ start: Int, _ colon: Int, _ line: Int) {
    guard line == lineStart else {
      let lineNow = lineStart
      lineStart = line
      reportSyntax(
        at: start, text.droppingBlanks(before: colon, notBefore: start),
        "a key stands on one line with its ':'; write '? ' before one that does not")
      lineStart = lineNow
      return
    }
    checkKeyLength(text, start, colon)
  }

  mutating func checkKeyLength(_ text: Span<UInt8>, _ start: Int, _ colon: Int) {
    guard colon - start > 1024 else { return }
    var characters = 0
    for offset in start..<colon where !text[offset].isContinuation { characters += 1 }
    guard characters > 1024 else { return }
    reportSyntax(
      at: start, colon,
      "a key without '?' has at most 1024 characters, this one has \(characters)")
  }

  /// Reports a scalar in the place of a key that no `:` follows.
  ///
  /// - Returns: where the value starts: after the key, or after a `:` in it that lacks its space.
  mutating func reportMissingColon(_ text: Span<UInt8>, _ record: Int32) -> Int {
    let own = records[Int(record)]
    let range = own.range
    if own.kind == .plain, isConflictMarker(text, range.lowerBound) {
      reportSyntax(at: range.lowerBound, range.upperBound, Self.conflictMessage)
      isInConflict = text[range.lowerBound] == UInt8(ascii: "<")
      return at
    }
    if own.kind == .plain {
      // Behind a blank it is one of the value: `start 06:00`.
      let word = range.lowerBound..<endOfWord(text, range)
      for offset in word where text[offset] == UInt8(ascii: ":") && offset > range.lowerBound {
        reportSyntax(
          at: offset, offset + 1, "a space is missing after this ':'",
          fixIts: [FixIt("insert a space", [TextEdit(ByteRange(at: offset + 1), " ")])])
        records[Int(record)].end = Int32(truncatingIfNeeded: offset)
        return offset + 1
      }
    }
    if isSilent { return at }
    let place = own.kind == .plain ? placeOfMissingColon(text, range) : range.upperBound
    reportSyntax(
      at: range.lowerBound, range.upperBound, "a ':' is missing after this key",
      fixIts: place.map { [FixIt("insert ':'", [TextEdit(ByteRange(at: $0), ":")])] } ?? [])
    return at
  }

  /// Where the first blank or line break of a range stands, or its end.
  private func endOfWord(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var end = range.lowerBound
    while end < range.upperBound, !text.isSeparator(at: end) { end += 1 }
    return end
  }

  /// Where the `:` goes that a plain text in the place of a key lacks: after a word that stands alone, or after the first
  /// word where what follows can be its value.
  ///
  /// - Returns: nil where that is not certain.
  private func placeOfMissingColon(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let end = endOfWord(text, range)
    for offset in range.lowerBound..<end where !text[offset].isKeyByte { return nil }
    if end == range.upperBound { return end }
    let value = min(text.skippingBlanks(from: end), range.upperBound)..<range.upperBound
    return isValue(text, value) ? end : nil
  }

  /// Whether a text, read after a `:`, is one value: a plain one that begins with a letter, a digit or a reference, or one
  /// whose quotes or brackets are closed at its end.
  private func isValue(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for offset in range where text[offset].isBreak { return false }
    guard let start = range.first, let last = range.last else { return false }
    let first = text[start]
    switch first {
    case UInt8(ascii: "$"): return true
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      return start < last && text[start + 1].isKeyByte && text[start + 1] != UInt8(ascii: "-")
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      for offset in range.dropFirst().dropLast()
      where text[offset] == first || text[offset] == UInt8(ascii: "\\") {
        return false
      }
      return start < last && text[last] == first
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      var closings: [UInt8] = []
      for offset in range {
        switch text[offset] {
        case UInt8(ascii: "["): closings.append(UInt8(ascii: "]"))
        case UInt8(ascii: "{"): closings.append(UInt8(ascii: "}"))
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          guard closings.popLast() == text[offset], !closings.isEmpty || offset == last else {
            return false
          }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return false
        default: continue
        }
      }
      return closings.isEmpty
    default: return first.isKeyByte
    }
  }

  /// Reports a `:` after a value on the line of its key; a plain value goes on to the end of the line.
  mutating func reportSecondColon(_ text: Span<UInt8>, _ record: Int32, _ colon: Int) {
    let kind = records[Int(record)].kind
    reportSyntax(
      at: colon, colon + 1,
      "a mapping cannot start on the line of its key; quote the value or start a new line")
    if kind == .plain {
      let end = endOfContent(text, from: Int(records[Int(record)].start))
      records[Int(record)].end = Int32(truncatingIfNeeded: end)
      at = end
    } else {
      at = colon
      skipLine(text)
    }
  }

  mutating func reportMisplacedIndicator(
    _ text: Span<UInt8>, _ byte: UInt8, isTab: Bool, _ tab: Int, _ properties: Int
  ) {
    let name = byte == UInt8(ascii: "-") ? "sequence" : "mapping"
    if isTab {
      reportTab(text, tab)
    } else if properties >= 0 {
      reportSyntax(
        at: properties, at,
        "the anchor or tag of a block \(name) stands on the line before it")
    } else {
      reportSyntax(
        at: at, at + 1, "a block \(name) cannot start on this line; start a new line")
    }
  }

  // MARK: Lines

  /// Reports text after a node on its line.
  mutating func reportTrailing(_ text: Span<UInt8>) {
    if isSilent { return }
    let end = endOfContent(text, from: at)
    let byte = text[at]
    if byte == UInt8(ascii: "#") {
      reportSyntax(
        at: at, at + 1, "a comment needs a space before its '#'",
        fixIts: [FixIt("insert a space", [TextEdit(ByteRange(at: at), " ")])])
    } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
      reportSyntax(at: at, at + 1, "this bracket closes nothing; remove it")
    } else {
      reportSyntax(at: at, end, "nothing but a comment may follow the value on its line")
    }
  }

  mutating func reportForbiddenStart(_ text: Span<UInt8>, _ byte: UInt8) {
    if isSilent { return }
    let end = endOfContent(text, from: at)
    let character = String(Character(Unicode.Scalar(byte)))
    // With these a collection seems to be broken, of which quotes would make a text.
    let isOfCollection =
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    reportSyntax(
      at: at, at + 1, "a plain scalar cannot start with '\(character)'; quote it",
      fixIts: isOfCollection || text.extracting(at..<end).contains(UInt8(ascii: "'"))
        ? []
        : [
          FixIt(
            "quote it", [TextEdit(ByteRange(at: at), "'"), TextEdit(ByteRange(at: end), "'")])
        ])
  }

  // MARK: Conflict markers

  private static let conflictMessage =
    "this is a conflict marker; keep one of the two sides and remove the markers"

  /// Whether a line starts with seven `<`, `=` or `>` as version control leaves them where two changes meet.
  func isConflictMarker(_ text: Span<UInt8>, _ offset: Int) -> Bool {
    let byte = text.byte(at: offset)
    guard
      byte == UInt8(ascii: "<") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">")
        || byte == UInt8(ascii: "|")
    else { return false }
    for next in offset..<offset + 7 where text.byte(at: next) != byte { return false }
    return text.isSeparator(at: offset + 7)
  }

  /// Reports a conflict marker at `at` and skips it; of the two sides the first is read.
  ///
  /// - Returns: whether there was one.
  mutating func skipConflictMarker(_ text: Span<UInt8>) -> Bool {
    // With a `:` it is a key like any other.
    guard isConflictMarker(text, at), plainLine(text, from: at, isFlow: false).reason != .colon
    else { return false }
    let byte = text[at]
    let start = at
    let end = text.lineEnd(from: at)
    if byte == UInt8(ascii: "<") {
      reportSyntax(at: start, end, Self.conflictMessage)
      isInConflict = true
    } else if !isInConflict {
      reportSyntax(at: start, end, "this is a conflict marker; remove it")
    }
    var after = end
    if isInConflict, byte != UInt8(ascii: "<") {
      // The other side, up to its marker; without one, only this line.
      var offset = end
      var isFound = byte == UInt8(ascii: ">")
      while !isFound, !hasNoConflictEnd, offset < text.count {
        offset = text.skippingBreak(from: offset)
        isFound = text.byte(at: offset) == UInt8(ascii: ">") && isConflictMarker(text, offset)
        offset = text.lineEnd(from: offset)
        if isFound {
          after = offset
          lineStart = text.droppingLine(before: offset)
        }
      }
      if isFound { isInConflict = false } else { hasNoConflictEnd = true }
    }
    skip(start, after)
    at = after
    isPositioned = false
    return true
  }
}

extension UInt8 {
  /// A byte of a word that is hardly anything but a key: a letter of any script, a digit, `_`, `-` or `.`.
  fileprivate var isKeyByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), 0x80...0xFF:
      true
    default: false
    }
  }
}

extension Span<UInt8> {
  func contains(_ byte: UInt8) -> Bool {
    for offset in indices where self[offset] == byte { return true }
    return false
  }

  /// The start of the line that `offset` is on.
  func droppingLine(before offset: Int) -> Int {
    var offset = offset
    while offset > 0, !self[offset - 1].isBreak { offset -= 1 }
    return offset
  }
}
