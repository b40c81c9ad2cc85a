/// Replaces one run of bytes by a text.
package struct TextEdit: Hashable, Sendable {
  package var range: ByteRange
  package var text: String

  package init(_ range: ByteRange, _ text: String) {
    self.range = range
    self.text = text
  }
}

extension SourceText {
  /// The text after all edits, whose ranges are those of this text. Every byte outside them stays as it is.
  ///
  /// Edits at one place are applied in the order given.
  /// - Returns: nil if two edits overlap or one reaches past the end.
  package func applying(_ edits: [TextEdit]) -> SourceText? {
    let ordered = edits.enumerated().sorted {
      $0.element.range.start != $1.element.range.start
        ? $0.element.range.start < $1.element.range.start : $0.offset < $1.offset
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var copied = 0
    for (_, edit) in ordered {
      guard edit.range.start >= copied, edit.range.end <= bytes.count else { return nil }
      result.append(contentsOf: bytes[copied..<edit.range.start])
      result.append(contentsOf: edit.text.utf8)
      copied = edit.range.end
    }
    result.append(contentsOf: bytes[copied...])
    return SourceText(result)
  }
}
