import Source

/// A place where a node is expected in block context.
struct Request {
  /// The column of the collection that the node belongs to; the node stands deeper. -1 for the document.
  var indent: Int
  /// A block collection may start on this line: nothing but spaces and indicators of block collections are before it.
  var mayOpenBlock = false
  /// The value of a mapping: a sequence may stand at `indent` itself (YAML 1.2.2 section 8.2.3, n-1 in block-out).
  var mayOpenSequenceAtIndent = false
  /// The node is the key of the innermost mapping, at its column.
  var isEntry = false
}

extension Parser {
  /// s-l+block-node [196], with all that starts on its line: the collections it opens up to their first leaf.
  mutating func node(_ text: Span<UInt8>, _ first: Request) {
    var request = first
    while let next = nodeStart(text, request) { request = next }
  }

  /// One node up to its end if it is a leaf or a flow collection, else up to after the first indicator inside it.
  ///
  /// - Returns: the node expected next inside it, or nil.
  private mutating func nodeStart(_ text: Span<UInt8>, _ request: Request) -> Request? {
    var mayOpenBlock = request.mayOpenBlock
    // Properties of earlier lines belong to a collection that starts here, those of this line to its first key.
    var outer: Int32 = -1
    var inner: Int32 = -1
    var innerStart = -1
    var emptyOffset = at
    var tab = isPositioned ? tabOffset : -1
    var opensSequenceAtIndent = false

    scan: while true {
      if isDocumentEnd {
        attachEmpty(at: emptyOffset, merged(outer, inner), text)
        if request.isEntry { attachEmpty(at: emptyOffset) }
        return nil
      }
      var byte = text.byte(at: at)
      if byte.isBlank {
        while byte.isBlank {
          if byte == 0x09, tab < 0 { tab = at }
          at += 1
          byte = text.byte(at: at)
        }
      }
      if byte.isBreak || at >= text.count || text.startsComment(at: at) {
        if request.isEntry {
          reportSyntax(
            at: innerStart, at, "these properties belong to no key; put a key after them")
          completeKey()
          attachEmpty(at: emptyOffset, inner, text)
          return Request(indent: request.indent, mayOpenSequenceAtIndent: true)
        }
        outer = merged(outer, inner)
        inner = -1
        innerStart = -1
        nextContent(text)
        if isDocumentEnd { continue }
        tab = tabOffset
        mayOpenBlock = true
        if column <= request.indent {
          let isSequence =
            text[at] == UInt8(ascii: "-") && text.isSeparator(at: at + 1)
            && column == request.indent && request.mayOpenSequenceAtIndent && tab < 0
          if isSequence {
            opensSequenceAtIndent = true
          } else if tab >= 0, isIndentedByTab(text, beyond: request.indent) {
            reportTab(text, tab)
            expandTab(text)
            tab = -1
          } else {
            attachEmpty(at: emptyOffset, outer, text)
            return nil
          }
        }
        continue
      }
      if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!") {
        if innerStart < 0 { innerStart = at }
        isPositioned = false
        property(text, &inner, isFlow: false)
        emptyOffset = at
        continue
      }
      break
    }

