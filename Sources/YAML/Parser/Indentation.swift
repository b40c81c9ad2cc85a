import Source

/// The columns of collections that one line closed: the first, which is the deepest, and the last of each kind; -1 for none.
struct ClosedColumns {
  private var mappings = (first: -1, last: -1)
  private var sequences = (first: -1, last: -1)

  mutating func add(_ indent: Int, _ kind: Record.Kind) {
    if kind == .blockSequence {
      sequences = (sequences.first < 0 ? indent : sequences.first, indent)
    } else {
      mappings = (mappings.first < 0 ? indent : mappings.first, indent)
    }
  }

  /// Whether a line in `column` would go on with one of them.
  func contains(_ column: Int, isItem: Bool) -> Bool {
    let columns = isItem ? sequences : mappings
    return column == columns.first || column == columns.last
  }
}

/// What is kept of the line of an entry for the case that the next one shows it to be wrong.
struct EntryLine {
  var lineStart = -1
  var start = -1
  /// The collection that it is an entry of.
  var collection: Int32 = -1
  var closed = ClosedColumns()
  /// The entry before it in its mapping has no value.
  var isAfterEmpty = false
}

/// Which of two lines that do not fit together is the wrong one.
extension Parser {
  /// Whether the innermost mapping ends with a key without value.
  var isAfterEmptyValue: Bool {
    guard top.kind == .blockMapping, top.last >= 0 else { return false }
    let value = records[Int(top.last)]
    return value.kind == .plain && value.start == value.end
  }

  /// Whether the innermost collection has one entry so far.
  private var hasOneEntry: Bool {
    guard top.record >= 0 else { return false }
    let first = records[Int(top.record)].link
    return top.kind == .blockMapping ? first == top.beforeLast : first == top.last
  }

  /// Whether this line goes on with the mapping of the item before it, whose `-` stands in the wrong column:
  ///
  ///         - id: a
  ///         kind: b
  mutating func adoptsCompactEntry(_ text: Span<UInt8>, _ isItem: Bool) -> Bool {
    guard !isItem, top.kind == .blockMapping, hasOneEntry, let outer = stack.last,
      outer.kind == .blockSequence, outer.indent == column
    else { return false }
    // A sequence in the column of its key ends here, and the line is an entry of the mapping around it.
    if let around = stack.dropLast().last, around.kind == .blockMapping, around.indent == column {
      return false
    }
    let start = Int(records[Int(top.record)].start)
    let line = text.droppingLine(before: start)
    guard text.byte(at: line + outer.indent) == UInt8(ascii: "-"),
      text.skippingBlanks(from: line + outer.indent + 1) == start
    else { return false }
    if wrongLine(text) == .current {
      reportSyntax(
        at: lineStart, max(at, lineStart + 1),
        "this line is indented by \(column) where \(top.indent) is expected")
    } else {
      reportIndentation(of: line, line + outer.indent, text)
    }
    top.indentTolerated = column
    return true
  }

  /// Reports that this line stands in no column of an open collection, or that the line is wrong which made it so.
  mutating func reportIndentation(_ text: Span<UInt8>, _ isItem: Bool) {
    if isSilent { return }
    let wrong = wrongLine(text)
    if hasOneEntry, wrong == .first {
      let start = Int(records[Int(top.record)].start)
      let line = text.droppingLine(before: start)
      reportIndentation(of: line, start, text)
      return
    }
    if column > top.indent, entryBefore.collection == top.record,
      entryBefore.closed.contains(column, isItem: isItem)
        || (wrong != .current && entryBefore.isAfterEmpty && !isItem)
    {
      reportIndentation(of: entryBefore.lineStart, entryBefore.start, text)
      return
    }
    reportSyntax(
      at: column == 0 ? at : lineStart, column == 0 ? at + 1 : at,
      "this line is indented by \(column) where \(expectedColumns()) is expected")
  }

  /// Reports the indentation of an earlier line, unless that has been done.
  private mutating func reportIndentation(of line: Int, _ start: Int, _ text: Span<UInt8>) {
    if line == lineBlamed || isSilent { return }
    lineBlamed = line
    let end = text.skippingBlanks(from: line)
    reportSyntax(
      at: end > line ? line : start, end > line ? end : start + 1,
      "this line is indented by \(end - line), which does not fit the lines around it",
      related: [
        Related(ByteRange(lineStart, max(at, lineStart)), "this line stands in another column")
      ])
  }

  private enum WrongLine {
    case first, current, unknown
  }

  /// Whether this line or the first of the innermost collection is in the wrong column, as the lines after it tell;
  /// where they do not, an odd column is the wrong one.
  private func wrongLine(_ text: Span<UInt8>) -> WrongLine {
    let deepest = max(column, top.indent)
    var offset = text.lineEnd(from: at)
    var lineCount = 0
    while offset < text.count, lineCount < 64 {
      let line = text.skippingBreak(from: offset)
      var content = line
      while text.byte(at: content) == 0x20 { content += 1 }
      offset = text.lineEnd(from: content)
      lineCount += 1
      if offset == content || text[content] == UInt8(ascii: "#") || content - line > deepest {
        continue
      }
      if content - line == column { return top.indent == 0 ? .unknown : .first }
      if content - line == top.indent { return .current }
      // Another item, in another column than the one before.
      if let outer = stack.last, outer.kind == .blockSequence, outer.indent == column,
        content - line < column, text[content] == UInt8(ascii: "-")
      {
        return .first
      }
      break
    }
    if column % 2 != top.indent % 2 { return column % 2 == 0 ? .first : .current }
    guard let outer = stack.last else { return .unknown }
    return column == max(outer.indent, -2) + 2 && top.indent != outer.indent + 2 ? .first : .unknown
  }

  private func expectedColumns() -> String {
    var columns = [top.indent]
    for frame in stack.reversed() where frame.indent >= 0 && columns.count < 3 {
      if !columns.contains(frame.indent) { columns.append(frame.indent) }
    }
    return columns.reversed().map { "\($0)" }.joined(separator: " or ")
  }
}
