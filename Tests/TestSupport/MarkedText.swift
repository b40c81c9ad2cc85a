package import Source

/// A text in which `«` and `»` say where something is expected: `bins: «0»`.
///
/// Marks may nest and may enclose nothing; they are no part of the text.
package struct MarkedText: Sendable {
  /// Without the marks.
  package let text: SourceText
  /// What the marks enclose, in order of start and then of end.
  package let ranges: [ByteRange]

  package init(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var ranges: [ByteRange] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«": open.append(bytes.count)
      case "»":
        guard let start = open.popLast() else { preconditionFailure("» without «: \(marked)") }
        ranges.append(ByteRange(start, bytes.count))
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    precondition(open.isEmpty, "« without »: \(marked)")
    text = SourceText(bytes)
    self.ranges = ranges.sorted()
  }

  /// The lines of a text in which ranges lie, with marks around them: what a failed test shows.
  package static func excerpt(of text: SourceText, _ range: ByteRange) -> String {
    let lines = LineTable(text)
    let first = lines.range(ofLine: lines.line(at: range.start))?.start ?? 0
    let last = lines.range(ofLine: lines.line(at: range.end))?.end ?? text.count
    let end = max(first, min(range.end, text.count))
    return text.string(in: ByteRange(first, min(range.start, end))) + "«"
      + text.string(in: ByteRange(min(range.start, end), end)) + "»"
      + text.string(in: ByteRange(end, max(last, end)))
  }
}
