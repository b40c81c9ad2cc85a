package import Source

/// `FILE:LINE:COLUMN` of a byte, as compilers name places: from 1, columns in code points.
package func placeName(of offset: Int, in text: SourceText, _ path: String) -> String {
  let lines = LineTable(text)
  let line = lines.line(at: offset)
  let column = text.string(in: ByteRange(lines.starts[line], max(offset, lines.starts[line])))
    .unicodeScalars.count
  return "\(path):\(line + 1):\(column + 1)"
}
