import Source

extension Parser {
  /// c-flow-sequence [137] or c-flow-mapping [140] with all that is in it, `at` being on its bracket.
  ///
  /// - Parameter indent: the column of the block collection around it; its lines are deeper.
  /// - Returns: its record. If it is not closed, `at` is positioned on the line that cannot be part of it.
  mutating func flow(_ text: Span<UInt8>, indent: Int) -> Int32 {
    let outer = top
    let depth = stack.count
    // The root of the flow is attached by the caller.
    top = Frame(record: -1, indent: indent, kind: .plain)
    stack.append(outer)
    isInFlow = true
    isFlowLimitReached = false
    openFlow(text)
    let root = top.record >= 0 ? top.record : top.last
    isFlowIndentationReported = false
    let diagnosticCount = diagnostics.count
    while stack.count > depth + 1 {
      guard flowSeparation(text, indent) else {
        // The wrong indentation of its lines was no mistake of its own.
        if isFlowIndentationReported, diagnostics.count == diagnosticCount + 1 {
          diagnostics.removeLast()
        }
        closeUnclosedFlow(text, depth: depth + 1)
        break
      }
      flowStep(text, indent)
    }
    while stack.count > depth { top = stack.removeLast() }
    isInFlow = false
    return root
  }

  /// s-separate(n,c) [80] within a flow collection.
  ///
  /// - Returns: whether the collection may go on here.
  private mutating func flowSeparation(_ text: Span<UInt8>, _ indent: Int) -> Bool {
    while !isDocumentEnd {
      if !isPositioned { at = text.skippingBlanks(from: at) }
      isPositioned = false
      guard at < text.count else {
        isPositioned = true
        isDocumentEnd = true
        return false
      }
      let byte = text[at]
      if byte == UInt8(ascii: "#") {
        if !text.startsComment(at: at) {
          reportSyntax(
            at: at, at + 1, "a comment needs a space before its '#'",
            fixIts: [FixIt("insert a space", [TextEdit(ByteRange(at: at), " ")])])
        }
      } else if !byte.isBreak {
        return true
      }
      nextContent(text)
      if isDocumentEnd { return false }
      if column <= indent {
        if endsFlow(text) { return false }
        if !isFlowIndentationReported {
          isFlowIndentationReported = true
          reportSyntax(
            at: lineStart, max(at, lineStart + 1),
            tabOffset >= 0
              ? "a tab cannot indent a line here; use spaces"
              : "the lines of a flow collection are indented more than the \(indent) of what is around it",
            fixIts: [
              FixIt(
                "indent the line",
                [
                  TextEdit(
                    ByteRange(lineStart, at), String(repeating: " ", count: max(indent, 0) + 2))
                ])
            ])
        }
      }
    }
    return false
  }

