/// Replaces one run of bytes by a text.
package struct TextEdit: Hashable, Sendable {
  package var range: ByteRange
  package var text: String
  /// The text takes the place of a whole scalar of YAML, and its quotes: see ``SourceText/keepingQuotes(in:)``.
  package var isScalar: Bool

  package init(_ range: ByteRange, _ text: String, isScalar: Bool = false) {
    self.range = range
    self.text = text
    self.isScalar = isScalar
  }
}

extension SourceText {
  /// The edit with its text in the quotes of the scalar it replaces, if that has any; in JSON a key without is none.
  ///
  /// A text that the quotes cannot hold as it is stays as it is.
  package func keepingQuotes(in edit: TextEdit) -> TextEdit {
    guard edit.isScalar else { return edit }
    var result = TextEdit(edit.range, edit.text)
    let (start, end) = (edit.range.start, edit.range.end)
    guard end - start >= 2, end <= bytes.count, bytes[start] == bytes[end - 1],
      bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'"),
      !edit.text.utf8.contains(where: {
        $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") || $0 < 0x20
      })
    else { return result }
    let quote = String(Character(Unicode.Scalar(bytes[start])))
    result.text = quote + edit.text + quote
    return result
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
