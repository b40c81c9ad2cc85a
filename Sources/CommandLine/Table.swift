/// Rows with their columns under one another; the last column is as wide as it is.
package func table(_ rows: [[String]]) -> String {
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
