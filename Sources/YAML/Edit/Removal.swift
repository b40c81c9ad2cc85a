package import Source

extension YAMLTree {
  /// Removes entry `index` of `mapping`, but not the comments in and beside it. The only one of a block mapping leaves `{}`.
  ///
  /// For every text it takes away exactly what ``insertion(ofKey:after:in:value:)`` put there.
  /// - Returns: an edit that changes nothing where there is no such entry.
  package func removal(ofEntry index: Int, in mapping: YAMLNode) -> TextEdit {
    removal(index, in: mapping, mapping.entries.map(\.range), empty: "{}")
  }

  /// Removes item `index` of `sequence`; else like ``removal(ofEntry:in:)``. The only one of a block sequence leaves `[]`.
  package func removal(ofItem index: Int, in sequence: YAMLNode) -> TextEdit {
    removal(index, in: sequence, itemRanges(of: sequence), empty: "[]")
  }

  private func removal(
    _ index: Int, in collection: YAMLNode, _ children: [ByteRange], empty: String
  ) -> TextEdit {
    guard children.indices.contains(index) else {
      return TextEdit(ByteRange(at: collection.range.start), "")
    }
    return collection.isFlow
      ? flowRemoval(index, in: collection, children)
      : blockRemoval(index, in: collection, children, empty)
  }

  private func blockRemoval(
    _ index: Int, in collection: YAMLNode, _ children: [ByteRange], _ empty: String
  ) -> TextEdit {
    let place = Place(storage: storage)
    let child = children[index]
    let lineBreak = place.lineBreak(child.end)
    let indentation = place.indentation(child.start)
    if children.count == 1 {
      let range = collection.range.start..<max(collection.range.end, child.end)
      let comments: [UInt8] = place.comments(range).flatMap { [0x20] + $0 }
      if let dedented = dedentedStart(of: collection, place) {
        // A sequence in the column of its key: `[]` must stand deeper.
        return TextEdit(
          dedented..<max(range.upperBound, dedented), Array(" \(empty)".utf8) + comments)
      }
      return TextEdit(range, Array(empty.utf8) + comments)
    }
    if !place.isFirst(child.start) {
      // The first of a compact collection; the next takes its place.
      let next = index + 1 < children.count ? children[index + 1].start : child.end
      let range = child.start..<max(next, child.end)
      let comments = place.comments(range)
      if comments.isEmpty { return TextEdit(range, []) }
      return TextEdit(
        range,
        Place.joined(comments, [], lineBreak + indentation) + lineBreak + indentation)
    }
    let start = place.lineStart(child.start)
    let end = place.lineEnd(child.end)
    let after = place.afterBreak(end)
    let comments = Place.joined(
      place.comments(child.start..<max(end, child.start)), indentation, lineBreak)
    if after > end { return TextEdit(start..<after, comments.isEmpty ? [] : comments + lineBreak) }
    let before = place.breakBefore(start)
    return TextEdit(before.lowerBound..<end, comments.isEmpty ? [] : lineBreak + comments)
  }

  /// Where the text after a key ends if `collection` is a sequence below that key in the key's own column; nil if not.
  private func dedentedStart(of collection: YAMLNode, _ place: Place) -> Int? {
    guard collection.kind == .sequence, place.isFirst(collection.range.start),
      let parent = parent(of: collection), parent.node.kind == .mapping, !parent.isKey,
      place.column(parent.node.range.start) == place.column(collection.range.start)
    else { return nil }
    let start = collection.fullRange.start
    let key = parent.node.entries.first { $0.value.index == collection.index }?.key
    guard start == collection.range.start, let key else { return nil }
    let colon = place.skippingSpace(key.range.end)
    guard colon < start else { return nil }
    let gap = colon + 1..<start
    return place.comments(gap).isEmpty ? gap.lowerBound : nil
  }

  private func flowRemoval(
    _ index: Int, in collection: YAMLNode, _ children: [ByteRange]
  ) -> TextEdit {
    let place = Place(storage: storage)
    let child = children[index]
    let range: Range<Int>
    if index > 0 {
      range = min(children[index - 1].end, child.end)..<child.end
    } else if children.count > 1 {
      range = child.start..<max(children[1].start, child.end)
    } else {
      let next = place.skippingSpace(child.end)
      let isComma = next < text.count && text.bytes[next] == UInt8(ascii: ",")
      range = child.start..<(isComma ? next + 1 : child.end)
    }
    let comments = place.comments(range)
    if comments.isEmpty { return TextEdit(range, []) }
    // A comment ends with its line, and the collection goes on after it.
    let lineBreak = place.lineBreak(range.lowerBound)
    let indentation = [UInt8](repeating: 0x20, count: place.column(collection.range.start) + 1)
    let isAfterSpace =
      range.lowerBound == 0 || text.bytes[range.lowerBound - 1].isBlank
      || text.bytes[range.lowerBound - 1].isBreak
    return TextEdit(
      range,
      (isAfterSpace ? [] : [0x20]) + Place.joined(comments, [], lineBreak + indentation)
        + lineBreak + indentation)
  }
}
