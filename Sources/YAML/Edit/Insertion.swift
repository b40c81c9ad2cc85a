package import Source

extension YAMLTree {
  /// Inserts `key: value` after entry `index` of `mapping`, or as the first of one without entries.
  ///
  /// In a block mapping the entry gets its own line after the one on which entry `index` ends, whose comment stays there.
  /// In a flow mapping it is written on one line as JSON.
  /// - Parameter value: writes the value; the writer is at its place, with the indentation and break of the lines around.
  /// - Returns: an edit that changes nothing where there is no such entry.
  package func insertion(
    ofKey key: String, after index: Int, in mapping: YAMLNode, value: (inout YAMLWriter) -> Void
  ) -> TextEdit {
    let entries = mapping.entries.map(\.range)
    return insertion(after: index, in: mapping, entries) { writer in
      writer.string(key)
      value(&writer)
    }
  }

  /// Inserts an item after item `index` of `sequence`, or as the first of one without items; else like
  /// ``insertion(ofKey:after:in:value:)``.
  package func insertion(
    ofItemAfter index: Int, in sequence: YAMLNode, value: (inout YAMLWriter) -> Void
  ) -> TextEdit {
    insertion(after: index, in: sequence, itemRanges(of: sequence), write: value)
  }

  private func insertion(
    after index: Int, in collection: YAMLNode, _ children: [ByteRange],
    write: (inout YAMLWriter) -> Void
  ) -> TextEdit {
    let place = Place(storage: storage)
    let isMapping = collection.kind == .mapping
    let start = collection.range.start
    var frame = YAMLWriter.Frame(
      isMapping: isMapping, isFlow: collection.isFlow, indent: place.column(start))
    frame.isPending = false
    frame.isInline = true
    let offset = children.isEmpty ? start : children[min(max(index, 0), children.count - 1)].end
    let lineBreak = place.lineBreak(offset)
    guard collection.kind == .mapping || collection.kind == .sequence else {
      return TextEdit(ByteRange(at: offset), "")
    }
    var writer = YAMLWriter(inside: frame, lineBreak: lineBreak, isJSON: collection.isFlow)
    if collection.isFlow {
      write(&writer)
      if children.isEmpty { return TextEdit(start + 1..<start + 1, writer.bytes) }
      guard children.indices.contains(index) else { return TextEdit(ByteRange(at: offset), "") }
      // A `?` without a key would take the comma for its own text.
      let isAfterMark = offset > 0 && storage.text.bytes[offset - 1] == UInt8(ascii: "?")
      let addition = Array((isAfterMark ? " , " : ", ").utf8) + writer.bytes
      if collection.record.isPair {
        // A pair without braces holds one entry only.
        let text = Array(storage.text.bytes[start..<collection.range.end])
        return TextEdit(
          start..<collection.range.end,
          [UInt8(ascii: "{")] + text + addition + [UInt8(ascii: "}")])
      }
      return TextEdit(offset..<offset, addition)
    }
    guard children.indices.contains(index) else { return TextEdit(ByteRange(at: offset), "") }
    write(&writer)
    let line = place.indentation(start) + writer.bytes
    let end = place.lineEnd(offset)
    let next = place.afterBreak(end)
    return next > end
      ? TextEdit(next..<next, line + lineBreak) : TextEdit(end..<end, lineBreak + line)
  }

  /// From the `-` of each item, or its start in a flow sequence, to its end.
  func itemRanges(of sequence: YAMLNode) -> [ByteRange] {
    let place = Place(storage: storage)
    var ranges: [ByteRange] = []
    var offset = sequence.range.start
    for item in sequence.items {
      var start = item.fullRange.start
      if !sequence.isFlow {
        let dash = place.skippingSpace(offset)
        if dash < start { start = dash }
      }
      ranges.append(ByteRange(start, max(item.fullRange.end, start)))
      offset = item.fullRange.end
    }
    return ranges
  }
}
