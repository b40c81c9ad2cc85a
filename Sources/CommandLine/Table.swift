/// Rows with their columns under one another; the last column is as wide as it is.
///
/// Cells are shown as ``oneLine(_:)`` has them.
package func table(_ rows: [[String]]) -> String {
  let rows = rows.map { $0.map(oneLine) }
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in
    rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
  }
  return rows.map { row in
    row.enumerated().map { column, cell in
      column == row.count - 1 ? cell : cell + spaces(widths[column] - cell.count)
    }.joined(separator: "  ") + "\n"
  }.joined()
}

/// A text of somebody else on one line of a terminal: white space is a space, and what would drive the terminal or turn the
/// direction of what follows is U+FFFD.
package func oneLine(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
    case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      result.append("\u{FFFD}")
    default: result.append(scalar)
    }
  }
  return String(result)
}
