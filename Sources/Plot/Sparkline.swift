/// A series as one line of text.
package enum Sparkline {
  package enum Characters: Sendable {
    /// Eight blocks of Unicode.
    case blocks
    /// Eight characters of growing weight, for terminals that are not UTF-8.
    case ascii

    fileprivate var levels: [String] {
      switch self {
      case .blocks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
      case .ascii: [".", ":", "-", "=", "+", "*", "#", "@"]
      }
    }
  }

  /// One character for each piece of the series: the mean of its finite values. A piece that has none is a space.
  ///
  /// - Parameters:
  ///   - width: characters at most; a shorter series has one for each value.
  ///   - range: what the lowest and the highest character mean; by default what the series reaches
  ///     (`FiniteRange(of: values)`). Means beyond it are drawn at its ends. Where both ends are one, zero is drawn at
  ///     the bottom and anything else in the middle.
  package static func text(
    _ values: [Double], width: Int, range: FiniteRange? = nil, characters: Characters = .blocks
  ) -> String {
    let count = min(width, values.count)
    guard count > 0 else { return "" }
    let levels = characters.levels
    let range = range ?? FiniteRange(of: values) ?? FiniteRange(0, 0)
    return (0..<count).map { piece in
      guard let mean = mean(of: values[Pieces.range(piece, of: count, over: values.count)]) else {
        return " "
      }
      let part = range.part(of: mean) ?? (mean == 0 ? 0 : 0.5)
      // A range whose ends are not finite has no parts.
      guard part.isFinite else { return levels[0] }
      return levels[min(levels.count - 1, Int(part * Double(levels.count)))]
    }.joined()
  }

  private static func mean(of values: ArraySlice<Double>) -> Double? {
    var sum = 0.0
    var scaled = 0.0
    var count = 0.0
    for value in values where value.isFinite {
      count += 1
      sum += value
      // Goes on where the sum is beyond every double.
      scaled += (value - scaled) / count
    }
    guard count > 0 else { return nil }
    if sum.isFinite { return sum / count }
    return scaled.isFinite ? scaled : FiniteRange(of: values)?.high
  }
}

/// A run cut into pieces of nearly the same length.
enum Pieces {
  /// - Parameters:
  ///   - index: below `count`.
  ///   - count: at most `length`, so that no piece is empty.
  static func range(_ index: Int, of count: Int, over length: Int) -> Range<Int> {
    func edge(_ index: Int) -> Int {
      let (quotient, remainder) = length.quotientAndRemainder(dividingBy: count)
      return index * quotient + index * remainder / count
    }
    return edge(index)..<edge(index + 1)
  }
}