    isPositioned = false
    let start = innerStart >= 0 ? innerStart : at
    let byte = text.byte(at: at)
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ":"),
      text.isSeparator(at: at + 1)
    {
      if request.isEntry { return entryIndicator(text, byte, request, inner) }
      // The properties of an absent key may stand before its `:`.
      let isEmptyKey = byte == UInt8(ascii: ":")
      if !mayOpenBlock || (innerStart >= 0 && !isEmptyKey) || (tab >= 0 && !opensSequenceAtIndent) {
        reportMisplacedIndicator(text, byte, isTab: tab >= 0 && mayOpenBlock, tab, innerStart)
      }
      let properties = isEmptyKey ? outer : merged(outer, inner)
      if byte == UInt8(ascii: "-") { return openSequence(text, at, properties) }
      let column = column(of: isEmptyKey ? start : at)
      guard openMapping(text, start: isEmptyKey ? start : at, column: column, properties) else {
        return nil
      }
      if !isEmptyKey { return explicitKey(text) }
      attachEmpty(at: innerStart >= 0 ? emptyOffset : at, inner, text)
      at += 1
      return Request(indent: column, mayOpenSequenceAtIndent: true)
    }

    if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
      // An alias inside the collection names it, not an earlier node; its record is the next.
      let properties = inner >= 0 ? inner : outer
      if properties >= 0 { define(properties, Int32(truncatingIfNeeded: records.count), text) }
    }
    let line = lineStart
    let isKeyPlace = mayOpenBlock || request.isEntry
    let leaf = leaf(text, request, byte, isKeyPlace: isKeyPlace)
    if isPositioned {
      // A flow collection that was not closed; `at` is on a line that is no part of it.
      if request.isEntry { completeKey() }
      finish(text, leaf.record, merged(outer, inner))
      if request.isEntry { attachEmpty(at: Int(records[Int(leaf.record)].end)) }
      return nil
    }
    let colon = text.skippingBlanks(from: at)
    if text.byte(at: colon) == UInt8(ascii: ":"), text.isSeparator(at: colon + 1) {
      if !isKeyPlace, request.indent >= 0 {
        finish(text, leaf.record, merged(outer, inner))
        reportSecondColon(text, leaf.record, colon)
        return nil
      }
      if !isKeyPlace {
        reportSyntax(
          at: start, colon + 1,
          "a block mapping cannot start on the line of '---'; start a new line")
      }
      checkImplicitKey(text, start, colon, line)
      if tab >= 0, !request.isEntry {
        reportTab(text, tab)
        expandTab(text)
      }
      return key(text, leaf.record, outer, inner, start, colon + 1, line, request)
    }
    if leaf.isKey || request.isEntry {
      let end = reportMissingColon(text, leaf.record)
      return key(text, leaf.record, outer, inner, start, end, line, request)
    }
    finish(text, leaf.record, merged(outer, inner))
    return nil
  }

  /// Gives a leaf that is a whole node its properties and its place.
  private mutating func finish(
    _ text: Span<UInt8>, _ record: Int32, _ properties: Int32
  ) {
    apply(properties, to: record, text)
    attach(record)
  }

  /// Gives a node its properties; an alias may have none (YAML 1.2.2 section 7.1).
  mutating func apply(_ index: Int32, to record: Int32, _ text: Span<UInt8>) {
    guard index >= 0 else { return }
    if records[Int(record)].kind == .alias {
      let start = Int(properties[Int(index)].start ?? records[Int(record)].start)
      reportSyntax(
        at: start, text.droppingBlanks(before: Int(records[Int(record)].start), notBefore: start),
        "an alias takes neither anchor nor tag; they belong to the node it names")
    }
    records[Int(record)].properties = index
    define(index, record, text)
  }

  // MARK: Collections

  /// l+block-sequence [183], ns-l-compact-sequence [186], `offset` being that of the first `-`.
  private mutating func openSequence(
    _ text: Span<UInt8>, _ offset: Int, _ properties: Int32
  ) -> Request? {
    let column = column(of: offset)
    let record = append(Record(.blockSequence, offset, offset + 1))
    apply(properties, to: record, text)
    guard open(Frame(record: record, indent: column, kind: .blockSequence), text) else {
      return nil
    }
    at = offset + 1
    return Request(indent: column, mayOpenBlock: true)
  }

  /// l+block-mapping [187], ns-l-compact-mapping [195]
  private mutating func openMapping(
    _ text: Span<UInt8>, start: Int, column: Int, _ properties: Int32
  ) -> Bool {
    let record = append(Record(.blockMapping, start, start))
    apply(properties, to: record, text)
    return open(Frame(record: record, indent: column, kind: .blockMapping), text)
  }

  /// c-l-block-map-explicit-key [190], `at` being on its `?`.
  private mutating func explicitKey(_ text: Span<UInt8>) -> Request {
    completeKey()
    top.state = .explicitKey
    top.indicator = Int32(truncatingIfNeeded: at)
    at += 1
    return Request(indent: top.indent, mayOpenBlock: true, mayOpenSequenceAtIndent: true)
  }

  /// Gives an explicit key that has no value an empty one.
  mutating func completeKey() {
    guard top.state == .explicitKey else { return }
    endExplicitKey()
    attachEmpty(at: top.last < 0 ? at : Int(records[Int(top.last)].end))
  }

  /// Notes the `?` of the last key, whose `:` was met or will not come.
  mutating func endExplicitKey() {
    top.state = .entry
    guard top.last >= 0, top.indicator >= 0 else { return }
    let known = records[Int(top.last)].properties
    if known >= 0 {
      properties[Int(known)].indicator = top.indicator
    } else {
      records[Int(top.last)].properties = Int32(truncatingIfNeeded: properties.count)
      properties.append(Properties(indicator: top.indicator, node: top.last))
    }
    top.indicator = -1
  }

  /// ns-l-block-map-implicit-entry [192]: a key whose `:` ends at `end`.
  private mutating func key(
    _ text: Span<UInt8>, _ record: Int32, _ outer: Int32, _ inner: Int32, _ start: Int, _ end: Int,
    _ line: Int, _ request: Request
  ) -> Request? {
    if request.isEntry {
      completeKey()
    } else {
      let column = start - line + lineShift
      guard openMapping(text, start: start, column: column, outer) else { return nil }
    }
    apply(inner, to: record, text)
    attach(record)
    at = end
    return Request(
      indent: request.isEntry ? request.indent : top.indent, mayOpenSequenceAtIndent: true)
  }

  /// A `-`, `?` or `:` in the column of the innermost mapping, where a key may start.
  private mutating func entryIndicator(
    _ text: Span<UInt8>, _ byte: UInt8, _ request: Request, _ inner: Int32
  ) -> Request? {
    switch byte {
    case UInt8(ascii: "?"):
      if inner >= 0 { reportMisplacedIndicator(text, byte, isTab: false, -1, at) }
      return explicitKey(text)
    case UInt8(ascii: ":"):
      if top.state == .explicitKey, inner < 0 {
        endExplicitKey()
        at += 1
        return Request(indent: top.indent, mayOpenBlock: true, mayOpenSequenceAtIndent: true)
      }
      completeKey()
      attachEmpty(at: at, inner, text)
      at += 1
      return Request(indent: top.indent, mayOpenSequenceAtIndent: true)
    default:
      reportSyntax(
        at: at, at + 1,
        "a sequence item cannot stand among the keys of a mapping; indent it below its key")
      completeKey()
      attachEmpty(at: at)
      return openSequence(text, at, inner)
    }
  }

  // MARK: Lines

  /// Goes on to the first content of the next line; only blanks and a comment may follow on this one.
  ///
  /// - Returns: false at the end of the document.
  mutating func nextLine(_ text: Span<UInt8>) -> Bool {
    if isDocumentEnd { return false }
    if !isPositioned {
      let offset = text.skippingBlanks(from: at)
      if !text.isLineEnd(at: offset), !text.startsComment(at: offset) {
        at = offset
        reportTrailing(text)
        skipLine(text)
      }
      nextContent(text)
    }
    return !isDocumentEnd
  }

  /// The first content of a line, with no node pending: an entry of one of the open collections.
  mutating func entry(_ text: Span<UInt8>) {
    if tabOffset >= 0 {
      reportTab(text, tabOffset)
      if !isColumnOfFrame(column) || isIndentedByTab(text, beyond: top.indent) { expandTab(text) }
    }
    if column == 0, skipConflictMarker(text) { return }
    let byte = text.byte(at: at)
    let isItem = byte == UInt8(ascii: "-") && text.isSeparator(at: at + 1)
    closed = ClosedColumns()
    if top.indent > column, top.indentTolerated != column, !adoptsCompactEntry(text, isItem) {
      let isExpected = isColumnOfFrame(column)
      while top.indent > column, top.indentTolerated != column {
        if !isExpected, isHome(isItem) { break }
        closed.add(top.indent, top.kind)
        close(text)
      }
    }
    if top.record < 0 {
      reportSyntax(
        at: at, endOfContent(text, from: at),
        "the document already has a root node; indent this, or start a document with '---'")
      skipDocument(text)
      return
    }
    if top.indent == column || top.indentTolerated == column, let outer = stack.last,
      outer.indent == column
    {
      // A sequence in the column of the mapping it is a value in, or the reverse after an error.
      let isOver =
        isItem
        ? top.kind == .blockMapping && outer.kind == .blockSequence
        : top.kind == .blockSequence && outer.kind == .blockMapping
      if isOver { close(text) }
    }
    if top.indent != column, top.indentTolerated != column {
      reportIndentation(text, isItem)
      top.indentTolerated = column
    }
    entryBefore = EntryLine(
      lineStart: lineStart, start: at, collection: top.record, closed: closed,
      isAfterEmpty: isAfterEmptyValue)
    if top.kind == .blockMapping {
      node(text, Request(indent: column, mayOpenSequenceAtIndent: true, isEntry: true))
    } else if isItem {
      isPositioned = false
      at += 1
      node(text, Request(indent: column, mayOpenBlock: true))
    } else {
      reportSyntax(
        at: at, endOfContent(text, from: at),
        "a sequence item starts with '- '; add it or change the indentation")
      node(text, Request(indent: column, mayOpenBlock: true))
    }
  }

  /// Whether one of the open block collections has its entries in this column.
  private func isColumnOfFrame(_ column: Int) -> Bool {
    if top.indent == column || top.indentTolerated == column { return true }
    for frame in stack.reversed() {
      if frame.indent == column || frame.indentTolerated == column { return true }
      if frame.indent < column { return false }
    }
    return false
  }

  /// Whether a line in no known column is best read as an entry of the innermost collection: it is of its kind, and the
  /// collection around it starts before that column.
  private func isHome(_ isItem: Bool) -> Bool {
    guard (top.kind == .blockSequence) == isItem, let outer = stack.last else { return false }
    return outer.indent < column
  }
}
