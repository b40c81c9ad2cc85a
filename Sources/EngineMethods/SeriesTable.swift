/// The file of a series: a line with names, then `bin,value` for each bin.
///
/// Source: docs/reference/runs.md, "The files".
enum SeriesTable {
  /// The second field of each line; NaN where that is no number.
  static func values(_ csv: [UInt8]) -> [Double] {
    csv.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
      let field = line.drop { $0 != UInt8(ascii: ",") }.dropFirst()
      return Double(String(decoding: field.filter { $0 != 0x0D }, as: UTF8.self)) ?? .nan
    }
  }
}
