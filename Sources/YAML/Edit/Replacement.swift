package import Source

extension YAMLTree {
  /// Replaces a node with its tag, but not its anchor, nor the comments in and around it.
  ///
  /// - Parameter value: writes the new node; inside a flow collection it is written on one line as JSON.
  package func replacement(
    of node: YAMLNode, value: (inout YAMLWriter) -> Void
  ) -> TextEdit {
    let place = Place(storage: storage)
    let parent = parent(of: node)
    let start = node.fullRange.start
    let end = node.range.end
    let isInline = parent.map { $0.node.isFlow || $0.isKey } ?? false
    let isBeside = !isInline && isBesideKey(node, parent, place)
    let parentColumn = parent.map { place.column($0.node.range.start) } ?? -2
    let lead = isInline || !isBeside ? lead(of: node, parent, place) : leadBeside(node, place)
    // A node on a line of its own stands deeper than what it is in.
    let own = place.column(start) + lead.count
    let column = isInline ? own : max(own, parentColumn + 1)
    let indent = isBeside ? parentColumn + 2 : column
    let lineBreak = place.lineBreak(end)
    var writer = YAMLWriter(nodeAt: indent, lineBreak: lineBreak, isJSON: isInline)
    value(&writer)
    var text = writer.bytes.isEmpty ? Array("null".utf8) : writer.bytes
    var from = start
    let blockStart = lineBreak + spaces(indent)
    if let anchor = node.anchor {
      text = Array("&\(anchor)".utf8) + (writer.startsWithBlock ? blockStart : [0x20]) + text
      text = lead + text
    } else if writer.startsWithBlock, isBeside {
      // A block collection starts on the line after its key.
      let bytes = storage.text.bytes
      from = bytes.span.droppingBlanks(before: start, notBefore: 0)
      text = blockStart + text
    } else {
      text = lead + text
      if lead.isEmpty { text = spaces(column - place.column(start)) + text }
    }
    text += kept(
      place.comments(start..<end), before: end, place, lineBreak + spaces(max(column, 1)))
    return TextEdit(from..<end, text)
  }

  /// What comes between an empty node's place and new text: a space, or the `:` that its key has not.
  private func lead(
    of node: YAMLNode, _ parent: (node: YAMLNode, isKey: Bool)?, _ place: Place
  ) -> [UInt8] {
    let start = node.fullRange.start
    guard start == node.range.end, start > 0 else { return [] }
    let before = storage.text.bytes[start - 1]
    if before.isBlank || before.isBreak { return [] }
    if let parent, parent.node.kind == .mapping, !parent.isKey, before != UInt8(ascii: ":") {
      if parent.node.isFlow { return Array(": ".utf8) }
      let column = place.column(parent.node.range.start)
      return place.lineBreak(start) + spaces(column) + Array(": ".utf8)
    }
    return [0x20]
  }

  private func leadBeside(_ node: YAMLNode, _ place: Place) -> [UInt8] {
    lead(of: node, nil, place)
  }

  /// Comments of replaced text, after the new one; a break if more than a comment follows on the line.
  private func kept(
    _ comments: [[UInt8]], before end: Int, _ place: Place, _ newLine: [UInt8]
  ) -> [UInt8] {
    guard !comments.isEmpty else { return [] }
    let bytes = storage.text.bytes
    let next = bytes.span.skippingBlanks(from: end)
    let isLast = bytes.span.isLineEnd(at: next) || bytes.span.startsComment(at: next)
    return comments.flatMap { [0x20] + $0 } + (isLast ? [] : newLine)
  }

  private func spaces(_ count: Int) -> [UInt8] {
    [UInt8](repeating: 0x20, count: max(count, 0))
  }

  /// Whether a node stands where no block collection can start: after its key or a `---` on the same line.
  private func isBesideKey(
    _ node: YAMLNode, _ parent: (node: YAMLNode, isKey: Bool)?, _ place: Place
  ) -> Bool {
    let start = node.fullRange.start
    guard !place.isFirst(start) else { return false }
    guard let parent else { return true }
    guard parent.node.kind == .mapping else { return false }
    // After the `:` of an explicit key a compact collection may start.
    let bytes = storage.text.bytes
    let before = bytes.span.droppingBlanks(before: start, notBefore: 0)
    return !(before > 0 && bytes[before - 1] == UInt8(ascii: ":") && place.isFirst(before - 1))
  }

  /// The collection that holds a node, and whether the node is a key in it; nil for a root. Complexity: O(nodes).
  func parent(of node: YAMLNode) -> (node: YAMLNode, isKey: Bool)? {
    for (index, record) in storage.records.enumerated() where record.kind.isCollection {
      var child = record.link
      var isKey = record.kind.isMapping
      while child >= 0 {
        if child == node.index { return (YAMLNode(storage, Int32(index)), isKey) }
        child = storage.records[Int(child)].next
        if record.kind.isMapping { isKey.toggle() }
      }
    }
    return nil
  }
}