  /// Whether a line that is not indented enough for the flow collection is an entry of the block collection around it.
  private func endsFlow(_ text: Span<UInt8>) -> Bool {
    let byte = text[at]
    if byte.isFlowIndicator { return false }
    if byte == UInt8(ascii: "-"), text.isSeparator(at: at + 1) { return true }
    if isConflictMarker(text, at) { return true }
    let line = plainLine(text, from: at, isFlow: false)
    guard line.reason == .colon else { return false }
    // A line of the flow collection goes on after a comma, or closes what it did not open.
    let end = endOfContent(text, from: line.stop)
    if text[end - 1] == UInt8(ascii: ",") { return false }
    var depth = 0
    for offset in line.stop..<end {
      switch text[offset] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return depth >= 0
  }

  private mutating func closeUnclosedFlow(_ text: Span<UInt8>, depth: Int) {
    let start = Int(records[Int(top.record)].start)
    if !isFlowLimitReached, diagnostics.count <= limits.diagnosticCountMax {
      let closing = Self.closing(of: top.kind)
      lineReported = -1
      reportSyntax(
        at: start, start + 1,
        "this '\(text.byte(at: start) == UInt8(ascii: "[") ? "[" : "{")' is not closed; add '\(closing)'"
      )
    }
    while stack.count > depth { closeFlow(text, end: flowEnd) }
  }

  /// One token of a flow collection.
  private mutating func flowStep(_ text: Span<UInt8>, _ indent: Int) {
    let byte = text[at]
    switch byte {
    case UInt8(ascii: ","): flowComma(text)
    case UInt8(ascii: "]"), UInt8(ascii: "}"): flowClose(text, byte)
    case UInt8(ascii: ":") where isFlowValue(text): flowValue(text)
    case UInt8(ascii: "?")
    where text.isSeparator(at: at + 1) || text.byte(at: at + 1).isFlowIndicator:
      flowExplicitKey(text)
    default: flowNode(text, indent)
    }
  }

  /// Whether the `:` at `at` separates key and value: white space follows, or a flow indicator, or its key ends like
  /// JSON (c-ns-flow-map-adjacent-value [152]).
  private func isFlowValue(_ text: Span<UInt8>) -> Bool {
    if text.isSeparator(at: at + 1) || text.byte(at: at + 1).isFlowIndicator { return true }
    guard top.state == .afterEntry, top.last >= 0 else { return false }
    let kind = records[Int(top.last)].kind
    return kind.isQuoted || (kind.isFlow && !records[Int(top.last)].isPair)
  }

  private mutating func flowComma(_ text: Span<UInt8>) {
    let isEmpty = top.state == .entry && top.indicator < 0
    if isEmpty, isSilent {
    } else if isEmpty {
      let previous = top.last >= 0
      reportSyntax(
        at: at, at + 1,
        previous ? "nothing stands between two commas" : "nothing stands before the comma",
        fixIts: [FixIt("remove the comma", [TextEdit(ByteRange(at, at + 1), "")])])
    } else {
      endFlowEntry(text, before: at)
      top.state = .entry
    }
    at += 1
    flowEnd = at
  }

  /// Completes the entry before a comma or a bracket, a single pair with it.
  private mutating func endFlowEntry(_ text: Span<UInt8>, before offset: Int) {
    guard top.kind == .flowMapping else { return }
    switch top.state {
    case .entry where top.indicator >= 0:
      attachEmpty(at: Int(top.indicator) + 1)
      endFlowKey()
      attachEmpty(at: Int(records[Int(top.last)].end))
    case .afterEntry:
      endFlowKey()
      attachEmpty(at: Int(records[Int(top.last)].end))
    case .value:
      attachEmpty(at: top.valueOffset)
    default: break
    }
    top.state = .afterValue
    if records[Int(top.record)].isPair {
      closeFlow(text, end: top.last >= 0 ? Int(records[Int(top.last)].end) : offset)
    }
  }

  /// Notes the `?` of the key that was just read.
  private mutating func endFlowKey() {
    let state = top.state
    endExplicitKey()
    top.state = state
  }

  private mutating func flowClose(_ text: Span<UInt8>, _ byte: UInt8) {
    let wanted: Record.Kind = byte == UInt8(ascii: "]") ? .flowSequence : .flowMapping
    endFlowEntry(text, before: at)
    if top.kind != wanted || records[Int(top.record)].isPair {
      let start = Int(records[Int(top.record)].start)
      let opening = Related(ByteRange(start, start + 1), "opened here")
      let isOuter = stack.contains {
        $0.kind == wanted && $0.record >= 0 && !records[Int($0.record)].isPair
      }
      let expected = Self.closing(of: top.kind)
      reportSyntax(
        at: at, at + 1, "'\(expected)' is expected before this bracket", related: [opening],
        fixIts: isOuter
          ? [] : [FixIt("change it to '\(expected)'", [TextEdit(ByteRange(at, at + 1), expected)])])
      if isOuter {
        closeFlow(text, end: at)
        return
      }
    }
    at += 1
    flowEnd = at
    closeFlow(text, end: at)
  }

  private static func closing(of kind: Record.Kind) -> String {
    kind == .flowSequence ? "]" : "}"
  }

  /// Closes the innermost flow collection; it becomes the item, key or value of the one around it.
  private mutating func closeFlow(_ text: Span<UInt8>, end: Int) {
    if top.kind == .flowMapping, top.state != .afterValue { endFlowEntryAtEnd() }
    let record = Int(top.record)
    records[record].end = max(Int32(truncatingIfNeeded: end), records[record].start)
    if top.last >= 0 { records[record].end = max(records[record].end, records[Int(top.last)].end) }
    close(text)
    flowEnd = max(flowEnd, end)
  }

  /// Gives the last key of an unclosed mapping its value.
  private mutating func endFlowEntryAtEnd() {
    switch top.state {
    case .entry where top.indicator >= 0:
      attachEmpty(at: Int(top.indicator) + 1)
      endFlowKey()
      attachEmpty(at: Int(records[Int(top.last)].end))
    case .afterEntry:
      endFlowKey()
      attachEmpty(at: Int(records[Int(top.last)].end))
    case .value:
      attachEmpty(at: top.valueOffset)
    default: break
    }
    top.state = .afterValue
  }

  /// c-ns-flow-map-separate-value [147] or c-ns-flow-map-adjacent-value [152], `at` being on its `:`.
  private mutating func flowValue(_ text: Span<UInt8>) {
    switch (top.kind, top.state) {
    case (.flowMapping, .entry):
      attachEmpty(at: top.indicator >= 0 ? Int(top.indicator) + 1 : at)
      endFlowKey()
    case (.flowMapping, .afterEntry):
      endFlowKey()
    case (.flowSequence, .entry):
      // ns-flow-pair [150] with an empty key.
      guard openPair(text, key: -1) else { return }
      attachEmpty(at: at)
    case (.flowSequence, .afterEntry):
      let key = top.last
      let start = Int(fullStart(key))
      if top.itemLine != lineStart {
        reportSyntax(
          at: start, at, "a key without '?' in a flow sequence stands on one line with its ':'")
      } else {
        checkKeyLength(text, start, at)
      }
      guard openPair(text, key: key) else { return }
    default:
      reportSyntax(
        at: at, at + 1, "a ',' is missing before this key's ':' or the ':' is one too many")
      if top.state == .afterValue || top.state == .value {
        at += 1
        return
      }
    }
    at += 1
    flowEnd = at
    top.state = .value
    top.valueOffset = at
  }

  /// Opens a single pair in a flow sequence, whose last item is the key.
  private mutating func openPair(_ text: Span<UInt8>, key: Int32) -> Bool {
    let start = key >= 0 ? Int(fullStart(key)) : at
    var record = Record(.flowMapping, start, at)
    record.isPair = true
    let pair = append(record)
    if key >= 0 {
      // The key becomes the pair's child in place of the sequence's.
      top.last = top.beforeLast
      if top.last < 0 { records[Int(top.record)].link = -1 }
    }
    top.state = .afterEntry
    guard open(Frame(record: pair, indent: top.indent, kind: .flowMapping), text) else {
      return false
    }
    if key >= 0 { attach(key) }
    return true
  }

  private mutating func flowExplicitKey(_ text: Span<UInt8>) {
    if !text.isSeparator(at: at + 1) {
      reportSyntax(
        at: at, at + 1, "'?' needs a space after it",
        fixIts: [FixIt("insert a space", [TextEdit(ByteRange(at: at + 1), " ")])])
    }
    if top.state != .entry || top.indicator >= 0 { reportMissingComma(text) }
    if top.kind == .flowSequence {
      guard openPair(text, key: -1) else { return }
    }
    top.indicator = Int32(truncatingIfNeeded: at)
    top.state = .entry
    at += 1
    flowEnd = at
  }

  /// Reports two entries without a comma, and reads on as if it were there.
  private mutating func reportMissingComma(_ text: Span<UInt8>) {
    if !isSilent {
      // After a key without a value a ':' is as likely.
      let isAfterKey = top.kind == .flowMapping && top.state == .afterEntry
      reportSyntax(
        at: at, at + 1,
        isAfterKey ? "a ':' or a ',' is missing before this" : "a ',' is missing before this",
        fixIts: isAfterKey
          ? [] : [FixIt("insert a comma", [TextEdit(ByteRange(at: flowEnd), ",")])])
    }
    endFlowEntry(text, before: at)
    top.state = .entry
    top.indicator = -1
  }

  /// ns-flow-node [161] in a flow collection.
  private mutating func flowNode(_ text: Span<UInt8>, _ indent: Int) {
    if top.state == .afterEntry || top.state == .afterValue { reportMissingComma(text) }
    let line = lineStart
    let isKey = top.kind == .flowMapping && top.state == .entry
    var properties: Int32 = -1
    var end = at
    while text.byte(at: at) == UInt8(ascii: "&") || text.byte(at: at) == UInt8(ascii: "!") {
      property(text, &properties, isFlow: true)
      end = at
      flowEnd = at
      guard flowSeparation(text, indent) else { break }
    }
    if top.kind == .flowSequence { top.itemLine = line }
    let byte = text.byte(at: at)
    if properties >= 0 {
      let isEmpty =
        isDocumentEnd || isPositioned || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
        || byte == UInt8(ascii: "}")
        || (byte == UInt8(ascii: ":")
          && (text.isSeparator(at: at + 1) || text.byte(at: at + 1).isFlowIndicator))
      if isEmpty {
        attachEmpty(at: end, properties, text)
        endFlowNode()
        return
      }
    }
    let record: Int32
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      openFlow(text, properties)
      return
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      record = quoted(text, byte, indent: indent, isFlow: true, true)
    case UInt8(ascii: "*"):
      record = alias(text)
    default:
      record = flowPlain(text, byte, indent, isKey)
    }
    apply(properties, to: record, text)
    attach(record)
    endFlowNode()
    flowEnd = Int(records[Int(record)].end)
  }

  private mutating func endFlowNode() {
    top.state = top.state == .value ? .afterValue : .afterEntry
  }

  /// ns-plain [131] in a flow collection.
  private mutating func flowPlain(
    _ text: Span<UInt8>, _ byte: UInt8, _ indent: Int, _ isKey: Bool
  ) -> Int32 {
    let start = at
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      if text.isSeparator(at: at + 1) || text.byte(at: at + 1).isFlowIndicator {
        reportSyntax(
          at: at, at + 1, "'-' alone is no scalar; quote it or write the item after it without '-'")
      }
    case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "#"):
      reportForbiddenStart(text, byte)
    default: break
    }
    let line = plainLine(text, from: start + 1, isFlow: true)
    let record = append(Record(.plain, start, max(line.end, start + 1)))
    at = max(line.end, start + 1)
    if line.reason == .line {
      at = line.stop
      _ = plainLines(text, record, indent: indent, keyAllowed: isKey, isFlow: true)
    }
    return record
  }

  /// Opens the flow collection whose bracket is at `at`.
  private mutating func openFlow(_ text: Span<UInt8>, _ properties: Int32 = -1) {
    let kind: Record.Kind = text[at] == UInt8(ascii: "[") ? .flowSequence : .flowMapping
    let record = append(Record(kind, at, at + 1))
    apply(properties, to: record, text)
    top.state = top.state == .value ? .afterValue : .afterEntry
    guard open(Frame(record: record, indent: top.indent, kind: kind), text) else { return }
    at += 1
    flowEnd = at
  }

  private func fullStart(_ record: Int32) -> Int32 {
    let own = records[Int(record)]
    guard own.properties >= 0 else { return own.start }
    let properties = properties[Int(own.properties)]
    if properties.indicator >= 0 { return properties.indicator }
    return min(properties.start ?? own.start, own.start)
  }
}
