import Source

extension Parser {
  /// l-yaml-stream [211]
  mutating func stream(_ text: Span<UInt8>) {
    // A bare document may start here: nothing or a document end marker is before it.
    var mayBeBare = true
    while true {
      guard documentPrefix(text) else { return }
      handles.removeAll()
      let hasDirectives = text.byte(at: at) == UInt8(ascii: "%") && at == lineStart && mayBeBare
      if hasDirectives { directives(text) }
      let marker = at == lineStart ? text.documentMarker(at: at) : nil
      if !hasDirectives, marker == UInt8(ascii: ".") {
        documentEnd(text)
        mayBeBare = true
        continue
      }
      let isExplicit = marker == UInt8(ascii: "-")
      if isExplicit { at += 3 }
      document(text, isExplicit: isExplicit)
      let ended = at == lineStart && text.documentMarker(at: at) == UInt8(ascii: ".")
      if ended {
        documents[documents.count - 1].isEndExplicit = true
        documentEnd(text)
      }
      mayBeBare = ended
    }
  }

  /// l-document-prefix* [202]: byte order marks, blank lines and comments.
  ///
  /// - Returns: whether more text follows.
  private mutating func documentPrefix(_ text: Span<UInt8>) -> Bool {
    while at < text.count {
      if at == lineStart, text.isByteOrderMark(at: at) {
        at += 3
        documentStarts.insert(at)
        // The mark is no part of the line: columns count from after it.
        lineStart = at
      }
      var offset = text.skippingBlanks(from: at)
      if text.byte(at: offset) == UInt8(ascii: "#") { offset = text.lineEnd(from: offset) }
      guard text.isLineEnd(at: offset) else { break }
      at = text.skippingBreak(from: offset)
      lineStart = at
    }
    return at < text.count
  }

  /// l-directive+ [82], up to the `---` that must follow.
  private mutating func directives(_ text: Span<UInt8>) {
    let first = at
    var hasVersion = false
    while text.byte(at: at) == UInt8(ascii: "%"), at == lineStart {
      let end = endOfContent(text, from: at)
      let words = self.words(text, at + 1, end)
      if let name = words.first {
        let spelling = text.extracting(name)
        if spelling.equals("YAML") {
          version(text, words, hasVersion)
          hasVersion = true
        } else if spelling.equals("TAG") {
          tagDirective(text, words)
        }
      } else {
        reportSyntax(at: at, at + 1, "a directive needs a name after '%'")
      }
      at = end
      // Blank lines and comments between directives.
      repeat {
        at = text.skippingBreak(from: text.lineEnd(from: at))
        lineStart = at
        let offset = text.skippingBlanks(from: at)
        guard offset < text.count else { break }
        if !text[offset].isBreak, text[offset] != UInt8(ascii: "#") { break }
      } while at < text.count
    }
    if text.documentMarker(at: at) != UInt8(ascii: "-") {
      lineReported = -1
      reportSyntax(
        at: first, endOfContent(text, from: first),
        "a directive must be followed by a document that starts with '---'")
    }
  }

  /// ns-yaml-directive [86]
  private mutating func version(
    _ text: Span<UInt8>, _ words: [Range<Int>], _ isSecond: Bool
  ) {
    if isSecond {
      reportSyntax(at: at, endOfContent(text, from: at), "a document has only one %YAML directive")
      return
    }
    guard words.count == 2, isVersion(text.extracting(words[1])) else {
      let from = words.count > 2 ? words[2].lowerBound : words.last?.lowerBound ?? at
      reportSyntax(
        at: from, endOfContent(text, from: at), "the %YAML directive takes one version, such as 1.2"
      )
      return
    }
    if text[words[1].lowerBound] != UInt8(ascii: "1")
      || text[words[1].lowerBound + 1] != UInt8(ascii: ".")
    {
      reportSyntax(
        at: words[1].lowerBound, words[1].upperBound, "only versions 1.x of YAML are known")
    }
  }

  private func isVersion(_ word: Span<UInt8>) -> Bool {
    var dots = 0
    for offset in word.indices {
      if word[offset] == UInt8(ascii: ".") {
        dots += 1
        if offset == 0 || offset == word.count - 1 { return false }
      } else if !word[offset].isDigit {
        return false
      }
    }
    return dots == 1
  }

  /// ns-tag-directive [88]
  private mutating func tagDirective(_ text: Span<UInt8>, _ words: [Range<Int>]) {
    guard words.count == 3, Tag.isHandle(text.extracting(words[1])) else {
      reportSyntax(
        at: words.count > 1 ? words[1].lowerBound : at, endOfContent(text, from: at),
        "the %TAG directive takes a handle, such as !e!, and a prefix")
      return
    }
    let handle = text.extracting(words[1])
    if let first = tagDirective(handle, text) {
      let known = tagDirectives[Int(first)].handle
      reportSyntax(
        at: words[1].lowerBound, words[1].upperBound, "a document declares each tag handle once",
        related: [Related(ByteRange(known.lowerBound, known.upperBound), "declared here")])
      return
    }
    _ = handles.insert(
      Int32(truncatingIfNeeded: tagDirectives.count), NameTable.hash(handle), replacing: false
    ) { _ in false }
    tagDirectives.append(TagDirective(handle: words[1], prefix: words[2]))
  }

  private func words(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var offset = start
    while offset < end {
      let wordStart = offset
      while offset < end, !text[offset].isBlank { offset += 1 }
      // A name stands right after the `%`.
      if offset > wordStart || words.isEmpty { words.append(wordStart..<offset) }
      offset = text.skippingBlanks(from: offset)
    }
    if let first = words.first, first.isEmpty { return [] }
    return words
  }

  /// l-document-suffix [205], `at` being on its `...`.
  private mutating func documentEnd(_ text: Span<UInt8>) {
    at += 3
    let offset = text.skippingBlanks(from: at)
    if !text.isLineEnd(at: offset), !text.startsComment(at: offset) {
      at = offset
      reportSyntax(
        at: at, endOfContent(text, from: at), "nothing but a comment may follow '...' on its line")
      skipLine(text)
    }
    at = text.skippingBreak(from: text.lineEnd(from: at))
    lineStart = at
  }

  /// One document, from after its `---` or from its first content to its marker or the end of the text.
  private mutating func document(_ text: Span<UInt8>, isExplicit: Bool) {
    documents.append(DocumentRecord(root: -1, isExplicit: isExplicit))
    top = Frame(record: -1, indent: -1, kind: .plain)
    stack.removeAll(keepingCapacity: true)
    anchors.removeAll()
    isDocumentEnd = false
    isPositioned = false
    if !isExplicit {
      // The prefix stopped before the blanks of this line.
      column = 0
      tabOffset = -1
      lineShift = 0
      let line = lineStart
      var offset = line
      while text.byte(at: offset) == 0x20 { offset += 1 }
      column = offset - line
      if text.byte(at: offset) == 0x09 { tabOffset = offset }
      at = text.skippingBlanks(from: offset)
      isPositioned = true
      isDocumentEnd = text.documentMarker(at: line) != nil && at == line
    }
    node(text, Request(indent: -1, mayOpenBlock: !isExplicit))
    while nextLine(text) { entry(text) }
    while !stack.isEmpty { close(text) }
    if top.last < 0 { attachEmpty(at: at) }
    documents[documents.count - 1].root = top.last
  }
}
